"""A worker's clock may be minutes off: the database's decides what is due (R6)."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from wagtail.models import Page

from cms.publishing import sweeping
from cms.review.models import Approval, State
from panel.accounts.models import User
from panel.core.clock import database_now
from tests.factories.stories import scheduled, story

pytestmark = pytest.mark.django_db
OFF = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _a_clock_of_its_own() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no clock but the machine's")


def planned(minutes: float, clerk: User, editor: User) -> Approval:
    """A story that is due so many minutes from now by the database's clock."""
    due = database_now() + timedelta(minutes=minutes)
    return scheduled(story(by=clerk), asked_by=clerk, by=editor, due_at=due)


def is_live(approval: Approval) -> bool:
    return Page.objects.get(pk=approval.page_id).live


@pytest.mark.parametrize("off", [OFF, -OFF], ids=["fast", "slow"])
def test_nothing_is_early_and_nothing_waits(clerk: User, editor: User, off: timedelta):
    due, later = planned(0.05, clerk, editor), planned(3, clerk, editor)
    with time_machine.travel(database_now() + off):
        # The worker has its own idea of the time all the while.
        while database_now() < due.publications.get().due_at:
            time.sleep(0.1)
        assert sweeping.sweep() == 1
    assert is_live(due)
    assert not is_live(later)
    assert Approval.objects.get(pk=due.pk).state == State.PUBLISHED
    assert Approval.objects.get(pk=later.pk).state == State.APPROVED

"""The nightly job, night after night: two years of a panel's life; and the command."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client

from panel.accounts.models import EmailCode, User
from panel.audit.models import Event
from panel.conversations.models import Comment, Commenter
from panel.core.clock import now
from panel.invitations.actions.invitations import give_link, hand_over
from panel.invitations.models import Invitation, Way
from panel.members.models import Member
from panel.privacy.retaining import RULES
from panel.privacy.tasks import forget_daily
from tests.factories.conversations import counted
from tests.factories.panel import a_member, open_gate, running_campaign
from tests.panel.privacy.rows import DAY, a_person, a_user, later, overdue, wrote

pytestmark = pytest.mark.django_db


def test_two_years_pass_and_nothing_is_overdue(clerk: User, editor: User) -> None:
    """The nightly job, night after night, while the panel lives; then it all dries up."""
    with time_machine.travel(datetime(2026, 1, 5, 3, tzinfo=UTC), tick=False) as clock:
        open_gate(valid_until=datetime(2030, 1, 1, tzinfo=UTC).date(), retention_days=100)
        for night in range(0, 732, 3):
            if night < 150 and night % 12 == 0:
                _a_fortnight_of_life(night, clerk, editor)
            forget_daily.func()
            assert overdue(now()) == {}, f"night {night}"
            clock.shift(timedelta(days=3))
        assert not Commenter.objects.exists()
        assert not Member.objects.exists()
        assert not Comment.objects.exclude(text="").exists()
        assert not Invitation.objects.exclude(commenter=None, email="", token="").exists()
        assert set(User.objects.all()) == set(User.objects.filter(is_staff=True))
    connection.check_constraints()


def _a_fortnight_of_life(night: int, clerk: User, editor: User) -> None:
    people = [a_person() for _each in range(3)]
    for person in people:
        wrote(person, now())
    counted()
    a_member()
    a_user()
    if night % 60 == 0:
        running_campaign(*people, made_by=clerk, released_by=editor)
        first, second, _third = Invitation.objects.order_by("-pk")[:3]
        hand_over(first, by=clerk)
        Invitation.objects.filter(pk=second.pk).update(way=Way.LETTER)
        give_link(second)
    Client().session.save()
    EmailCode.objects.create(code_hash="0" * 64, expires_at=now() + timedelta(minutes=10))


def test_a_dry_run_counts_and_changes_nothing() -> None:
    wrote(a_person(), now() - 300 * DAY)
    EmailCode.objects.create(code_hash="0" * 64, expires_at=later(1), used_at=now())
    told = StringIO()

    call_command("retain", "--dry-run", "--json", stdout=told)

    rows = json.loads(told.getvalue())
    assert (rows["commenters"], rows["codes"]) == (1, 1)
    assert Commenter.objects.count() == EmailCode.objects.count() == 1
    assert not Event.objects.filter(what="retention.applied").exists()


def test_the_command_says_what_each_rule_did() -> None:
    wrote(a_person(), now() - 300 * DAY)
    told = StringIO()

    call_command("retain", stdout=told)

    assert len(told.getvalue().splitlines()) == len(RULES)
    event = Event.objects.get(what="retention.applied")
    assert (event.on_id, event.detail) == ("commenters", {"rows": 1})

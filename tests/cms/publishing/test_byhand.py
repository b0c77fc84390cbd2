"""What a person posts: reminded twice at most."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from cms.publishing import actions, sweeping, tasks
from cms.publishing.models import Notice, Publication, What
from panel.accounts.models import User
from panel.core.clock import COPENHAGEN, now
from tests.factories.stories import channel, scheduled, story, teaser

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=COPENHAGEN)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's."""
    monkeypatch.setattr(sweeping, "clock", now)


@pytest.fixture
def ready(clerk: User, editor: User) -> Publication:
    """Live since ten o'clock, to be posted by hand."""
    with time_machine.travel(TEN, tick=True):
        page = story(by=clerk)
        teaser(page, channel(), by=clerk)
        approval = scheduled(page, asked_by=clerk, by=editor)
        sweeping.sweep()
    return Publication.objects.get(approval=approval, channel=channel())


def at(**later: float) -> Any:
    return time_machine.travel(TEN + timedelta(**later), tick=True)


def told(user: User) -> list[str]:
    letters = Notice.objects.filter(to=user, what__startswith="post").order_by("pk")
    return list(letters.values_list("what", flat=True))


def test_reminded_after_an_hour_and_once_more_the_next_morning(ready: Publication, clerk: User):
    assert told(clerk) == [What.POST]
    with at(minutes=59):
        assert tasks.remind_to_post.func() == 0
    with at(minutes=61):
        assert tasks.remind_to_post.func() == 1
        assert tasks.remind_to_post.func() == 0
    with at(hours=21, minutes=30):  # half past seven
        assert tasks.remind_to_post.func() == 0
    with at(hours=22, minutes=5):
        assert tasks.remind_to_post.func() == 1
    with at(hours=46, minutes=5):
        assert tasks.remind_to_post.func() == 0

    assert told(clerk) == [What.POST, What.POST_AGAIN, What.POST_STILL]


def test_nobody_is_reminded_of_what_is_posted(ready: Publication, clerk: User):
    with at(minutes=30):
        actions.mark_posted(ready, by=clerk)
    with at(minutes=61):
        assert actions.prompt() == 0


def test_nobody_is_reminded_of_old_news(ready: Publication):
    with at(days=4):
        assert actions.prompt() == 0


def test_a_reminder_counts_from_when_it_really_went_live(clerk: User, editor: User):
    with time_machine.travel(TEN, tick=True):
        page = story(by=clerk)
        teaser(page, channel(), by=clerk)
        scheduled(page, asked_by=clerk, by=editor)
    with at(minutes=50):
        sweeping.sweep()
    with at(minutes=70):
        assert actions.prompt() == 0
    with at(minutes=111):
        assert actions.prompt() == 1


def test_where_the_author_has_left_who_approved_is_reminded(
    ready: Publication, clerk: User, editor: User
):
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    with at(minutes=61):
        actions.prompt()

    assert told(editor) == [What.POST_AGAIN]

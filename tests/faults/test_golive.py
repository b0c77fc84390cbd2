"""Stories go live once and at their time, whoever is killed, withdrawn or paused meanwhile.

``MEDSPIL_FAULTS`` is the share of the full size (R1: 10,000 stories, 2,000 kills and 20 of the
database itself; R3: 10,000 races); by default a hundred kills over 200 stories, and 200 races.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection, connections
from wagtail.models import Page, PageLogEntry

from cms.publishing import actions, sweeping
from cms.publishing.actions import golive
from cms.publishing.models import Notice, Publication, State, What
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.review.moves import MoveRefused
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.audit.models import Event
from panel.core.clock import now
from panel.outbox.models import Pause
from tests.factories.accounts import staff_with
from tests.factories.many import Pattern
from tests.factories.stories import channel, scheduled, story, teaser
from tests.faults.killing import DEATHS, Killing, forked, is_ours, points

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(7200),
]

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.02"))
STORIES = max(200, round(10_000 * SHARE))
KILLS = max(100, round(2_000 * SHARE))
CRASHES = max(2, round(20 * SHARE))
RACES = max(200, round(10_000 * SHARE))
STEP = 0.002  # seconds
assert golive  # imported, it has named its moments
POINTS = points("golive.")


@pytest.fixture
def people(transactional_db: None) -> tuple[User, User]:
    """Who writes, and who says yes."""
    return staff_with(Role.COMMS, name="Karen Klerk"), staff_with(Role.EDITOR, name="Eva Editor")


def approved(number: int, people: tuple[User, User], **plan: Any) -> Approval:
    """A story that may go out; every fifth is posted by hand, too."""
    clerk, editor = people
    page = story(by=clerk, title=f"Historie {number}")
    if number % 5 == 0:
        teaser(page, channel(), by=clerk)
    return scheduled(page, asked_by=clerk, by=editor, **plan)


class Stories:
    """As many approved stories as wanted: two made the whole way, every fifth with a channel, and
    all others copied from them. None is too late while a slow machine makes the others.
    """

    def __init__(self, people: tuple[User, User]) -> None:
        self.plain, self.posted = (
            Pattern(approved(number, people, patience=24 * 60)) for number in (1, 5)
        )

    def add(self, how_many: int) -> list[Approval]:
        """Due already."""
        posted = self.posted.copies(how_many // 5)
        return posted + self.plain.copies(how_many - len(posted))


def sweep_until(moment: float) -> Callable[[], None]:
    """What a worker does, and goes on doing while the database is away."""

    def body() -> None:
        while time.time() < moment:
            try:
                sweeping.sweep()
                if not Publication.objects.due(now()).exists():
                    return
            except (OperationalError, InterfaceError, ExceptionGroup):
                connections.close_all()
                time.sleep(0.05)

    return body


def is_done() -> bool:
    return not Publication.objects.due(now()).exists()


@pytest.fixture
def killing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killing]:
    log = tmp_path / "kills"
    monkeypatch.setenv("MEDSPIL_KILL_LOG", str(log))
    made = Killing(
        log,
        work=lambda: sweep_until(time.time() + 600)(),
        is_done=is_done,
        points=POINTS,
        kills=KILLS,
        often="golive.*:0.06",
        crashes=CRASHES,
    )
    yield made
    made.end()


def test_killed_at_any_time_every_story_is_live_once(people: tuple[User, User], killing: Killing):
    stories = Stories(people)
    stories.add(STORIES)
    early = approved(1, people, due_at=now() + timedelta(days=3))

    # What is out cannot be killed again: while a moment was met too seldom, more stories come.
    killing.run(lambda: stories.add(20))

    rows = Publication.objects.exclude(approval=early)
    approvals = Approval.objects.exclude(pk=early.pk)
    assert set(rows.values_list("state", flat=True)) == {State.OUT, State.READY}
    assert set(approvals.values_list("state", flat=True)) == {Said.PUBLISHED}
    live = StoryPage.objects.live()
    assert live.count() == approvals.count() >= STORIES
    assert not Page.objects.get(pk=early.page_id).live
    # Once: one line each in the trail, in Wagtail's log, and one letter to each who is told.
    assert Event.objects.filter(what="story.out").count() == approvals.count()
    published = PageLogEntry.objects.filter(action="wagtail.publish", page__in=live)
    assert published.count() == approvals.count()
    assert Notice.objects.filter(what=What.OUT).count() == 2 * approvals.count()
    call_command("verify_audit")
    hits = killing.hits()
    assert sorted(hits) == POINTS
    assert min(hits.values()) >= DEATHS
    assert killing.killed() >= KILLS
    assert killing.crashed >= (CRASHES if is_ours() else 0)


def test_withdrawn_at_its_time_it_is_out_or_never(people: tuple[User, User]):
    """R3: no third outcome."""
    clerk, _editor = people
    outcomes: Counter[str] = Counter()
    head_start = 0.0
    for approval in Stories(people).add(RACES):
        refused = race(approval, clerk, head_start)
        page = Page.objects.get(pk=approval.page_id)
        state = Approval.objects.get(pk=approval.pk).state
        assert (page.live, state) == (
            (True, Said.PUBLISHED) if refused else (False, Said.TAKEN_BACK)
        )
        outcomes["out" if refused else "never"] += 1
        # Whoever won starts later next time: the races stay where either may win.
        head_start += -STEP if refused else STEP
    assert min(outcomes["out"], outcomes["never"]) >= RACES // 5, outcomes


def race(approval: Approval, clerk: User, head_start: float) -> bool:
    """Withdraw while it goes out, ``head_start`` seconds after it or, below zero, before it;
    whether withdrawing was refused.
    """
    start = threading.Barrier(2)

    def let_out() -> None:
        try:
            connection.ensure_connection()
            start.wait()
            time.sleep(max(0, -head_start) + random.uniform(0, 2 * STEP))
            golive.put_out(approval.pk, at=now())
        finally:
            connection.close()

    other = threading.Thread(target=let_out)
    other.start()
    try:
        start.wait()
        time.sleep(max(0, head_start) + random.uniform(0, 2 * STEP))
        actions.cancel(approval, why="Forkert tal", by=clerk)
    except MoveRefused:
        return True
    else:
        return False
    finally:
        other.join()


def test_nothing_goes_out_after_everything_was_paused(people: tuple[User, User]):
    """What is out when ``pause`` returns was out before, and nothing follows."""
    clerk, _editor = people
    for turn in range(max(5, RACES // 40)):
        for number in range(6):
            approved(100 * turn + number, people)
        worker = forked(sweep_until(time.time() + 2))
        time.sleep(random.uniform(0, 0.3))
        actions.pause(reason="Storm", by=clerk)
        out = Event.objects.filter(what="story.out").count()
        os.waitpid(worker, 0)
        assert Event.objects.filter(what="story.out").count() == out
        actions.end_pause(by=clerk)
        sweeping.sweep()
        assert not Pause.objects.of_everything().exists()
        assert is_done()

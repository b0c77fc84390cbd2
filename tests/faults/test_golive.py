"""Stories go live once and at their time, whoever is killed, withdrawn or paused meanwhile.

``MEDSPIL_FAULTS`` is the share of the full size (R1: 10,000 stories, 2,000 kills and 20 of the
database itself; R3: 10,000 races); by default a hundred kills over 200 stories, and 200 races.
"""

from __future__ import annotations

import os
import random
import signal
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
from cms.publishing.models import Notice, Pause, Publication, State, What
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.review.moves import MoveRefused
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.audit.models import Event
from panel.core.clock import now
from panel.jobs import faultpoints
from tests.factories.accounts import staff_with
from tests.factories.stories import channel, scheduled, story, teaser
from tests.harness import migrated

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
DEATHS = 10
SEATS = 4
STEP = 0.002  # seconds
OFTEN = "golive.*:0.06"
assert golive  # imported, it has named its moments
POINTS = sorted(each.name for each in faultpoints.known() if each.name.startswith("golive."))


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


def forked(body: Callable[[], None], *, kill_at: str = "") -> int:
    """Run ``body`` in a process of its own; its process id."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            random.seed()
            faultpoints.arm(kill_at)
            body()
            code = 0
        finally:
            os._exit(code)
    return pid


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


def crash_the_database() -> None:
    """Kill one of PostgreSQL's own processes: it ends all others and starts again from its log."""
    pid = checkpointer()
    assert pid
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while True:
        time.sleep(0.1)
        connections.close_all()
        try:
            if checkpointer() not in (None, pid):
                return
        except (OperationalError, InterfaceError):
            assert time.monotonic() < deadline, "the database did not come back"


def checkpointer() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
        row = cursor.fetchone()
    return row[0] if row else None


def is_ours() -> bool:
    """Whether the database is one the harness made, and may be killed."""
    return connection.vendor == "postgresql" and migrated.TEMPLATE in os.environ


class Killing:
    """Four seats; whoever sits in one dies at a named moment or at any, and is replaced."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.seats: list[int] = []
        self.at_random = self.crashes = 0

    def hits(self) -> Counter[str]:
        return Counter(self.log.read_text().split()) if self.log.exists() else Counter()

    def kills(self) -> int:
        return self.at_random + sum(self.hits().values())

    def seat(self) -> None:
        often = OFTEN if self.kills() < KILLS or self.too_few() else ""
        self.seats.append(forked(sweep_until(time.time() + 600), kill_at=often))

    def too_few(self) -> bool:
        return any(self.hits()[point] < DEATHS for point in POINTS)

    def clear(self) -> None:
        """Forget whoever has ended; an end by itself is a good one."""
        for pid in list(self.seats):
            gone, status = os.waitpid(pid, os.WNOHANG)
            if gone:
                self.seats.remove(pid)
                assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0

    def kill_one(self) -> None:
        pid = random.choice(self.seats)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.seats.remove(pid)
        self.at_random += 1

    def crash(self) -> None:
        crash_the_database()
        self.crashes += 1

    def run(self, more: Callable[[], None]) -> None:
        """Until enough have died and everything is out; ``more`` is called for more stories."""
        while not is_done() or self.kills() < KILLS or self.too_few():
            if is_done():
                more()
            if is_ours() and self.kills() >= KILLS * (self.crashes + 1) // (CRASHES + 1):
                self.crash()
            self.clear()
            while len(self.seats) < SEATS:
                self.seat()
            time.sleep(random.uniform(0.02, 0.2))
            self.clear()
            if self.seats and random.random() < 0.3 and self.kills() < KILLS:
                self.kill_one()

    def end(self) -> None:
        for pid in self.seats:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.seats.clear()


@pytest.fixture
def killing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killing]:
    log = tmp_path / "kills"
    monkeypatch.setenv("MEDSPIL_KILL_LOG", str(log))
    made = Killing(log)
    yield made
    made.end()


def test_killed_at_any_time_every_story_is_live_once(people: tuple[User, User], killing: Killing):
    numbers = iter(range(10**9))
    for _story in range(STORIES):
        approved(next(numbers), people)
    early = approved(next(numbers), people, due_at=now() + timedelta(hours=9))

    # What is out cannot be killed again: while a moment was met too seldom, more stories come.
    killing.run(lambda: [approved(next(numbers), people) for _more in range(20)] and None)

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
    assert killing.kills() >= KILLS
    assert killing.crashes >= (CRASHES if is_ours() else 0)


def test_withdrawn_at_its_time_it_is_out_or_never(people: tuple[User, User]):
    """R3: no third outcome."""
    clerk, _editor = people
    outcomes: Counter[str] = Counter()
    head_start = 0.0
    for number in range(RACES):
        approval = approved(number, people)
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
        assert not Pause.objects.on().exists()
        assert is_done()

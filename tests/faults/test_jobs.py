"""The job layer under kills, races, outages and hanging jobs.

``MEDSPIL_FAULTS`` is the share of the full size (300 kills, 2,000 jobs); a tenth by default.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from panel.core.clock import now
from panel.jobs import faultpoints, loop
from panel.jobs.models import DeadLetter, Job, Slot, Worker
from panel.jobs.queue import enqueue
from tests.faults import sample
from tests.faults.fleet import Fleet, environment, fleet, lives, send, wait_until

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(1200),
]

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.1"))
JOBS = max(50, round(2000 * SHARE))
KILLS = max(10, round(300 * SHARE))
HITS = max(1, round(10 * SHARE))
SEATS = 4
assert loop  # imported, it has named its moments
POINTS = sorted(point.name for point in faultpoints.known() if point.name.startswith("jobs."))


@pytest.fixture(scope="module")
def kill_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults") / "kills"


@pytest.fixture(scope="module")
def crews(django_db_setup: None, django_db_blocker: Any, kill_log: Path) -> Iterator[Fleet]:
    """One process that has loaded everything, for all tests of this module."""
    with django_db_blocker.unblock(), fleet(MEDSPIL_KILL_LOG=str(kill_log)) as made:
        yield made


@pytest.fixture
def crew(crews: Fleet) -> Iterator[Fleet]:
    """Workers that end with the test."""
    yield crews
    try:
        crews.stop()
    finally:
        crews.kill()


@pytest.fixture(autouse=True)
def _effects() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE faults_effect (what varchar(40), step integer)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE faults_effect")


def effects() -> Counter[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, step FROM faults_effect")
        return Counter(cursor.fetchall())


def of(task: Any) -> Any:
    return DBTaskResult.objects.filter(task_path=task.module_path)


def unfinished() -> Any:
    """What waits or runs; jobs by the clock never end."""
    return DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exclude(
        task_path=sample.by_the_clock.module_path
    )


def wait_for_all(seconds: float = 60) -> None:
    wait_until(lambda: not unfinished().exists(), seconds, pause=0.1)


# --- Kills ----------------------------------------------------------------------------------------


class Killing:
    """Four seats. Whoever sits in one is killed at a moment or at random, and replaced."""

    MIX: tuple[Task[..., None], ...] = (
        *(sample.at_once,) * 6,
        *(sample.in_steps,) * 2,
        sample.lucky,
        sample.never,
        sample.politely,
    )

    def __init__(self, crew: Fleet, log: Path) -> None:
        self.crew = crew
        self.log = log
        self.seats: list[tuple[int, str]] = [(0, "")] * SEATS
        self.at_random = self.queued = 0

    def hits(self) -> Counter[str]:
        """How often each moment was hit."""
        return Counter(self.log.read_text().split()) if self.log.exists() else Counter()

    def short(self) -> list[str]:
        """The moments not hit often enough yet."""
        hits = self.hits()
        return [name for name in POINTS if hits[name] < HITS]

    def done(self) -> int:
        return self.at_random + sum(self.hits().values())

    def fill_seats(self) -> None:
        """All but one sit down to die at a moment that is still short; the rest die at random."""
        short = self.short()
        for number, (pid, _point) in enumerate(self.seats):
            if not pid or not lives(pid):
                point = short[number % len(short)] if short and number else ""
                pid = self.crew.start(kill_at=point and f"{point}:1")
                self.seats[number] = (pid, point)

    def kill_one(self) -> None:
        pid, point = random.choice(self.seats)
        if not point and lives(pid):
            send(pid, signal.SIGKILL)
            self.at_random += 1

    def feed(self) -> None:
        """As many jobs as kills, in proportion; more when the moments take longer."""
        wanted = JOBS * self.done() // KILLS + 20
        while self.queued < wanted:
            self.queued += 1
            enqueue(random.choice(self.MIX), self.queued)

    def rage(self) -> None:
        while self.done() < KILLS or self.short() or self.queued < JOBS:
            self.feed()
            self.fill_seats()
            time.sleep(random.uniform(0.02, 0.15))
            self.kill_one()
        for pid, _point in self.seats:
            send(pid, signal.SIGKILL)


def test_no_job_is_lost_and_no_fenced_effect_doubled_by_kills(crew, kill_log):
    killing = Killing(crew, kill_log)
    killing.rage()
    for _ in range(SEATS):
        crew.start()
    wait_for_all(120)
    crew.stop()

    found = effects()
    doubled = {what: count for what, count in found.items() if count > 1 and what[0] != "clock"}
    assert doubled == {}
    assert found == wanted_effects(found)
    assert of(sample.never).filter(status="FAILED").count() == of(sample.never).count()
    assert DeadLetter.objects.count() == of(sample.never).count()
    assert not DBTaskResult.objects.exclude(task_path=sample.never.module_path).filter(
        status="FAILED"
    )
    assert not Job.objects.exclude(task_id__in=of(sample.by_the_clock).values("pk")).exists()
    assert killing.done() >= KILLS
    assert {name for name in POINTS if killing.hits()[name] < HITS} == set()


def wanted_effects(found: Counter[tuple[str, int]]) -> Counter[tuple[str, int]]:
    """Each job's effects once, as the queue tells which jobs there were."""
    wanted: Counter[tuple[str, int]] = Counter()
    steps = {sample.at_once: 1, sample.in_steps: sample.STEPS, sample.lucky: 1, sample.politely: 2}
    names = {sample.at_once: "once", sample.in_steps: "steps", sample.lucky: "lucky"}
    for task, count in steps.items():
        for arguments in of(task).values_list("args_kwargs", flat=True):
            what = f"{names.get(task, 'polite')} {arguments['args'][0]}"
            wanted.update((what, step) for step in range(count))
    done_by_clock = of(sample.by_the_clock).filter(status="SUCCESSFUL").count()
    assert found["clock", 0] == done_by_clock
    wanted["clock", 0] = done_by_clock
    return wanted


def test_every_moment_of_the_job_layer_is_known():
    assert POINTS == [
        "jobs.burying",
        "jobs.claimed",
        "jobs.claiming",
        "jobs.failing",
        "jobs.finishing",
        "jobs.giving_back",
        "jobs.reaping",
        "jobs.returned",
        "jobs.slot",
    ]


# --- Takeovers ------------------------------------------------------------------------------------


def test_a_killed_workers_job_is_taken_over_when_its_lease_ends(crew):
    task_id = enqueue(sample.long, 2.5)
    victim = crew.start()
    wait_until(lambda: of(sample.long).filter(status="RUNNING").exists(), 10)
    crew.start()
    send(victim, signal.SIGKILL)
    killed = now()
    wait_for_all()

    task = DBTaskResult.objects.get(pk=task_id)
    assert task.return_value == "in time"
    assert task.started_at
    assert timedelta(seconds=0.5) < task.started_at - killed < timedelta(seconds=4)
    assert effects() == {("long", 0): 1, ("clock", 0): effects()["clock", 0]}


def test_a_revived_worker_does_not_overwrite_what_was_taken_from_it(crew):
    task_id = enqueue(sample.long, 1.0)
    sleeper = crew.start()
    wait_until(lambda: of(sample.long).filter(status="RUNNING").exists(), 10)
    send(sleeper, signal.SIGSTOP)
    crew.start()
    wait_for_all()
    send(sleeper, signal.SIGCONT)
    time.sleep(1.5)

    task = DBTaskResult.objects.get(pk=task_id)
    assert (task.status, task.return_value) == ("SUCCESSFUL", "in time")
    assert effects()["long", 0] == 1


# --- Poison, delay, slots -------------------------------------------------------------------------


def lateness(rows: Any) -> list[float]:
    """The seconds between due and begun, shortest first; none for later is begun too early."""
    for_later = [row.started_at - row.run_after for row in rows if row.run_after != get_date_max()]
    at_once = [row.started_at - row.enqueued_at for row in rows if row.run_after == get_date_max()]
    assert min(for_later, default=timedelta()) >= timedelta()
    return sorted(wait.total_seconds() for wait in (*for_later, *at_once))


def stream_of_quick_jobs(poison_every: int = 0) -> list[float]:
    """Two quick jobs every 30 ms, one at once and one for later: how late each began."""
    DBTaskResult.objects.all().delete()
    for number in range(60):
        if poison_every and number % poison_every == 0:
            enqueue(sample.poison)
        enqueue(sample.quick)
        enqueue(sample.quick, run_after=now() + timedelta(seconds=0.5))
        time.sleep(0.03)
    wait_for_all()
    assert of(sample.quick).filter(status="SUCCESSFUL").count() == 120
    return lateness(of(sample.quick))


def test_a_poisoned_job_ends_as_a_dead_letter_and_delays_nobody(crew):
    """Measured against the same stream without poison: what else the machine does is not its."""
    crew.start()
    wait_until(lambda: Worker.objects.exists(), 20)
    calm = stream_of_quick_jobs()
    poisoned = stream_of_quick_jobs(poison_every=10)

    assert poisoned[-1] - calm[-1] < 1.0
    assert calm[len(calm) // 2] < 1.0
    assert DeadLetter.objects.count() == 6
    assert set(DeadLetter.objects.values_list("tries", flat=True)) == {5}


def test_a_hanging_job_holds_up_only_its_own_worker(crew):
    for _ in range(2):
        crew.start()
    enqueue(sample.hang_asleep)
    for _ in range(20):
        enqueue(sample.quick)
        time.sleep(0.03)
    wait_for_all()

    assert lateness(of(sample.quick))[-1] < 1.0


def test_a_slot_runs_once_with_four_workers(crew):
    for _ in range(SEATS):
        crew.start()
    wait_until(lambda: Slot.objects.count() >= 4, 30)
    wait_until(lambda: not of(sample.by_the_clock).exclude(status="SUCCESSFUL").exists(), 10)

    slots = list(Slot.objects.order_by("at"))
    gaps = {(late.at - early.at).total_seconds() for early, late in pairwise(slots)}
    assert gaps == {1.0}
    assert len({slot.task_id for slot in slots}) == of(sample.by_the_clock).count()
    assert effects()["clock", 0] == of(sample.by_the_clock).filter(status="SUCCESSFUL").count()


# --- Limits and crashes ---------------------------------------------------------------------------


def test_every_hanging_job_is_stopped_and_the_work_goes_on(crew):
    hanging = {
        sample.hang_asleep: "OverTime",
        sample.hang_busy: "OverTime",
        sample.hang_in_regex: "OverTime",
        sample.hang_in_c: "WorkerLost",
        sample.crash: "WorkerLost",
    }
    for task in hanging:
        enqueue(task)
    crew.start(keeper=True)
    wait_for_all()
    answer = enqueue(sample.answer)
    wait_for_all()

    letters = {letter.task_path: letter.error.split(":")[0] for letter in DeadLetter.objects.all()}
    assert letters == {task.module_path: error for task, error in hanging.items()}
    assert DBTaskResult.objects.get(pk=answer).return_value == 42
    assert Worker.objects.count() == 3  # the first, and one after each crash


# --- Stopping -------------------------------------------------------------------------------------


def manage(*words: str) -> subprocess.Popen[bytes]:
    """``manage.py`` as an operator starts it, on the tests' database."""
    return subprocess.Popen([sys.executable, "manage.py", *words], env=environment())


def test_the_worker_stops_between_batches_when_asked_and_gives_the_job_back():
    task_id = enqueue(sample.batches, 10_000)
    with manage("work") as process:
        wait_until(lambda: effects()["batch", 3] > 0, 60)
        send(process.pid, signal.SIGINT)
        assert process.wait(20) == 0

    task = DBTaskResult.objects.get(pk=task_id)
    assert (task.status, task.worker_ids) == ("READY", [])
    assert set(effects().values()) == {1}
    assert Worker.objects.get().ended_at


def test_work_once_runs_what_is_due_and_tells_by_its_exit_code():
    enqueue(sample.quick)
    enqueue(sample.poison)
    with manage("work", "--once") as process:
        assert process.wait(60) == 1
    assert effects()["quick", 0] == 1


def test_asked_twice_it_interrupts_the_job_at_once(crew):
    task_id = enqueue(sample.long, 50)
    keeper = crew.start(keeper=True)
    wait_until(lambda: of(sample.long).filter(status="RUNNING").exists(), 20)
    send(keeper, signal.SIGTERM)
    wait_until(lambda: Worker.objects.filter(stopping=True).exists(), 10)
    send(keeper, signal.SIGTERM)

    wait_until(lambda: not lives(keeper), 10)
    assert DBTaskResult.objects.get(pk=task_id).status == "READY"


def test_a_worker_left_alone_by_its_keeper_ends(crew):
    keeper = crew.start(keeper=True)
    wait_until(lambda: Worker.objects.exists(), 20)
    assert Worker.objects.get().pid != keeper
    send(keeper, signal.SIGKILL)

    wait_until(lambda: Worker.objects.filter(ended_at__isnull=False).exists(), 20)


# --- The database goes away -----------------------------------------------------------------------


def test_workers_survive_the_database_going_away(crew):
    pids = [crew.start() for _ in range(2)]
    for number in range(JOBS // 2):
        enqueue(sample.at_once, number)
    for _ in range(5):
        time.sleep(0.3)
        cut_everybody_off()
    wait_for_all()
    assert all(map(lives, pids))

    assert of(sample.at_once).filter(status="SUCCESSFUL").count() == JOBS // 2
    assert set((effects() - Counter({("clock", 0): effects()["clock", 0]})).values()) == {1}


def cut_everybody_off() -> None:
    """PostgreSQL ends all other connections; SQLite refuses everybody for a while."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        else:
            cursor.execute("BEGIN EXCLUSIVE")
            time.sleep(0.5)
            cursor.execute("ROLLBACK")

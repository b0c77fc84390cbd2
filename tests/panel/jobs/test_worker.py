"""Running jobs: results, tries, interruptions, takeovers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from django_tasks_db.models import DBTaskResult

from panel.core.clock import now
from panel.jobs import leases, timing
from panel.jobs import loop as rounds
from panel.jobs.current import CurrentJob, current_job
from panel.jobs.heart import SharedClock
from panel.jobs.leases import claim_next, reap
from panel.jobs.loop import Loop
from panel.jobs.models import DeadLetter, Job, Slot, Worker
from panel.jobs.queue import enqueue
from panel.jobs.worker import drain, sign_in
from tests.panel.jobs import sample
from tests.panel.jobs.conftest import claimed, due_now, row

pytestmark = pytest.mark.django_db

SAVEPOINTS = 2  # inside a test BEGIN and COMMIT are two statements


def idle_loop() -> Loop:
    """A worker that has signed in and takes no jobs by the clock."""
    return Loop(sign_in(SharedClock()), SharedClock(), chores=False)


@pytest.fixture
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the periodic jobs of all apps."""
    monkeypatch.setattr("panel.jobs.slots.periodics", list)


def test_a_result_is_kept_and_nothing_else():
    task_id = enqueue(sample.note, 5)
    drain()

    task = row(task_id)
    assert (task.status, task.return_value) == ("SUCCESSFUL", {"args": [5]})
    assert task.finished_at >= task.started_at
    assert not Job.objects.exists()


def test_a_failed_job_is_tried_again_after_a_pause():
    task_id = enqueue(sample.break_down)
    loop = drain()

    task = row(task_id)
    assert (loop.done, loop.failed) == (1, 1)
    assert task.status == "READY"
    assert timedelta(seconds=1) < task.run_after - now() < timedelta(seconds=4)
    assert task.exception_class_path == "tests.panel.jobs.sample.Broken"


def test_the_pause_grows_is_jittered_and_ends():
    pauses = [
        [timing.pause_before(attempt).total_seconds() for _ in range(50)] for attempt in range(1, 9)
    ]

    assert all(2.25 <= pause <= 3.75 for pause in pauses[0])
    assert all(9 <= pause <= 15 for pause in pauses[1])
    assert max(pauses[7]) <= timing.LONGEST_PAUSE * 1.25
    assert len(set(pauses[0])) > 40


def test_after_its_last_try_a_job_is_given_up():
    task_id = enqueue(sample.break_down, "Ring 12 34 56 78 til mette@example.dk", key="k")
    for _ in range(3):
        due_now(task_id)
        drain()

    letter = DeadLetter.objects.get()
    assert row(task_id).status == "FAILED"
    assert (letter.task_id, letter.tries, letter.key, letter.name) == (task_id, 3, "k", "Break")
    assert letter.arguments["args"][0].startswith("Ring")
    assert letter.error == "Broken: Ring [number] til [e-mail]"
    assert "mette@example.dk" not in letter.trace
    assert letter.trace.rstrip().endswith("Broken: Ring [number] til [e-mail]")
    assert not Job.objects.exists()
    assert len(sample.done) == 3


def test_an_atomic_job_that_fails_has_written_nothing():
    enqueue(sample.write_then_break)
    drain()

    assert not Slot.objects.filter(name="half").exists()


def test_an_atomic_job_writes_with_its_result():
    task_id = enqueue(sample.write)
    drain()

    assert Slot.objects.filter(name="whole").count() == 1
    assert row(task_id).status == "SUCCESSFUL"


def test_an_answer_that_is_no_data_is_a_failure():
    enqueue(sample.answer_badly)
    drain()

    assert "plain data" in DeadLetter.objects.get().error


def test_text_no_database_takes_is_kept_as_far_as_it_can_be():
    task_id = enqueue(sample.answer_with_nul)
    drain()

    assert row(task_id).return_value == ["ab", "?"]


def test_a_job_whose_code_is_gone_fails_in_words():
    task_id = enqueue(sample.note)
    DBTaskResult.objects.filter(pk=task_id).update(task_path="tests.gone.away")
    for _ in range(5):
        due_now(task_id)
        drain()

    assert DeadLetter.objects.get().in_words == "The code of this job is no longer there."


def test_tasks_of_others_run_in_the_same_queue():
    ours = sample.foreign.enqueue("hej")
    drain()

    assert sample.done == [(1, "hej")]
    assert row(ours.id).return_value == "hej"


def test_tasks_of_others_are_tried_again_too():
    task = sample.foreign_failure.enqueue()
    drain()

    assert row(task.id).status == "READY"


def test_an_interrupted_job_comes_back_at_once_and_no_try_is_counted():
    task_id = enqueue(sample.stop_once, key="k")
    drain()

    assert sample.done == ["batch", "batch", "end"]
    assert len(row(task_id).worker_ids) == 1
    assert row(task_id).status == "SUCCESSFUL"


def test_a_long_job_lets_others_pass(monkeypatch):
    monkeypatch.setattr(timing, "TURN", -1.0)
    enqueue(long_work := sample.two_batches)
    enqueue(sample.note, "short")
    drain()

    assert long_work.name == "two_batches"
    assert sample.done == ["batch 1", (("short",), {}), "batch 2"]


def test_a_long_job_goes_on_when_nobody_waits(monkeypatch):
    monkeypatch.setattr(timing, "TURN", -1.0)
    enqueue(sample.two_batches)
    drain()

    assert sample.done == ["batch 1", "batch 2"]


def test_who_lost_a_job_writes_nothing_for_it():
    task_id = enqueue(sample.lose_it)
    loop = drain()

    assert sample.done == ["ran on"]
    assert not Slot.objects.filter(name="too late").exists()
    assert row(task_id).status == "RUNNING"
    assert loop.failed == 0


def test_who_lost_a_job_without_noticing_writes_no_result():
    task_id = enqueue(sample.lose_it_silently)
    drain()

    assert (row(task_id).status, row(task_id).return_value) == ("RUNNING", None)


def test_a_dead_workers_job_is_taken_over_when_its_lease_ends():
    task_id = enqueue(sample.note, 1)
    claimed()

    assert reap(at=now()) == 0
    assert reap(at=now() + timing.lease() + timedelta(seconds=1)) == 1
    due_now(task_id)
    drain()
    assert sample.done == [((1,), {})]
    assert len(row(task_id).worker_ids) == 2


def test_a_job_that_kills_every_worker_is_given_up():
    task_id = enqueue(sample.break_down)
    for _ in range(3):
        due_now(task_id)
        claimed()
        reap(at=now() + timing.lease() * 2)

    letter = DeadLetter.objects.get()
    assert letter.in_words == "Its worker ended in the middle of it, every time."
    assert "limit of 60 seconds" in letter.error


def test_a_revived_worker_finds_its_result_refused():
    """Slept through its lease; meanwhile another one claimed the job."""
    task_id = enqueue(sample.note, 1)
    sleeper = idle_loop()
    claim = claimed(sleeper.worker)
    reap(at=now() + timing.lease() * 2)
    due_now(task_id)
    other = claimed()

    sleeper._work_off(claim)

    assert row(task_id).status == "RUNNING"
    assert Job.objects.get().token == other.token


def test_a_lease_whose_task_was_deleted_is_cleared_away():
    task_id = enqueue(sample.note, 1)
    claimed()
    DBTaskResult.objects.filter(pk=task_id).delete()

    assert reap(at=now() + timing.lease() * 2) == 0
    assert not Job.objects.exists()


def test_a_lease_begins_when_the_pen_is_ours_not_when_we_asked_for_it(monkeypatch):
    """On SQLite a worker may wait long for the pen; the lease must not have lapsed by then."""
    enqueue(sample.note, 1)
    waiting = idle_loop()
    waited = timedelta(seconds=20)
    enter = transaction.Atomic.__enter__

    def slowly(self: transaction.Atomic) -> None:
        enter(self)
        monkeypatch.setattr(waiting.clock, "_ahead", waited)

    leases_seen = []
    monkeypatch.setattr(transaction.Atomic, "__enter__", slowly)
    monkeypatch.setattr(
        waiting, "_work_off", lambda claim: leases_seen.append(Job.objects.get().leased_until)
    )
    waiting.work()

    assert leases_seen[0] > now() + waited + timedelta(seconds=5)


def test_two_workers_never_get_the_same_job():
    enqueue(sample.note, 1)
    one, two = sign_in(SharedClock()), sign_in(SharedClock())

    assert claim_next(one, at=now()) is not None
    assert claim_next(two, at=now()) is None


def test_a_worker_signs_in_and_out():
    drain()

    signed = Worker.objects.get()
    assert signed.ended_at is not None
    assert not Worker.objects.alive(now()).exists()


def test_an_idle_look_costs_one_query(django_assert_num_queries):
    loop = idle_loop()

    with django_assert_num_queries(1):
        assert not loop.work()


def test_running_and_settling_costs_few_queries(django_assert_max_num_queries):
    for number in range(10):
        enqueue(sample.note, number)
    loop = idle_loop()

    with django_assert_max_num_queries(10 * (6 + SAVEPOINTS) + 2):
        loop.work()
    assert loop.done == 10


def test_a_passing_loss_of_the_database_does_not_lose_a_result(monkeypatch):
    task_id = enqueue(sample.note, 1)
    answers = iter([OperationalError("server closed the connection")])
    finish = leases.finish

    def sometimes(*args, **kwargs):
        if error := next(answers, None):
            raise error
        finish(*args, **kwargs)

    monkeypatch.setattr(rounds, "finish", sometimes)
    monkeypatch.setattr(Loop, "_database_is_away", lambda self, error: None)
    drain()

    assert row(task_id).status == "SUCCESSFUL"
    assert sample.done == [((1,), {})]


def test_outside_a_worker_nothing_is_asked_of_an_action():
    job = current_job()
    job.still_mine()
    job.beat()
    job.checkpoint()

    assert type(job) is CurrentJob
    assert not job.stopping


def test_work_once_does_everything_due_and_says_how_much(capsys, no_clock):
    enqueue(sample.note, 1)
    enqueue(sample.note, 2)
    call_command("work", "--once")

    assert [args for args, _ in sample.done] == [(1,), (2,)]
    assert "2 jobs done" in capsys.readouterr().out


def test_work_once_fails_when_a_job_failed(no_clock):
    enqueue(sample.break_down)

    with pytest.raises(CommandError, match="1 of 1"):
        call_command("work", "--once")

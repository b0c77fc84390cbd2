"""Is anybody working, what waits, what runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from panel.core.clock import now
from panel.jobs import reports
from panel.jobs.heart import SharedClock
from panel.jobs.leases import claim_next
from panel.jobs.models import Worker
from panel.jobs.queue import enqueue
from panel.jobs.worker import sign_in, sign_out
from tests.panel.jobs import sample

pytestmark = pytest.mark.django_db


def test_nobody_works_before_the_first_worker():
    assert reports.last_beat() is None
    assert not reports.is_anyone_working(now())


def test_somebody_works_for_a_minute_after_the_last_sign_of_life():
    worker = sign_in(SharedClock())

    assert reports.is_anyone_working(worker.beat_at + timedelta(seconds=60))
    assert not reports.is_anyone_working(worker.beat_at + timedelta(seconds=61))


def test_the_newest_of_several_counts_also_when_it_has_ended():
    clock = SharedClock()
    old, new = sign_in(clock), sign_in(clock)
    Worker.objects.filter(pk=old.pk).update(
        started_at=now() - timedelta(days=1), beat_at=now() - timedelta(minutes=30)
    )
    sign_out(new, clock)

    assert reports.is_anyone_working(now())
    assert [worker.pk for worker in reports.workers(now())] == [old.pk]


def test_waiting_counts_each_kind_in_one_query(django_assert_num_queries):
    at = now()
    enqueue(sample.note)
    enqueue(sample.note, run_after=at + timedelta(hours=1))
    claim_next(sign_in(SharedClock()), at=at)
    enqueue(sample.note)
    enqueue(sample.note, run_after=at - timedelta(minutes=5))

    with django_assert_num_queries(1):
        waiting = reports.waiting(now())
    assert (waiting.due, waiting.later, waiting.running) == (2, 1, 1)
    assert waiting.oldest == at - timedelta(minutes=5)


def test_an_empty_queue_has_no_oldest():
    assert reports.waiting() == reports.Waiting(due=0, later=0, running=0, oldest=None)


def test_at_work_says_what_who_and_since_when(django_assert_num_queries):
    enqueue(sample.note)
    enqueue(sample.break_down)
    worker = sign_in(SharedClock())
    claim_next(worker, at=now())
    claim_next(worker, at=now())

    with django_assert_num_queries(2):
        running = reports.at_work()
    assert [job.name for job in running] == ["Note", "Break"]
    assert {job.worker for job in running} == {worker.name}
    assert DBTaskResult.objects.count() == 2

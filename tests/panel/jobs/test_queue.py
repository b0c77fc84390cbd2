"""Putting work in the queue."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from panel.core.clock import now
from panel.jobs.models import Job
from panel.jobs.queue import enqueue
from panel.jobs.worker import drain
from tests.panel.jobs import sample
from tests.panel.jobs.conftest import row

pytestmark = pytest.mark.django_db


def test_a_job_runs_with_what_it_was_given():
    enqueue(sample.note, 1, "to", word="tre")

    assert drain().done == 1
    assert sample.done == [((1, "to"), {"word": "tre"})]


def test_nothing_is_queued_when_the_change_it_follows_is_rolled_back():
    with transaction.atomic():
        enqueue(sample.note, 1)
        enqueue(sample.note, 2, key="k")
        transaction.set_rollback(True)

    assert not DBTaskResult.objects.exists()
    assert not Job.objects.exists()


def test_a_key_is_queued_once_while_unfinished():
    first = enqueue(sample.note, 1, key="import:7")

    assert enqueue(sample.note, 2, key="import:7") == first
    assert enqueue(sample.note, 3, key="import:8") != first
    assert DBTaskResult.objects.count() == 2


def test_a_key_is_free_again_when_its_job_is_done():
    first = enqueue(sample.note, 1, key="import:7")
    drain()

    assert enqueue(sample.note, 2, key="import:7") != first
    drain()
    assert sample.done == [((1,), {}), ((2,), {})]


def test_a_key_stays_taken_between_two_tries():
    first = enqueue(sample.break_down, key="import:7")
    drain()

    assert row(first).status == "READY"
    assert enqueue(sample.break_down, key="import:7") == first


def test_of_two_at_once_one_takes_its_task_back(monkeypatch):
    """Both looked before either wrote: the database decides."""
    first = enqueue(sample.note, 1, key="import:7")
    looks = iter([None, first])
    monkeypatch.setattr("panel.jobs.queue._holder", lambda key: next(looks))

    assert enqueue(sample.note, 2, key="import:7") == first
    assert DBTaskResult.objects.count() == 1


def test_the_database_refuses_the_same_key_twice():
    Job.objects.create(task_id=uuid4(), key="import:7")

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(task_id=uuid4(), key="import:7")


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_that_cannot_be_kept_is_refused(key):
    with pytest.raises(ValueError, match="1 to 200 characters"):
        enqueue(sample.note, key=key)


def test_a_job_for_later_waits():
    later = enqueue(sample.note, 1, run_after=now() + timedelta(hours=1))

    assert drain().done == 0
    assert row(later).status == "READY"


def test_a_job_whose_time_has_come_runs():
    enqueue(sample.note, 1, run_after=now() - timedelta(seconds=1))

    assert drain().done == 1


def test_the_urgent_comes_first_and_then_the_oldest():
    enqueue(sample.note, "third")
    enqueue(sample.note, "fourth")
    enqueue(sample.note.using(priority=10), "first")
    enqueue(sample.note, "second", run_after=now() - timedelta(minutes=1))
    drain()

    assert [args[0] for args, _ in sample.done] == ["first", "second", "third", "fourth"]


def test_arguments_that_are_no_plain_data_are_refused_at_once():
    with pytest.raises(TypeError):
        enqueue(sample.note, object())

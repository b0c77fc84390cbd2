"""Periodic jobs: each slot once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from panel.core.clock import now
from panel.jobs import slots
from panel.jobs.models import Job, Slot
from panel.jobs.registry import Periodic
from panel.jobs.schedule import Every
from panel.jobs.slots import Slots, take
from panel.jobs.worker import drain
from tests.panel.jobs import sample

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def minutely(monkeypatch: pytest.MonkeyPatch) -> Periodic:
    """The only periodic job there is."""
    periodic = Periodic(sample.note, Every(timedelta(minutes=1)))
    monkeypatch.setattr(slots, "periodics", lambda: [periodic])
    return periodic


def test_a_slot_is_taken_once_whoever_comes(minutely):
    assert take(minutely, NOON)
    assert not take(minutely, NOON)

    drain()
    assert len(sample.done) == 1


def test_four_workers_take_each_slot_once(minutely):
    workers = [Slots() for _ in range(4)]
    for second in range(0, 180, 7):
        taken = sum(each.take_due(at=NOON + timedelta(seconds=second)) for each in workers)
        assert taken <= 1
        drain()

    assert len(sample.done) == 3
    assert Slot.objects.count() == 3


def test_a_worker_asks_once_per_slot(minutely, django_assert_num_queries):
    worker = Slots()
    worker.take_due(at=NOON)

    with django_assert_num_queries(0):
        worker.take_due(at=NOON + timedelta(seconds=30))


def test_of_slots_missed_only_the_newest_is_made_up_for(minutely):
    worker = Slots()
    worker.take_due(at=NOON)
    drain()
    worker.take_due(at=NOON + timedelta(hours=5))
    drain()

    assert len(sample.done) == 2


def test_a_slot_is_let_go_while_the_former_still_runs(minutely):
    take(minutely, NOON)
    take(minutely, NOON + timedelta(minutes=1))

    assert DBTaskResult.objects.count() == Job.objects.count() == 1
    assert len(set(Slot.objects.values_list("task_id", flat=True))) == 1


def test_the_database_refuses_the_same_slot_twice():
    Slot.objects.create(name="x", at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.create(name="x", at=NOON)


def test_a_slot_that_cannot_be_enqueued_is_not_taken(minutely, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(slots, "enqueue", fail)
    with pytest.raises(RuntimeError):
        take(minutely, now())

    assert not Slot.objects.exists()

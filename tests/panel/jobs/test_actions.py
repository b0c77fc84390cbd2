"""What staff decide about given-up jobs, and clearing away."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from panel.audit.models import Event
from panel.core.clock import now
from panel.jobs import actions
from panel.jobs.actions import Refused, clear_away, discard, run_again
from panel.jobs.models import DeadLetter, Job, LetterState, Slot, Worker
from panel.jobs.queue import enqueue
from panel.jobs.worker import drain
from tests.panel.jobs import sample
from tests.panel.jobs.conftest import row

pytestmark = pytest.mark.django_db


def test_run_again_queues_it_as_it_was_and_says_who_did(letter, administrator):
    task_id = run_again(letter, by=administrator)
    drain()

    letter.refresh_from_db()
    assert sample.done == [((7,), {"word": "hej"})]
    assert (letter.state, letter.replayed_as) == (LetterState.RUN_AGAIN, task_id)
    event = Event.objects.get(what="job.run_again")
    assert (event.by_id, event.on_id) == (administrator.pk, str(letter.pk))


def test_run_again_refuses_to_run_twice(letter, administrator):
    run_again(letter, by=administrator)

    with pytest.raises(Refused, match="already dealt with"):
        run_again(letter, by=administrator)
    assert DBTaskResult.objects.count() == 1


def test_run_again_does_not_double_what_waits_under_the_same_key(letter, administrator):
    DeadLetter.objects.update(key="import:7")
    waiting = enqueue(sample.note, 7, key="import:7")

    assert run_again(letter, by=administrator) == waiting
    assert DBTaskResult.objects.count() == 1


def test_run_again_keeps_the_urgency(letter, administrator):
    DeadLetter.objects.update(priority=20)

    assert row(run_again(letter, by=administrator)).priority == 20


@pytest.mark.parametrize("path", ["gone.away", "panel.jobs.actions.run_again"])
def test_run_again_refuses_when_the_code_is_gone(letter, administrator, path):
    DeadLetter.objects.update(task_path=path)

    with pytest.raises(Refused, match="Discard it instead"):
        run_again(letter, by=administrator)
    letter.refresh_from_db()
    assert letter.is_open


def test_discard_keeps_the_reason_and_says_who_did(letter, administrator):
    discard(letter, reason=" The post was deleted. ", by=administrator)

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (LetterState.DISCARDED, "The post was deleted.")
    assert Event.objects.get(what="job.discarded").by_id == administrator.pk
    with pytest.raises(Refused, match="already dealt with"):
        run_again(letter, by=administrator)


def test_discard_refuses_without_a_reason(letter, administrator):
    with pytest.raises(Refused, match="Write why"):
        discard(letter, reason="  ", by=administrator)


@pytest.mark.parametrize(
    "half",
    [
        {"state": "again"},
        {"state": "discarded", "settled_at": now()},
        {"settled_at": now()},
        {"reason": "because"},
        {"state": "again", "settled_at": now(), "replayed_as": uuid4(), "reason": "because"},
        {"state": "unknown"},
        {"tries": 0},
    ],
)
def test_the_database_refuses_a_letter_settled_by_halves(letter, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadLetter.objects.filter(pk=letter.pk).update(**half)


def test_the_database_refuses_half_a_lease():
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(task_id=uuid4(), token=uuid4())


def test_clear_away_takes_what_is_over_and_nothing_else(letter):
    at = now()
    for _ in range(3):
        enqueue(sample.note)
    drain()
    old, recent, failed = DBTaskResult.objects.order_by("finished_at")
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=at - timedelta(days=2))
    DBTaskResult.objects.filter(pk=failed.pk).update(
        finished_at=at - timedelta(days=29), status="FAILED"
    )
    waiting = enqueue(sample.note, key="kept")
    Job.objects.create(task_id=uuid4(), key="of nothing")
    Worker.objects.update(beat_at=at, started_at=at - timedelta(days=9))
    Slot.objects.create(name="yearly", at=at - timedelta(days=300))
    for days in (1, 59, 61, 100):
        Slot.objects.create(name="daily", at=at - timedelta(days=days))

    gone = clear_away(at=at)

    assert gone == {"results": 1, "letters": 0, "slots": 2, "workers": 0, "lone_keys": 1}
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {
        recent.pk,
        failed.pk,
        waiting,
    }
    assert Slot.objects.filter(name="yearly").exists()
    assert Job.objects.get().key == "kept"
    assert clear_away(at=at + timedelta(days=31))["results"] == 2


def test_clear_away_keeps_letters_until_they_are_settled(letter, administrator):
    assert clear_away(at=now() + timedelta(days=400))["letters"] == 0

    discard(letter, reason="Old", by=administrator)
    assert clear_away(at=now() + timedelta(days=80))["letters"] == 0
    assert clear_away(at=now() + timedelta(days=91))["letters"] == 1


def test_clear_away_works_in_batches(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(5):
        Slot.objects.create(name="x", at=now() - timedelta(days=100 + number))

    assert clear_away(at=now())["slots"] == 4

"""Jobs that do something small, seen in ``done``."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django_tasks import TaskContext, task

from panel.core.clock import now
from panel.jobs.current import current_job
from panel.jobs.models import Job, Slot
from panel.jobs.registry import job

done: list[Any] = []


class Broken(Exception):
    """What a job of the tests fails with."""


@job(name="Note")
def note(*args: object, **kwargs: object) -> dict[str, object]:
    done.append((args, kwargs))
    return {"args": list(args)}


@job(name="Break", tries=3)
def break_down(what: str = "broken") -> None:
    done.append("tried")
    raise Broken(what)


@job(name="Write, then break", tries=2, atomic=True)
def write_then_break() -> None:
    Slot.objects.create(name="half", at=now())
    raise Broken("after the write")


@job(name="Write", atomic=True)
def write() -> None:
    Slot.objects.create(name="whole", at=now())


@job(name="Answer with something that is no JSON", tries=1)
def answer_badly() -> object:
    return object()


@job(name="Answer with hostile text")
def answer_with_nul() -> list[str]:
    return ["a\x00b", "\ud800"]


@job(name="Stop between batches")
def stop_once() -> None:
    done.append("batch")
    if len(done) == 1:
        current_job()._asked_to_stop = lambda: True  # type: ignore[attr-defined]
    current_job().checkpoint()
    done.append("end")


@job(name="Lose it")
def lose_it() -> str:
    """Loses its lease to another worker while it runs."""
    steal(current_job().claim.task.pk)  # type: ignore[attr-defined]
    done.append("ran on")
    with transaction.atomic():
        Slot.objects.create(name="too late", at=now())
        current_job().still_mine()
    return "unreachable"


@job(name="Lose it without asking")
def lose_it_silently() -> str:
    steal(current_job().claim.task.pk)  # type: ignore[attr-defined]
    return "too late"


def steal(task_id: UUID) -> None:
    """What another worker's claim does to the fence."""
    Job.objects.filter(task_id=task_id).update(token=uuid4())


@task(takes_context=True)
def foreign(context: TaskContext, word: str) -> str:
    """A task of somebody else's, straight from django-tasks."""
    done.append((context.attempt, word))
    return word


@task()
def foreign_failure() -> None:
    raise Broken("not ours")


@job(name="Two batches")
def two_batches() -> None:
    """Goes on where it was, as a long job must."""
    while (batch := 1 + sum(str(each).startswith("batch") for each in done)) <= 2:
        done.append(f"batch {batch}")
        current_job().checkpoint()

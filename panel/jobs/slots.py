"""Periodic jobs: the first worker to write a slot's row enqueues the job, the others let it be."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panel.jobs.faultpoints import faultpoint
from panel.jobs.models import Slot
from panel.jobs.queue import enqueue
from panel.jobs.registry import Periodic, periodics

TAKING = faultpoint("jobs.slot", "the slot is taken and the job enqueued, not committed")


class Slots:
    """The slots one worker knows to be taken, so that it asks the database once per slot."""

    def __init__(self) -> None:
        self._known: dict[str, datetime] = {}

    def take_due(self, *, at: datetime) -> int:
        """Enqueue what is due and nobody has taken; returns how many we took."""
        taken = 0
        for periodic in periodics():
            slot = periodic.schedule.latest(at)
            if self._known.get(periodic.name) != slot:
                taken += take(periodic, slot)
                self._known[periodic.name] = slot
        return taken


@transaction.atomic
def take(periodic: Periodic, at: datetime) -> bool:
    """Take one slot; False where it was taken. A job that still runs is not enqueued again."""
    slot, ours = Slot.objects.get_or_create(name=periodic.name[:200], at=at)
    if ours:
        slot.task_id = enqueue(periodic.task, key=f"slot:{periodic.name}"[:200])
        Slot.objects.filter(pk=slot.pk).update(task_id=slot.task_id)
        TAKING()
    return ours

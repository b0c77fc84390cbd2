"""Reminding the editors, once, before it is too late for a yes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from cms.publishing import plans
from cms.publishing.letters import tell_editors
from cms.publishing.models import What
from cms.review import actions as review
from cms.review.models import Approval, State
from panel.core.clock import now

NEAR: Final = timedelta(hours=2)


def remind_at(approval: Approval) -> datetime | None:
    """Two hours before its time, or a quarter of the notice the editors were given, if that is
    more; but never in the first half of it. None for what has no time.
    """
    time = plans.moment(approval)
    if time is None:
        return None
    notice = time - approval.asked_at
    return time - min(max(NEAR, notice / 4), notice / 2)


def to_remind(at: datetime) -> list[Approval]:
    """What waits at ``at`` and whose editors should be reminded now."""
    waiting = Approval.objects.filter(
        state=State.ASKED, reminded_at__isnull=True, needed_by__isnull=False
    )
    near = [(remind_at(approval), approval) for approval in waiting.order_by("needed_by", "pk")]
    return [approval for moment, approval in near if moment is not None and moment <= at]


@transaction.atomic
def remind(approval: Approval) -> bool:
    """Write to every editor who may decide; whether this was the one time."""
    if not Approval.objects.filter(pk=approval.pk, state=State.ASKED).exists():
        return False
    if not review.reminded([approval]):
        return False
    tell_editors(approval, What.REMINDER)
    return True


def remind_all() -> int:
    """Remind of everything whose time is near; how many stories."""
    return sum(remind(approval) for approval in to_remind(now()))

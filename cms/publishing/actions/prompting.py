"""Reminding of what waits to be posted by hand: after an hour, and once more the next morning."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction

from cms.publishing.letters import remind_posters
from cms.publishing.models import Notice, Publication, State, What
from cms.review.models import Approval
from panel.core.clock import in_copenhagen, now

FIRST: Final = timedelta(hours=1)
MORNING: Final = time(8, 0)
# After that it is old news: the list of what goes out still shows it, and nobody is mailed.
AT_ALL: Final = timedelta(days=3)


def prompt() -> int:
    """Write the reminders that are due now; of how many stories."""
    at = now()
    waiting = Publication.objects.filter(
        state=State.READY,
        due_at__lte=at - FIRST,
        due_at__gt=at - AT_ALL,
        # It may have gone out late.
        approval__published_at__lte=at - FIRST,
    )
    keys = waiting.order_by("approval_id").values_list("approval_id", flat=True).distinct()
    return sum(_prompt(key, at) for key in keys)


@transaction.atomic
def _prompt(approval_id: int, at: datetime) -> bool:
    """One story's, if it is time; the row says when somebody was reminded last."""
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id)
    rows = Publication.objects.filter(approval=approval, state=State.READY, due_at__lte=at - FIRST)
    last = max((row.reminded_at for row in rows if row.reminded_at), default=None)
    if last is None:
        what = What.POST_AGAIN
    elif _is_next_morning(last, at) and not _was_told(approval, What.POST_STILL):
        what = What.POST_STILL
    else:
        return False
    remind_posters(approval, what)
    rows.update(reminded_at=at)
    return True


def _is_next_morning(last: datetime, at: datetime) -> bool:
    there = in_copenhagen(at)
    return there.date() > in_copenhagen(last).date() and there.time() >= MORNING


def _was_told(approval: Approval, what: What) -> bool:
    return Notice.objects.filter(approval=approval, what=what).exists()

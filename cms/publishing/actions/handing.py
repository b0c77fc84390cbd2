"""From a publication to the outbox, and back what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from cms.publishing import acts, moves
from cms.publishing.letters import tell_not_sent
from cms.publishing.models import Publication
from cms.publishing.models import State as Out
from panel.core.trail import SYSTEM
from panel.outbox import actions as outbox
from panel.outbox.models import Outgoing, State
from panel.outbox.moves import Refused

NO_PICTURE: Final = "picture"

_THERE: Final[Mapping[str, Out]] = {
    State.SENT: Out.OUT,
    State.FAILED: Out.FAILED,
    State.MISSED: Out.MISSED,
    State.CANCELLED: Out.CANCELLED,
}
_NOT_SENT: Final = (Out.FAILED, Out.MISSED)


def hand_over(row: Publication, *, at: datetime) -> Out:
    """Put ``row`` into the outbox at ``at``, in the caller's transaction; the state it is in then.

    Without the picture that was approved nothing is handed over, and a person is told.
    """
    try:
        act = acts.act_of(row)
    except acts.NoPicture:
        row.why = NO_PICTURE
        tell_not_sent(row.approval)
        return Out.FAILED
    row.outgoing = outbox.hand_over(
        key=f"publication:{row.pk}",
        channel=row.channel,
        act=act,
        title=row.approval.title,
        due_at=row.due_at or at,
        latest_at=row.latest_at,
    )
    return Out.QUEUED


def follow_outbox() -> int:
    """Note what has become of what was handed over; how many publications moved."""
    moved = 0
    for state, out in _THERE.items():
        behind = Q(outgoing__state=state) & ~Q(state=out) & ~Q(state=Out.DOWN)
        moved += sum(map(_follow, Publication.objects.filter(behind).values_list("pk", flat=True)))
    again = Publication.objects.filter(state__in=_NOT_SENT, outgoing__isnull=False).exclude(
        outgoing__state__in=_THERE
    )
    return moved + again.update(state=Out.QUEUED)


def call_back(rows: list[Publication], *, why: str) -> None:
    """Nothing of ``rows`` that is not sent yet is to be sent. What is being sent goes out."""
    for row in rows:
        if row.outgoing is None:
            continue
        try:
            outbox.cancel(row.outgoing, why=why, by=SYSTEM)
        except Refused:
            continue
        Publication.objects.filter(pk=row.pk).update(state=Out.CANCELLED)


@transaction.atomic
def _follow(key: int) -> bool:
    row = Publication.objects.select_for_update(of=("self",)).get(pk=key)
    outgoing = Outgoing.objects.filter(publication=row).first()
    to = _THERE.get(outgoing.state) if outgoing else None
    if outgoing is None or to is None or to not in moves.MOVES[row.state]:
        return False
    row.state, row.why = to, outgoing.why
    if to == Out.OUT:
        row.out_at, row.url = outgoing.sent_at, outgoing.url
    row.save(update_fields=["state", "why", "out_at", "url"])
    if to in _NOT_SENT:
        tell_not_sent(row.approval)
    return True

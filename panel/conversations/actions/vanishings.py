"""What staff find out about something that vanished."""

from __future__ import annotations

from django.db.models import Max

from panel.accounts.models import User
from panel.audit.actions import record
from panel.conversations.intake import vanishing as intake
from panel.conversations.intake.locking import holding
from panel.conversations.models import Sighting, Vanishing, Verdict
from panel.core.clock import now

from .moderation import AlreadyDone


def settle(vanishing: Vanishing, *, verdict: Verdict, why: str, up_to: int, by: User) -> None:
    """Say what was behind an alarm, and how one knows.

    ``up_to`` is the last sighting they had seen: of a later one they said nothing, and enough of
    those raise the alarm anew. Raises ``AlreadyDone``, and ``ValueError`` without a reason.
    """
    if not why.strip():
        raise ValueError("Say how you know.")
    with holding([vanishing.channel_id]):
        at, thread = now(), (vanishing.channel_id, vanishing.post_external_id)
        last = Sighting.objects.of_thread(*thread).aggregate(last=Max("pk"))["last"] or 0
        settled = Vanishing.objects.open().filter(pk=vanishing.pk)
        if not settled.update(
            verdict=verdict,
            why=why.strip()[:300],
            up_to=max(vanishing.after, min(up_to, last)),
            settled_by=by,
            settled_at=at,
        ):
            raise AlreadyDone
        record("vanishing.settled", on=vanishing, by=by, detail={"verdict": verdict.value})
        intake.raise_due(vanishing.channel, [vanishing.post_external_id], at=at)
    vanishing.refresh_from_db()

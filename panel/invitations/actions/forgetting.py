"""What is left of an invitation nobody answered: that somebody was asked, and numbers."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from panel.invitations.models import Campaign, Invitation, InvitationState

_BLANK: Final[dict[str, Any]] = {
    "state": Case(
        When(state=InvitationState.WITHDRAWN, then=Value(InvitationState.WITHDRAWN)),
        default=Value(InvitationState.LAPSED),
    ),
    "email": "",
    "token": "",
    "token_hash": None,
    "expires_at": None,
    "sent_at": None,
    "reminder": "",
    "reminded_at": None,
    "opened_at": None,
}


@transaction.atomic
def blank(unanswered: QuerySet[Invitation]) -> int:
    """Clear address, link and times of ``unanswered``; how many.

    What the funnel would no longer know goes into the campaigns' own numbers, in the same
    transaction: the count stays, the person's times go.
    """
    asking = unanswered.order_by().values("campaign")
    # The campaigns first, as every verb does.
    list(Campaign.objects.select_for_update().filter(pk__in=asking).order_by("pk"))
    locked = unanswered.select_for_update(of=("self",)).order_by("pk").only("pk")
    rows = Invitation.objects.filter(pk__in=[each.pk for each in locked])
    for counts in (
        rows.order_by()
        .values("campaign")
        .annotate(
            withdrawn=Count("pk", filter=Q(state=InvitationState.WITHDRAWN, sent_at__isnull=False)),
            opened=Count("pk", filter=Q(opened_at__isnull=False)),
            reminded=Count("pk", filter=Q(reminded_at__isnull=False)),
        )
    ):
        Campaign.objects.filter(pk=counts["campaign"]).update(
            withdrawn_after_sending=F("withdrawn_after_sending") + counts["withdrawn"],
            opened_without_answer=F("opened_without_answer") + counts["opened"],
            reminded_without_answer=F("reminded_without_answer") + counts["reminded"],
        )
    return rows.update(**_BLANK)

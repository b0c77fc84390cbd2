"""Letters for printing: each with its person's own link."""

from __future__ import annotations

from django.db import transaction

from panel.accounts.models import User
from panel.audit.actions import record
from panel.invitations.actions.invitations import give_link
from panel.invitations.models import Campaign, InvitationState, Way
from panel.invitations.texts import Words, words_for


@transaction.atomic
def write_letters(campaign: Campaign, *, by: User) -> list[Words]:
    """The words of every letter that is to be posted and has no answer yet; printing again is free.

    Raises MoveRefused unless the campaign is running, and NoBasis while the gate is closed.
    """
    waiting = campaign.invitations.filter(
        way=Way.LETTER,
        state__in=[InvitationState.READY, InvitationState.SENT],
        commenter__isnull=False,
    ).select_related("campaign__template", "commenter__channel")
    letters = []
    for invitation in waiting.order_by("pk"):
        token = give_link(invitation)
        invitation.refresh_from_db(fields=["expires_at"])
        letters.append(words_for(invitation, token=token))
    record("letters.printed", on=campaign, by=by, detail={"letters": len(letters)})
    return letters

"""What the invited person does, and what time does.

A link is used up by a yes, never by a look.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from panel.audit.actions import SYSTEM, record
from panel.core.clock import now
from panel.core.crypto import token_hash
from panel.invitations import moves
from panel.invitations.models import Invitation, InvitationState, OpenLink
from panel.members.joining import DoorClosed, Welcome
from panel.members.models import Door, Member


def find(token: str) -> Invitation | None:
    """The invitation a link stands for while it may be answered, else None.

    Looking uses nothing up.
    """
    return (
        Invitation.objects.filter(
            token_hash=token_hash(token), expires_at__gt=now(), state__in=moves.ANSWERABLE
        )
        .select_related("campaign__template", "commenter__channel")
        .first()
    )


def open_up(invitation: Invitation) -> None:
    """The person pressed "go on": they have seen it.

    Repeats change nothing.
    """
    Invitation.objects.filter(
        pk=invitation.pk, state__in=[InvitationState.SENT, InvitationState.UNSURE]
    ).update(state=InvitationState.OPENED, opened_at=now())


def redeem(token: str, *, member: Member) -> Welcome:
    """Use the link up for ``member``, in their joining transaction. Raises DoorClosed.

    One conditional UPDATE: of a thousand at once, one wins and the others are refused.
    """
    won = Invitation.objects.filter(
        token_hash=token_hash(token), expires_at__gt=now(), state__in=moves.ANSWERABLE
    ).update(state=InvitationState.JOINED, answered_at=now(), token="", email="")
    if not won:
        raise DoorClosed(
            _("The link in your invitation has been used or is too old.") + " " + _welcome()
        )
    found = Invitation.objects.select_related("commenter")
    invitation = found.get(token_hash=token_hash(token))
    record("invitation.accepted", on=invitation, by=member.user)
    return Welcome(Door.INVITED, invitation.commenter)


@transaction.atomic
def redeem_open(code: str, *, member: Member) -> Welcome:
    """Count one more who came by the campaign's open link.

    Raises DoorClosed for an unknown code.
    """
    if not OpenLink.objects.filter(code=code).update(joined=F("joined") + 1):
        raise DoorClosed(_("That link does not work.") + " " + _welcome())
    return Welcome(Door.OPEN)


@transaction.atomic
def decline(invitation: Invitation) -> bool:
    """No, thank you: never asked again.

    Whether this was the answer; False when there was one already.
    """
    declined = Invitation.objects.filter(pk=invitation.pk, state__in=moves.ANSWERABLE).update(
        state=InvitationState.DECLINED, answered_at=now(), token="", email=""
    )
    if declined:
        record("invitation.declined", on=invitation, by=SYSTEM)
    return bool(declined)


def lapse(at: datetime) -> int:
    """Links past their last day end; how many.

    One statement, run every hour.
    """
    return Invitation.objects.filter(expires_at__lte=at, state__in=moves.ANSWERABLE).update(
        state=InvitationState.LAPSED, token="", email=""
    )


def _welcome() -> str:
    return _("You are welcome all the same: press the button once more.")

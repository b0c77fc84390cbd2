"""What staff do with one invitation: choose the way, hand it over, settle a doubt, withdraw it."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import now
from panel.core.crypto import new_token, token_hash
from panel.invitations import moves
from panel.invitations.models import (
    Campaign,
    CampaignState,
    Invitation,
    InvitationState,
    Way,
)

_UNANSWERED = (
    *moves.ANSWERABLE,
    InvitationState.READY,
    InvitationState.SENDING,
    InvitationState.FAILED,
)


@transaction.atomic
def set_way(invitation: Invitation, *, way: Way, email: str = "", by: User) -> Invitation:
    """Choose how to ask one person, while the campaign is a draft.

    Raises ValidationError for an e-mail invitation without an address the person gave, and
    MoveRefused once the campaign was submitted.
    """
    locked = hold(invitation.pk)
    if locked.campaign.state != CampaignState.DRAFT:
        raise moves.MoveRefused(_("Take the campaign back to a draft to change this."))
    if way == Way.EMAIL:
        validate_email(email)
    locked.way, locked.email = way, email if way == Way.EMAIL else ""
    locked.save(update_fields=["way", "email"])
    record("invitation.way_chosen", on=locked, by=by, detail={"way": way})
    return locked


@transaction.atomic
def give_link(invitation: Invitation) -> str:
    """The invitation's own link token, made the first time it is needed and kept until the answer.

    Raises MoveRefused unless its campaign is running: nothing leaves before a second person's yes.
    """
    locked = hold(invitation.pk)
    if locked.campaign.state != CampaignState.RUNNING:
        raise moves.MoveRefused(_("The campaign is not running."))
    if not locked.token:
        if locked.state not in _UNANSWERED:
            raise moves.MoveRefused(_("This invitation has been answered or has ended."))
        locked.token = new_token()
        locked.token_hash = token_hash(locked.token)
        locked.expires_at = now() + timedelta(days=locked.campaign.valid_days)
        locked.save(update_fields=["token", "token_hash", "expires_at"])
    return locked.token


@transaction.atomic
def hand_over(invitation: Invitation, *, by: User) -> Invitation:
    """Staff gave it to the person: the letter is posted, the reply is written.

    Once.
    """
    locked = hold(invitation.pk)
    if locked.way == Way.EMAIL:
        raise ValidationError(_("E-mails are sent by the campaign itself."))
    if locked.campaign.state != CampaignState.RUNNING:
        raise moves.MoveRefused(_("The campaign is not running."))
    return _to(locked, InvitationState.SENT, what="invitation.handed_over", by=by)


@transaction.atomic
def settle(invitation: Invitation, *, was_sent: bool, by: User) -> Invitation:
    """A person decides a doubt: the letter left, or it did not and may be sent again."""
    to = InvitationState.SENT if was_sent else InvitationState.READY
    return _to(hold(invitation.pk), to, what="invitation.settled", by=by)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    """Do not ask this person after all; a link that is out stops working."""
    locked = hold(invitation.pk)
    locked.token, locked.token_hash, locked.expires_at = "", None, None
    return _to(locked, InvitationState.WITHDRAWN, what="invitation.withdrawn", by=by)


def hold(invitation_id: int) -> Invitation:
    """The invitation as it is now, held with its campaign to the end of the transaction.

    Raises Invitation.DoesNotExist when it is gone.
    """
    # The campaign first, as every other verb does: two people can then never wait for each other.
    Campaign.objects.select_for_update(of=("self",)).filter(invitations=invitation_id).first()
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("campaign__template", "commenter__channel")
        .get(pk=invitation_id)
    )


def _to(locked: Invitation, state: InvitationState, *, what: str, by: User) -> Invitation:
    moves.check(moves.INVITATION, locked.state, state)
    locked.state = state
    if state == InvitationState.SENT and locked.sent_at is None:
        locked.sent_at = now()
    locked.save()
    record(what, on=locked, by=by, detail={"campaign": locked.campaign_id})
    return locked

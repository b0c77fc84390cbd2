"""E-mail invitations and reminders: once each, whatever crashes.

A row goes to *sending* and is committed before the letter leaves. Who dies in between leaves it
there; the sweep calls that *unsure* and a person decides, because a second letter cannot be taken
back.
"""

from __future__ import annotations

import smtplib
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from panel.audit.actions import SYSTEM, record
from panel.core import mail
from panel.core.clock import now
from panel.invitations.actions.invitations import give_link
from panel.invitations.models import Campaign, CampaignState, Invitation, InvitationState, Way
from panel.invitations.texts import Words, sample_words, words_for

# A letter that has been on its way this long is not: its worker is gone.
LONGEST_CALL = timedelta(minutes=5)


def due() -> list[int]:
    """Invitations of running campaigns that are to be mailed and were not."""
    return list(
        Invitation.objects.filter(
            campaign__state=CampaignState.RUNNING,
            way=Way.EMAIL,
            state=InvitationState.READY,
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def send(invitation_id: int) -> bool:
    """Mail one invitation.

    Whether this call did: False when another did, or it may not go out now.
    """
    letter = _claim(invitation_id)
    if letter is None:
        return False
    try:
        letter.send()
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionResetError, BrokenPipeError):
        # The server may have taken it before the line broke.
        _settle(invitation_id, InvitationState.UNSURE)
    except (smtplib.SMTPException, OSError):
        _settle(invitation_id, InvitationState.FAILED)
    else:
        _settle(invitation_id, InvitationState.SENT)
    return True


def sweep() -> int:
    """Letters left on their way by a worker that is gone become *unsure*; how many."""
    return Invitation.objects.filter(
        state=InvitationState.SENDING, sent_at__lt=now() - LONGEST_CALL
    ).update(state=InvitationState.UNSURE)


@transaction.atomic
def _claim(invitation_id: int) -> EmailMultiAlternatives | None:
    won = Invitation.objects.filter(
        pk=invitation_id,
        state=InvitationState.READY,
        way=Way.EMAIL,
        campaign__state=CampaignState.RUNNING,
        commenter__isnull=False,
    ).update(state=InvitationState.SENDING, sent_at=now())
    if not won:
        return None
    invitation = Invitation.objects.select_related("campaign__template", "commenter__channel").get(
        pk=invitation_id
    )
    token = give_link(invitation)
    invitation.refresh_from_db(fields=["expires_at"])
    words = words_for(invitation, token=token)
    return compose(words, to=invitation.email, language=invitation.campaign.template.language)


def compose(words: Words, *, to: str, language: str) -> EmailMultiAlternatives:
    """The letter with ``words``, unsent; also what a test copy is."""
    return mail.letter(
        "invitations/mail/invitation", to=to, language=language, context={"words": words}
    )


@transaction.atomic
def _settle(invitation_id: int, state: InvitationState) -> None:
    Invitation.objects.filter(pk=invitation_id, state=InvitationState.SENDING).update(state=state)
    record(
        "invitation.mailed",
        on=("invitations.invitation", invitation_id),
        by=SYSTEM,
        detail={"state": state},
    )


def send_test_copy(campaign: Campaign, *, to: str) -> None:
    """The letter with an invented person, to a colleague.

    Raises NoBasis, and what mail raises.
    """
    template = campaign.template
    compose(sample_words(template), to=to, language=template.language).send()

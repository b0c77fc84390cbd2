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
from panel.basis import gate
from panel.core import mail
from panel.core.clock import now
from panel.invitations import reminding
from panel.invitations.actions.invitations import give_link, hold
from panel.invitations.models import (
    Campaign,
    CampaignState,
    Invitation,
    InvitationState,
    Reminder,
    Way,
)
from panel.invitations.texts import (
    Words,
    reminder_for,
    sample_reminder,
    sample_words,
    words_for,
)

# A letter that has been on its way this long is not: its worker is gone.
LONGEST_CALL = timedelta(minutes=5)


def due() -> list[int]:
    """Invitations of running campaigns that are to be mailed and were not; none while the gate is
    closed."""
    return _keys(state=InvitationState.READY)


def due_reminders() -> list[int]:
    """Invitations of running campaigns whose reminder waits to be mailed, as ``due``."""
    return _keys(reminder=Reminder.WAITING)


def send(invitation_id: int) -> bool:
    """Mail one invitation.

    Whether this call did: False when another did, or it may not go out now.
    """
    letter = _claim(invitation_id)
    if letter is None:
        return False
    _settle(invitation_id, _leave(letter))
    return True


def send_reminder(invitation_id: int) -> bool:
    """Mail the reminder of one invitation, as ``send``.

    Who has answered or objected meanwhile gets none. One that may have left is never sent again.
    """
    letter = _claim_reminder(invitation_id)
    if letter is None:
        return False
    _settle_reminder(invitation_id, _leave(letter))
    return True


def sweep() -> int:
    """Letters left on their way by a worker that is gone become *unsure*; how many."""
    late = now() - LONGEST_CALL
    invitations = Invitation.objects.filter(state=InvitationState.SENDING, sent_at__lt=late)
    reminders = Invitation.objects.filter(reminder=Reminder.SENDING, reminded_at__lt=late)
    return invitations.update(state=InvitationState.UNSURE) + reminders.update(
        reminder=Reminder.UNSURE
    )


def _keys(**due: str) -> list[int]:
    if not gate.is_open():
        return []
    mails = Invitation.objects.filter(campaign__state=CampaignState.RUNNING, way=Way.EMAIL, **due)
    return list(mails.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _claim(invitation_id: int) -> EmailMultiAlternatives | None:
    invitation = _held(invitation_id)
    if (
        invitation is None
        or invitation.state != InvitationState.READY
        or invitation.commenter is None
    ):
        return None
    if not invitation.email:
        # Erased since: there is nowhere to send it, and that must not look like a letter.
        Invitation.objects.filter(pk=invitation_id).update(state=InvitationState.FAILED)
        return None
    token = give_link(invitation)
    Invitation.objects.filter(pk=invitation_id).update(state=InvitationState.SENDING, sent_at=now())
    invitation.refresh_from_db(fields=["expires_at"])
    words = words_for(invitation, token=token)
    return compose(words, to=invitation.email, language=invitation.campaign.template.language)


@transaction.atomic
def _claim_reminder(invitation_id: int) -> EmailMultiAlternatives | None:
    invitation = _held(invitation_id)
    if invitation is None or invitation.reminder != Reminder.WAITING:
        return None
    is_member = invitation.pk in reminding.members_among([invitation])
    at = now()
    why_not = reminding.obstacle(invitation, is_member=is_member, at=at)
    if why_not != reminding.Obstacle.WAITING:
        Invitation.objects.filter(pk=invitation_id).update(reminder="")
        return None
    Invitation.objects.filter(pk=invitation_id).update(reminder=Reminder.SENDING, reminded_at=at)
    words = reminder_for(invitation, token=invitation.token)
    return compose(words, to=invitation.email, language=invitation.campaign.template.language)


def _held(invitation_id: int) -> Invitation | None:
    """An e-mail invitation of a running campaign, held until it is claimed: first held, then
    looked at.

    One conditional UPDATE would not do. It asks about the campaign too, so it looks at a copy of
    the row from before it waited, and of two workers at once PostgreSQL would let both win.
    """
    try:
        invitation = hold(invitation_id)
    except Invitation.DoesNotExist:
        return None
    is_running = invitation.campaign.state == CampaignState.RUNNING
    return invitation if is_running and invitation.way == Way.EMAIL else None


def _leave(letter: EmailMultiAlternatives) -> str:
    """Give the letter to the mail server; what became of it, as a state of both kinds."""
    try:
        letter.send()
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionResetError, BrokenPipeError):
        # The server may have taken it before the line broke.
        return InvitationState.UNSURE
    except (smtplib.SMTPException, OSError):
        return InvitationState.FAILED
    return InvitationState.SENT


def compose(words: Words, *, to: str, language: str) -> EmailMultiAlternatives:
    """The letter with ``words``, unsent; also what a test copy is."""
    return mail.letter(
        "invitations/mail/invitation", to=to, language=language, context={"words": words}
    )


@transaction.atomic
def _settle(invitation_id: int, state: str) -> None:
    Invitation.objects.filter(pk=invitation_id, state=InvitationState.SENDING).update(state=state)
    _note("invitation.mailed", invitation_id, state)


@transaction.atomic
def _settle_reminder(invitation_id: int, state: str) -> None:
    mine = Invitation.objects.filter(pk=invitation_id, reminder=Reminder.SENDING)
    if state == Reminder.FAILED:
        # It certainly did not leave: the person was not reminded, and may be.
        mine.update(reminder=state, reminded_at=None)
    else:
        mine.update(reminder=state)
    _note("invitation.reminded", invitation_id, state)


def _note(what: str, invitation_id: int, state: str) -> None:
    on = ("invitations.invitation", invitation_id)
    record(what, on=on, by=SYSTEM, detail={"state": state})


def send_test_copy(campaign: Campaign, *, to: str) -> None:
    """The letter with an invented person, to a colleague; and the reminder, if there is one.

    Raises NoBasis, and what mail raises.
    """
    template = campaign.template
    for words in (sample_words(template), sample_reminder(template)):
        if words is not None:
            compose(words, to=to, language=template.language).send()

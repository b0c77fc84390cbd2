"""One reminder to who has not answered: queued for the worker, or printed.

It needs no second yes: the people, the words and the ways are those a second person released.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from panel.accounts.models import User
from panel.audit.actions import record
from panel.basis import gate
from panel.core.clock import now
from panel.invitations import moves, reminding
from panel.invitations.models import REMINDABLE, Campaign, CampaignState, Invitation, Reminder
from panel.invitations.texts import Words, reminder_for


@transaction.atomic
def remind(campaign: Campaign, *, seen: str, by: User) -> int:
    """Queue a reminder by e-mail to everybody who may get one; how many. ``sending`` does the rest.

    ``seen`` is the seal of the list on the page. Raises ValidationError when the list has changed
    since, is empty or the template has no reminder, MoveRefused unless the campaign is running, and
    NoBasis while the gate is closed.
    """
    locked = _running(campaign)
    found = reminding.of(locked)
    _check(found.mails, found.mail_seal, seen)
    queued = _unreminded(found.mails).update(reminder=Reminder.WAITING)
    record("campaign.reminded", on=locked, by=by, detail={"reminders": queued})
    return queued


@transaction.atomic
def write_reminders(campaign: Campaign, *, seen: str, by: User) -> list[Words]:
    """The reminders that are to be posted, each person noted as reminded.

    Raises what ``remind`` raises.
    """
    locked = _running(campaign)
    found = reminding.of(locked)
    _check(found.letters, found.letter_seal, seen)
    at = now()
    letters = [
        reminder_for(invitation, token=invitation.token)
        for invitation in found.letters
        # Somebody may have answered since the list was made.
        if _unreminded([invitation]).update(reminder=Reminder.SENT, reminded_at=at)
    ]
    record("reminders.printed", on=locked, by=by, detail={"letters": len(letters)})
    return letters


@transaction.atomic
def write_reminders_again(campaign: Campaign, *, by: User) -> list[Words]:
    """The newest print of reminders once more, for when the printer or the download failed.

    Who has answered since is left out. Raises ValidationError when that is everybody, and
    MoveRefused and NoBasis as ``remind`` does.
    """
    locked = _running(campaign)
    printed = reminding.of(locked).printed
    if not printed:
        raise ValidationError(_("There is nobody to remind now."))
    record("reminders.printed_again", on=locked, by=by, detail={"letters": len(printed)})
    return [reminder_for(invitation, token=invitation.token) for invitation in printed]


def _running(campaign: Campaign) -> Campaign:
    gate.require()
    locked = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("template")
        .get(pk=campaign.pk)
    )
    if locked.state != CampaignState.RUNNING:
        raise moves.MoveRefused(_("The campaign is not running."))
    if not locked.template.reminder:
        raise ValidationError(_("The campaign's template has no words for a reminder."))
    return locked


def _check(found: tuple[Invitation, ...], seal: str, seen: str) -> None:
    if not found:
        raise ValidationError(_("There is nobody to remind now."))
    if seal != seen:
        raise ValidationError(
            _("The list has changed since you opened this page. Look through it again.")
        )


def _unreminded(invitations: Iterable[Invitation]) -> QuerySet[Invitation]:
    # No joins: then the database asks this of the row it has just locked, not of a copy.
    return Invitation.objects.filter(
        pk__in=[each.pk for each in invitations], state__in=REMINDABLE, reminded_at=None
    )

"""A campaign is made by one person and released by another; what was released is what goes out."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panel.accounts.models import User
from panel.audit.actions import record
from panel.basis import gate
from panel.core.clock import now
from panel.engagement.models import Shortlist
from panel.invitations import moves, recipients
from panel.invitations.models import (
    Campaign,
    CampaignState,
    Invitation,
    InvitationState,
    OpenLink,
    Reminder,
    Template,
    Way,
)
from panel.invitations.sealing import seal

# No 0/o, 1/l/i: a code must survive being read from a poster.
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 8


@transaction.atomic
def make(
    *,
    name: str,
    template: Template,
    shortlist: Shortlist | None = None,
    valid_days: int = 30,
    by: User,
) -> Campaign:
    """A draft that asks the people of ``shortlist``, or with none, whoever sees the open link.

    Those who may be asked get an invitation each, by public reply until another way is chosen.
    Raises NoBasis while the gate is closed, and ValidationError for a template nobody approved.
    """
    gate.require()
    if template.approved_at is None:
        raise ValidationError(_("A second person must approve the template first."))
    campaign = Campaign(
        name=name, template=template, shortlist=shortlist, valid_days=valid_days, made_by=by
    )
    campaign.full_clean()
    campaign.save()
    code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    OpenLink.objects.create(campaign=campaign, code=code)
    asked = add_ways(campaign)
    record("campaign.made", on=campaign, by=by, detail={"invitations": asked})
    return campaign


def add_ways(campaign: Campaign) -> int:
    """One invitation for everybody on the shortlist who may be asked; how many there are now
    new."""
    new = [
        Invitation(campaign=campaign, commenter_id=person.commenter_id, way=Way.REPLY)
        for person in recipients.of(campaign)
        if person.may_be_asked
    ]
    # Somebody may have been asked by another campaign since we looked: the database says no twice.
    return len(Invitation.objects.bulk_create(new, ignore_conflicts=True))


def submit(campaign: Campaign, *, by: User) -> Campaign:
    """Ask a second person to look.

    Nothing of the campaign changes from here on without a new look.
    """
    return _move(campaign, to=CampaignState.WAITING, what="campaign.submitted", by=by)


def take_back(campaign: Campaign, *, by: User) -> Campaign:
    """Back to the draft: by its maker to mend it, or by the second person to ask for changes."""
    return _move(campaign, to=CampaignState.DRAFT, what="campaign.taken_back", by=by)


@transaction.atomic
def release(campaign: Campaign, *, seen: str, by: User) -> Campaign:
    """The second person's yes to exactly what they saw (``seen`` is the page's seal).

    Raises ValidationError to its maker, superuser or not, and when recipients, words or days have
    changed since the page was opened; NoBasis while the gate is closed.
    """
    gate.require()
    locked = Campaign.objects.select_for_update().select_related("template").get(pk=campaign.pk)
    if locked.made_by_id == by.pk:
        raise ValidationError(_("You made it yourself. Ask a colleague to release it."))
    sealed = seal(locked)
    if sealed != seen:
        raise ValidationError(
            _("The campaign has changed since you opened this page. Look through it again.")
        )
    moves.check(moves.CAMPAIGN, locked.state, CampaignState.RUNNING)
    locked.state, locked.released_hash = CampaignState.RUNNING, sealed
    locked.released_by, locked.released_at = by, now()
    locked.save(update_fields=["state", "released_hash", "released_by", "released_at"])
    record("campaign.released", on=locked, by=by, detail={"seal": sealed[:16]})
    return locked


def pause(campaign: Campaign, *, by: User) -> Campaign:
    """Nothing more goes out until ``go_on``.

    Links that are out keep working.
    """
    return _move(campaign, to=CampaignState.PAUSED, what="campaign.paused", by=by)


def go_on(campaign: Campaign, *, by: User) -> Campaign:
    """Go on after a pause."""
    return _move(campaign, to=CampaignState.RUNNING, what="campaign.went_on", by=by)


@transaction.atomic
def end(campaign: Campaign, *, by: User) -> Campaign:
    """Ask nobody more, and remind nobody more.

    What was not sent is withdrawn; who was asked may still answer in time.
    """
    ended = _move(campaign, to=CampaignState.ENDED, what="campaign.ended", by=by)
    ended.invitations.filter(state__in=[InvitationState.READY, InvitationState.FAILED]).update(
        state=InvitationState.WITHDRAWN, token="", token_hash=None, expires_at=None
    )
    ended.invitations.filter(reminder=Reminder.WAITING).update(reminder="")
    return ended


@transaction.atomic
def _move(campaign: Campaign, *, to: str, what: str, by: User) -> Campaign:
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    moves.check(moves.CAMPAIGN, locked.state, to)
    locked.state = to
    locked.save(update_fields=["state"])
    record(what, on=locked, by=by)
    return locked

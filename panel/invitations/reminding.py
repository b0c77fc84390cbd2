"""Who would be reminded now, and why others would not: read-only.

``obstacle`` is asked twice: when staff look, and once more when the letter is about to leave.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from panel.accounts.models import User
from panel.core.clock import now
from panel.invitations.models import Campaign, Invitation, InvitationState, Reminder, Way
from panel.members.models import Claim

# Who was asked must have had a week to answer before we ask whether they saw it.
TIME_TO_ANSWER: Final = timedelta(days=7)


class Obstacle(models.TextChoices):
    """Why somebody is not reminded; the label stands beside a number."""

    JOINED = "joined", _("Have joined")
    DECLINED = "declined", _("Said no")
    FORGOTTEN = "forgotten", _("Objected, or are forgotten")
    WITHDRAWN = "withdrawn", _("Were withdrawn")
    NOT_SENT = "not-sent", _("Have not got the invitation yet")
    UNSURE = "unsure", _("Perhaps never got the invitation: settle that on the campaign's page")
    MEMBER = "member", _("Are members already")
    REMINDED = "reminded", _("Were reminded, and nobody is reminded twice")
    REPLY = "reply", _("Were asked in a public reply, where nobody can be reminded alone")
    OVER = "over", _("Have a link that has ended")
    NO_ADDRESS = "no-address", _("Have no e-mail address with us any more")
    TOO_SOON = "too-soon", _("Were asked too recently")
    WAITING = "waiting", _("Have a reminder on its way")


_BY_STATE: Final = {
    InvitationState.WITHDRAWN: Obstacle.WITHDRAWN,
    InvitationState.LAPSED: Obstacle.OVER,
    InvitationState.UNSURE: Obstacle.UNSURE,
    InvitationState.READY: Obstacle.NOT_SENT,
    InvitationState.SENDING: Obstacle.NOT_SENT,
    InvitationState.FAILED: Obstacle.NOT_SENT,
}
_ANSWERS: Final = {
    InvitationState.JOINED: Obstacle.JOINED,
    InvitationState.DECLINED: Obstacle.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Reminding:
    """What pressing the buttons would do now.

    ``printed`` are those of the newest print of letters whose link still works.
    """

    mails: tuple[Invitation, ...]
    letters: tuple[Invitation, ...]
    printed: tuple[Invitation, ...]
    left_out: tuple[tuple[Obstacle, int], ...]

    @property
    def mail_seal(self) -> str:
        """Stands for exactly those who would get an e-mail."""
        return _seal(self.mails)

    @property
    def letter_seal(self) -> str:
        """Stands for exactly those who would get a letter."""
        return _seal(self.letters)


def of(campaign: Campaign) -> Reminding:
    """Everybody the campaign asked: three queries, however many there are."""
    at = now()
    asked = list(
        campaign.invitations.select_related("campaign__template", "commenter__channel").order_by(
            "pk"
        )
    )
    members = members_among(asked)
    found = [(each, obstacle(each, is_member=each.pk in members, at=at)) for each in asked]
    free = [each for each, why_not in found if why_not is None]
    counts = Counter(why_not for _each, why_not in found if why_not is not None)
    return Reminding(
        mails=tuple(each for each in free if each.way == Way.EMAIL),
        letters=tuple(each for each in free if each.way == Way.LETTER),
        printed=_last_print(asked, at),
        left_out=tuple((why_not, counts[why_not]) for why_not in Obstacle if counts[why_not]),
    )


def obstacle(invitation: Invitation, *, is_member: bool, at: datetime) -> Obstacle | None:
    """The first reason against reminding this person at ``at``; None when there is none."""
    state = InvitationState(invitation.state)
    link_ends = invitation.expires_at if invitation.token else None
    reasons = (
        _ANSWERS.get(state),
        Obstacle.FORGOTTEN if invitation.commenter_id is None else None,
        _BY_STATE.get(state),
        Obstacle.MEMBER if is_member else None,
        Obstacle.REMINDED if invitation.reminded_at else None,
        Obstacle.REPLY if invitation.way == Way.REPLY else None,
        Obstacle.OVER if link_ends is None or link_ends <= at else None,
        Obstacle.NO_ADDRESS if invitation.way == Way.EMAIL and not invitation.email else None,
        Obstacle.TOO_SOON if _is_too_soon(invitation, at) else None,
        Obstacle.WAITING if invitation.reminder == Reminder.WAITING else None,
    )
    return next((reason for reason in reasons if reason), None)


def members_among(invitations: Collection[Invitation]) -> frozenset[int]:
    """Keys of those whose person joined by another door: by claim, or by the address they gave."""
    claims = set(
        Claim.objects.filter(commenter__in=[each.commenter_id for each in invitations]).values_list(
            "commenter_id", flat=True
        )
    )
    given = {each.email.lower() for each in invitations if each.email}
    members = User.objects.filter(member__isnull=False).annotate(address=Lower("email"))
    addresses = set(members.filter(address__in=given).values_list("address", flat=True))
    return frozenset(
        each.pk
        for each in invitations
        if each.commenter_id in claims or each.email.lower() in addresses
    )


def _is_too_soon(invitation: Invitation, at: datetime) -> bool:
    return invitation.sent_at is None or invitation.sent_at > at - TIME_TO_ANSWER


def _last_print(asked: Iterable[Invitation], at: datetime) -> tuple[Invitation, ...]:
    """Of the letters printed last, those whose link still works."""
    letters = [each for each in asked if each.way == Way.LETTER and each.reminded_at]
    newest = max((each.reminded_at for each in letters if each.reminded_at), default=None)
    return tuple(
        each
        for each in letters
        if each.reminded_at == newest and each.token and each.expires_at and each.expires_at > at
    )


def _seal(invitations: Iterable[Invitation]) -> str:
    keys = ",".join(str(each.pk) for each in invitations)
    return hashlib.sha256(keys.encode()).hexdigest()

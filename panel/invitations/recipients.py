"""Who a campaign would ask, and why others are left out: read-only."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.invitations.models import Campaign, Invitation
from panel.members.models import Claim


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person of the shortlist.

    ``left_out`` says why they are not asked; empty when they are.
    """

    commenter_id: int
    name: str
    channel: str
    left_out: str | Promise = ""

    @property
    def may_be_asked(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.left_out


def of(campaign: Campaign) -> list[Recipient]:
    """Everybody on the campaign's shortlist with the reason against asking them: three queries.

    Who objected is on no shortlist and cannot appear here.
    """
    if campaign.shortlist is None:
        return []
    people = [
        entry.commenter
        for entry in campaign.shortlist.entries.select_related("commenter__channel").order_by("pk")
    ]
    ids = [person.pk for person in people]
    members = set(Claim.objects.filter(commenter__in=ids).values_list("commenter_id", flat=True))
    asked = set(
        Invitation.objects.filter(commenter__in=ids)
        .exclude(campaign=campaign.pk)
        .values_list("commenter_id", flat=True)
    )
    return [
        Recipient(
            person.pk,
            person.name,
            person.channel.name,
            _reason(person.pk, members=members, asked=asked),
        )
        for person in people
    ]


def _reason(pk: int, *, members: set[int], asked: set[int]) -> str | Promise:
    if pk in members:
        return _("is a member already")
    if pk in asked:
        return _("was asked before, and nobody is asked twice")
    return ""

"""Rounds of approval with what a list must know of each, as queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext_lazy as _

from cms.publishing.models import Publication, State
from cms.publishing.spans import midnight
from cms.publishing.vocabulary import FRESH, IN_A_MOMENT, NEAR
from cms.review.models import OPEN, Approval
from cms.review.models import State as Said
from panel.accounts.models import User
from panel.channels.models import Channel
from panel.conversations.models import Department
from panel.outbox.models import Outgoing

# What ``every`` adds to a row is not in the model: the type checker would miss it.
Rounds = QuerySet[Any]
HOUR: Final = timedelta(hours=1)
DID_NOT: Final = (Said.MISSED, Said.LATE, Said.FELL_AWAY)
STOPPED: Final = (*DID_NOT, Said.CHANGES, Said.REJECTED, Said.TAKEN_BACK)


class Group(models.TextChoices):
    """States as people look for them."""

    PROBLEM = "problem", _("Needs a decision")
    WAITING = "waiting", _("Waiting for approval")
    APPROVED = "approved", _("Approved, not out yet")
    HELD = "held", _("Held back")
    BY_HAND = "by_hand", _("To be posted by hand")
    LIVE = "live", _("Live")
    STOPPED = "stopped", _("Did not go out")
    DOWN = "down", _("Taken down or replaced")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty is everything."""

    words: str = ""
    group: str = ""
    channel: Channel | None = None
    department: Department | None = None
    since: date | None = None
    until: date | None = None
    mine: User | None = None


def every(at: datetime) -> Rounds:
    """Every round, with ``due`` (when it is to go out), ``moment`` (where it stands in time) and
    ``rank`` (which problem it has at ``at``, the worst first; None for none).

    ``moment`` is when it went live, or is to, or was given up; None for as soon as it is approved.
    """
    planned = _row().filter(due_at__isnull=False).order_by("due_at").values("due_at")[:1]
    newer = Approval.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    with_times = Approval.objects.annotate(
        due=Subquery(planned),
        is_replaced=Exists(newer),
        moment=Case(
            When(published_at__isnull=False, then=F("published_at")),
            When(state__in=OPEN, then=Subquery(planned)),
            default=F("ended_at"),
        ),
    )
    return with_times.annotate(rank=_rank(at)).select_related("asked_by", "decided_by")


def newest(at: datetime) -> Rounds:
    """Each story once, and besides whatever of it was live: a round that came to nothing is only
    shown until somebody has asked anew.
    """
    came_to_nothing = Q(published_at__isnull=True) & ~Q(state__in=OPEN)
    return every(at).exclude(came_to_nothing, is_replaced=True)


def fitting(wanted: Wanted, at: datetime) -> Rounds:
    """What ``wanted`` describes."""
    found = newest(at)
    for word in wanted.words.split():
        found = found.filter(title__icontains=word)
    if wanted.group:
        found = found.filter(_GROUPS[wanted.group]())
    if wanted.channel:
        found = found.filter(Exists(_row().filter(channel=wanted.channel)))
    if wanted.department:
        # Of what was approved, and so still known when the page is long gone.
        found = found.filter(contents__department=wanted.department.pk)
    if wanted.since:
        found = found.filter(moment__gte=midnight(wanted.since))
    if wanted.until:
        found = found.filter(moment__lt=midnight(wanted.until + timedelta(days=1)))
    if wanted.mine:
        found = found.filter(Q(asked_by=wanted.mine) | Q(decided_by=wanted.mine))
    return found


def has(**what: Any) -> Exists:
    """Whether a round has a publication like this."""
    return Exists(_row().filter(**what))


def _row() -> QuerySet[Publication]:
    return Publication.objects.filter(approval=OuterRef("pk"))


def _rank(at: datetime) -> Case:
    overdue = has(state=State.WAITING, due_at__lt=at - IN_A_MOMENT)
    lost = has(state__in=(State.FAILED, State.MISSED), due_at__gt=at - FRESH)
    in_doubt = has(outgoing__in=Outgoing.objects.asking())
    # Unless somebody asked for approval anew.
    fresh = Q(state__in=DID_NOT, ended_at__gt=at - FRESH, is_replaced=False, page__isnull=False)
    return Case(
        When(Q(overdue, state=Said.APPROVED), then=0),
        When(fresh & Q(state=Said.MISSED), then=1),
        When(fresh & Q(state=Said.LATE), then=2),
        When(fresh, then=3),
        When(Q(in_doubt | Q(lost), state=Said.PUBLISHED), then=4),
        When(has(state=State.READY, due_at__lt=at - HOUR), then=5),
        When(Q(state=Said.ASKED, due__lte=at + NEAR), then=6),
        When(has(state=State.HELD), then=7),
        output_field=IntegerField(),
    )


_GROUPS: Final[Mapping[str, Callable[[], Q]]] = {
    Group.PROBLEM: lambda: Q(rank__isnull=False),
    Group.WAITING: lambda: Q(state=Said.ASKED),
    Group.APPROVED: lambda: Q(state=Said.APPROVED),
    Group.HELD: lambda: Q(has(state=State.HELD)),
    Group.BY_HAND: lambda: Q(has(state=State.READY)),
    Group.LIVE: lambda: Q(state=Said.PUBLISHED),
    Group.STOPPED: lambda: Q(state__in=STOPPED),
    Group.DOWN: lambda: Q(state__in=(Said.TAKEN_DOWN, Said.SUPERSEDED)),
}

"""What is worth a second look at a story's time: too close to another one, or in quiet hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Final

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.publishing import plans
from cms.publishing.models import PlanningSettings, Publication, State
from cms.review.models import OPEN, Approval
from cms.review.models import State as Said
from panel.core.clock import in_copenhagen

# What is out, or may still go out.
_COUNTS: Final = (State.WAITING, State.HELD, State.READY, State.QUEUED, State.OUT)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Slot:
    approval: int
    title: str
    channel: str
    at: datetime


Close = Mapping[int, Sequence[str]]


def close(begins: datetime, ends: datetime, *, apart: timedelta) -> Close:
    """For rounds from ``begins`` to ``ends``, by their ids: what stands closer than ``apart`` on
    the same channel, in words. The nearest before and after on each channel; one query.
    """
    if not apart:
        return {}
    # Both sides know of the other: by one's id and the other's, where they meet.
    met: defaultdict[tuple[int, int], list[tuple[_Slot, _Slot]]] = defaultdict(list)
    for one, other in _neighbours(begins - apart, ends + apart):
        if other.at - one.at < apart:
            met[one.approval, other.approval].append((one, other))
            met[other.approval, one.approval].append((other, one))
    words: defaultdict[int, list[str]] = defaultdict(list)
    for (this, _that), pairs in met.items():
        words[this].append(_close(pairs))
    return words


def _neighbours(begins: datetime, ends: datetime) -> Iterable[tuple[_Slot, _Slot]]:
    """Each two that follow each other on a channel."""
    there = (
        Publication.objects.filter(state__in=_COUNTS, approval__state__in=(*OPEN, Said.PUBLISHED))
        .annotate(at=Coalesce("out_at", "due_at"))
        .filter(at__gte=begins, at__lt=ends)
        .order_by(plans.site_first(), "channel__name", "channel_id", "at", "pk")
        .values_list("channel_id", "approval_id", "approval__title", "channel__name", "at")
    )
    for _channel, found in groupby(there, lambda row: row[0]):
        yield from pairwise(_Slot(*row[1:]) for row in found)


def _close(pairs: Sequence[tuple[_Slot, _Slot]]) -> str:
    """Of two stories, as they meet on one channel or on several."""
    minutes = min(abs(that.at - this.at) // _MINUTE for this, that in pairs)
    channels = ", ".join(this.channel for this, _that in pairs)
    said = {"title": pairs[0][1].title, "channels": channels, "minutes": minutes}
    if not minutes:
        return _("At the same time as “%(title)s” on %(channels)s") % said
    return (
        ngettext(
            "%(minutes)s minute from “%(title)s” on %(channels)s",
            "%(minutes)s minutes from “%(title)s” on %(channels)s",
            minutes,
        )
        % said
    )


def of_time(at: datetime, planning: PlanningSettings) -> list[str]:
    """What is to be said of the moment itself."""
    local, quiet = in_copenhagen(at), planning.quiet
    words = []
    if quiet.at_night(local):
        words.append(_("In the quiet hours"))
    if quiet.all_day(local):
        words.append(_("On a Sunday or public holiday"))
    return words


def marks(approval: Approval, at: datetime, near: Close, planning: PlanningSettings) -> list[str]:
    """Everything worth a second look, as long as it can still be moved."""
    if approval.state not in OPEN:
        return []
    return [*near.get(approval.pk, ()), *of_time(at, planning)]


def marks_of(approval: Approval, at: datetime) -> list[str]:
    """The same for one round alone, with the weeks before an election."""
    planning = PlanningSettings.current()
    near = close(at, at + _MINUTE, apart=planning.apart)
    found = marks(approval, at, near, planning)
    election = planning.election
    if election and election.holds(in_copenhagen(at).date()):
        found.append(_("In the weeks before an election: %(name)s") % {"name": election.name})
    return found

"""How it stands with each channel: what stops it, and how much waits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, NullIf

from panel.channels.keys import DEAD
from panel.channels.kinds import KINDS
from panel.channels.models import Channel, ChannelQuerySet, Credential
from panel.channels.protocol import Sender
from panel.core.clock import now
from panel.outbox.models import Outgoing, Pause, State
from panel.outbox.models.outgoing import LOOKS
from panel.outbox.reports.groups import needing

_BEFORE = (State.HELD, State.DUE, State.CLAIMED)


class Stop(StrEnum):
    """Why nothing goes out on a channel just now; where several hold, what must be mended first."""

    NOT_IN_USE = "not_in_use"
    KEY = "key"
    PAUSE = "pause"
    EVERYTHING = "everything"
    QUIET = "quiet"  # the network is left alone for a while
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One channel, and all that may stand in its way.

    ``key`` is without the key itself, and None where the channel has none; ``quiet_until`` is None
    unless the network is left alone, and ``code`` its last word then.
    """

    channel: Channel
    pause: Pause | None
    everything: Pause | None
    key: Credential | None
    quiet_until: datetime | None
    code: str

    @property
    def needs_key(self) -> bool:
        """Whether nothing can be tried before somebody connects the channel anew."""
        return self.key is None or self.key.state in DEAD

    @property
    def stop(self) -> Stop:
        """The first that stands in the way."""
        reasons = (
            (Stop.NOT_IN_USE, not self.channel.is_active),
            (Stop.KEY, self.needs_key),
            (Stop.PAUSE, self.pause is not None),
            (Stop.EVERYTHING, self.everything is not None),
            (Stop.QUIET, self.quiet_until is not None),
        )
        return next((stop for stop, holds in reasons if holds), Stop.NOTHING)

    @property
    def since(self) -> datetime | None:
        """Since when somebody must do something about it; None where nobody must."""
        if self.pause is not None:
            return self.pause.started_at
        return self.key.checked_at if self.key is not None and self.needs_key else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is on a channel's way.

    ``waiting`` is all that nobody has begun to send; of it ``at_once`` would go out now if nothing
    stood in the way. ``too_late`` is what would not any more, and what was closed as too late since
    the channel stopped.
    """

    waiting: int
    at_once: int
    too_late: int
    in_doubt: int
    asking: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """A channel on which nothing goes out before somebody does something: it is paused, and then
    has a ``reason``, or its key is dead, or both; or soon, because its key ``ends_at`` then.
    """

    pk: int
    name: str
    waiting: int
    needs_key: bool
    reason: str
    by: str
    at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Troubles:
    """What every colleague should know: the channels that are stopped, and how much needs a
    person.
    """

    stopped: tuple[Stopped, ...]
    needing: int


def sending() -> ChannelQuerySet:
    """The channels that act on a network by themselves."""
    kinds = [kind for kind, adapter in KINDS.items() if isinstance(adapter, Sender)]
    channels: ChannelQuerySet = Channel.objects.filter(kind__in=kinds)
    return channels


def with_something_to_send() -> ChannelQuerySet:
    """Those, and any other that ever had something to send, in the order of their names."""
    had = Exists(Outgoing.objects.filter(channel=OuterRef("pk")))
    found: ChannelQuerySet = (sending() | Channel.objects.filter(had)).order_by("name", "pk")
    return found


def ways(at: datetime) -> Mapping[int, Way]:
    """How it stands with each of them, by its key: two queries."""
    pauses = {pause.channel_id: pause for pause in Pause.objects.on().select_related("started_by")}
    whole = with_something_to_send().select_related("credential", "lane")
    return {channel.pk: _way(channel, pauses, at) for channel in whole.defer("credential__token")}


def numbers(way: Way, at: datetime) -> Numbers:
    """What is on the way at ``at``: one query."""
    waiting = Q(state__in=_BEFORE)
    late = Q(state__in=(State.HELD, State.DUE), latest_at__lt=at)
    missed = Q(state=State.MISSED, latest_at__gte=way.since or at)
    doubt = Q(state=State.UNKNOWN)
    found = Outgoing.objects.filter(channel=way.channel).aggregate(
        waiting=Count("pk", filter=waiting),
        at_once=Count("pk", filter=waiting & Q(next_at__lte=at) & ~late),
        too_late=Count("pk", filter=late | missed),
        in_doubt=Count("pk", filter=doubt & Q(looks__lt=LOOKS)),
        asking=Count("pk", filter=doubt & Q(looks__gte=LOOKS)),
    )
    return Numbers(**found)


def troubles() -> Troubles:
    """What is wrong now: two queries."""
    alive = Credential.objects.alive().filter(channel=OuterRef("pk"))
    ending = Credential.objects.ending(now()).filter(channel=OuterRef("pk"))
    here = Outgoing.objects.waiting().filter(channel=OuterRef("pk")).order_by()
    counted = here.values("channel").annotate(number=Count("pk"))
    stopped = (
        sending()
        .active()
        .annotate(stop=FilteredRelation("pauses", condition=Q(pauses__is_on=True)))
        .annotate(needs_key=~Exists(alive))
        .annotate(ends_at=Subquery(ending.values("expires_at")))
        .filter(Q(stop__isnull=False) | Q(needs_key=True) | Q(ends_at__isnull=False))
        .annotate(
            waiting=Coalesce(Subquery(counted.values("number")), 0),
            reason=Coalesce("stop__reason", Value("")),
            by=Coalesce(
                NullIf("stop__started_by__name", Value("")),
                "stop__started_by__email",
                Value(""),
                output_field=CharField(),
            ),
            at=F("stop__started_at"),
        )
        .order_by("name", "pk")
        .values("pk", "name", "waiting", "needs_key", "reason", "by", "at", "ends_at")
    )
    return Troubles(tuple(Stopped(**each) for each in stopped), needing(now()).count())


def _way(channel: Channel, pauses: Mapping[int | None, Pause], at: datetime) -> Way:
    lane = getattr(channel, "lane", None)
    is_quiet = lane is not None and lane.quiet_until is not None and lane.quiet_until > at
    return Way(
        channel=channel,
        pause=pauses.get(channel.pk),
        everything=pauses.get(None),
        key=getattr(channel, "credential", None),
        quiet_until=lane.quiet_until if lane is not None and is_quiet else None,
        code=lane.code if lane is not None and is_quiet else "",
    )

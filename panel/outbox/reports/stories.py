"""All there is to know about one thing that goes out: its tries, its pauses, who decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from panel.audit import presenters
from panel.audit.models import Event
from panel.outbox.models import Attempt, Outgoing, Pause, State


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person did to it, as the trail says: ``who`` and ``words`` make one sentence."""

    at: datetime
    what: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Story:
    """One thing that goes out, with everything that happened to it, each in its order."""

    outgoing: Outgoing
    attempts: tuple[Attempt, ...]
    decisions: tuple[Decision, ...]
    pauses: tuple[Pause, ...]


def story_of(outgoing: Outgoing, at: datetime) -> Story:
    """As it is known at ``at``; four queries at most."""
    attempts = tuple(outgoing.attempts.order_by("number"))
    decisions = _decisions(outgoing)
    return Story(
        outgoing=outgoing,
        attempts=attempts,
        decisions=decisions,
        pauses=_pauses(outgoing, _end(outgoing, attempts, at)),
    )


def _decisions(outgoing: Outgoing) -> tuple[Decision, ...]:
    about = Event.objects.about(Outgoing._meta.label_lower, str(outgoing.pk))
    events = list(about.order_by("sequence"))
    known = presenters.names(events)
    return tuple(
        Decision(event.at, event.what, presenters.actor(event, known), presenters.sentence(event))
        for event in events
    )


def _pauses(outgoing: Outgoing, end: datetime) -> tuple[Pause, ...]:
    """Those that kept it waiting: they lasted while it was due and not over."""
    meanwhile = Pause.objects.filter(
        Q(channel=outgoing.channel_id) | Q(channel__isnull=True), started_at__lte=end
    ).exclude(ended_at__lt=outgoing.due_at)
    return tuple(meanwhile.select_related("started_by", "ended_by").order_by("started_at", "pk"))


def _end(outgoing: Outgoing, attempts: tuple[Attempt, ...], at: datetime) -> datetime:
    """When it stopped waiting."""
    if outgoing.state in (State.HELD, State.DUE, State.CLAIMED):
        return at
    tried = attempts[-1].started_at if attempts else None
    return tried or outgoing.settled_at or outgoing.latest_at or at

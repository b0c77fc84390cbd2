"""How it stands with something that goes out, and with a channel, in words made when read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from panel.channels.models import Channel
from panel.core.clock import in_copenhagen, now
from panel.outbox.codes import meaning
from panel.outbox.models import Outgoing, State
from panel.outbox.reports.channels import Stop, Way
from panel.outbox.reports.groups import FRESH
from panel.outbox.verbs import Words, title_of, words_of


class Tone(StrEnum):
    """What a state asks of who reads it; never said by colour alone."""

    BAD = "bad"  # somebody must do something
    WAITS = "waits"
    GOOD = "good"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words."""

    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that goes out, as a list shows it."""

    outgoing: Outgoing
    standing: Standing

    @property
    def title(self) -> str:
        """What it is called beside all others."""
        return title_of(self.outgoing)

    @property
    def words(self) -> Words:
        """What is said of it."""
        return words_of(self.outgoing)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel, as a list shows it."""

    channel: Channel
    standing: Standing


def when(then: datetime) -> str:
    """The time of day on the town hall's clock, with the date unless it is today."""
    there = in_copenhagen(then)
    said = {"time": date_format(there, pgettext("time format", "H:i"))}
    if there.date() == in_copenhagen(now()).date():
        return _("at %(time)s") % said
    said["date"] = date_format(there, "DATE_FORMAT")
    return _("%(date)s at %(time)s") % said


def standing(row: Outgoing, way: Way, at: datetime) -> Standing:
    """Where ``row`` is at ``at``, with what stands in its channel's way."""
    return _SAYS[State(row.state)](row, way, at)


def standing_of(way: Way) -> Standing:
    """How it stands with a channel."""
    if way.stop == Stop.PAUSE and way.pause is not None:
        return Standing(_("Paused by %(name)s") % {"name": way.pause.started_by}, Tone.BAD)
    if way.stop == Stop.QUIET and way.quiet_until is not None:
        words = _("Left alone, and tried again %(when)s")
        return Standing(words % {"when": when(way.quiet_until)}, Tone.WAITS)
    said_of, tone = _OF_CHANNELS[way.stop]
    return Standing(str(said_of), tone)


def _held(row: Outgoing, way: Way, at: datetime) -> Standing:
    return Standing(_("Held back"), Tone.WAITS)


def _due(row: Outgoing, way: Way, at: datetime) -> Standing:
    if row.due_at > at:
        return Standing(_("Goes out %(when)s") % {"when": when(row.due_at)}, Tone.GOOD)
    if way.stop == Stop.QUIET and way.quiet_until is not None:
        words = _("Waits: the network is left alone, and tried again %(when)s")
        return Standing(words % {"when": when(way.quiet_until)}, Tone.WAITS)
    if way.stop:
        return Standing(str(_WAITS[way.stop]), Tone.WAITS)
    if row.next_at > at:
        words = _("Could not be sent yet, is tried again %(when)s")
        return Standing(words % {"when": when(row.next_at)}, Tone.WAITS)
    return Standing(_("Goes out in a moment"), Tone.GOOD)


def _claimed(row: Outgoing, way: Way, at: datetime) -> Standing:
    return Standing(_("Goes out in a moment"), Tone.GOOD)


def _sending(row: Outgoing, way: Way, at: datetime) -> Standing:
    return Standing(_("Is being sent just now"), Tone.GOOD)


def _sent(row: Outgoing, way: Way, at: datetime) -> Standing:
    return Standing(_("Sent %(when)s") % {"when": when(row.sent_at or row.due_at)}, Tone.GOOD)


def _unknown(row: Outgoing, way: Way, at: datetime) -> Standing:
    if row.asks:
        return Standing(_("Perhaps sent: look whether it is there"), Tone.BAD)
    if way.stop in (Stop.KEY, Stop.NOT_IN_USE):
        return Standing(_("Perhaps sent: the network cannot be asked just now"), Tone.WAITS)
    return Standing(_("Perhaps sent: we ask the network whether it is there"), Tone.WAITS)


def _failed(row: Outgoing, way: Way, at: datetime) -> Standing:
    said = {"why": meaning(row.channel.kind, row.code, row.verb).words}
    return Standing(_("Not sent. %(why)s") % said, Tone.BAD)


def _missed(row: Outgoing, way: Way, at: datetime) -> Standing:
    latest = row.latest_at or row.due_at
    tone = Tone.BAD if latest >= at - FRESH else Tone.OVER
    words = _("Too late: it was to go out %(when)s at the latest")
    return Standing(words % {"when": when(latest)}, tone)


def _cancelled(row: Outgoing, way: Way, at: datetime) -> Standing:
    if row.settled_by is None:
        return Standing(_("Stopped: %(why)s") % {"why": row.why}, Tone.OVER)
    said = {"name": row.settled_by, "why": row.why}
    return Standing(_("Stopped by %(name)s: %(why)s") % said, Tone.OVER)


_SAYS: Final[Mapping[State, Callable[[Outgoing, Way, datetime], Standing]]] = {
    State.HELD: _held,
    State.DUE: _due,
    State.CLAIMED: _claimed,
    State.SENDING: _sending,
    State.SENT: _sent,
    State.UNKNOWN: _unknown,
    State.FAILED: _failed,
    State.MISSED: _missed,
    State.CANCELLED: _cancelled,
}
_WAITS: Final[Mapping[Stop, Promise]] = {
    Stop.NOT_IN_USE: gettext_lazy("Waits: the channel is not in use"),
    Stop.KEY: gettext_lazy("Waits: the channel must be connected anew"),
    Stop.PAUSE: gettext_lazy("Waits: the channel is paused"),
    Stop.EVERYTHING: gettext_lazy("Waits: everything is paused"),
}
_OF_CHANNELS: Final[Mapping[Stop, tuple[Promise, Tone]]] = {
    Stop.NOT_IN_USE: (gettext_lazy("Not in use"), Tone.OVER),
    Stop.KEY: (gettext_lazy("Must be connected anew"), Tone.BAD),
    Stop.EVERYTHING: (gettext_lazy("Waits: everything is paused"), Tone.WAITS),
    Stop.NOTHING: (gettext_lazy("What is due goes out at once"), Tone.GOOD),
}

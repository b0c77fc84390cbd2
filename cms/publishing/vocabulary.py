"""How it stands with a story, in words: the same on every page, in the list and on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.publishing import times
from cms.publishing.actions.down import REMOVED
from cms.publishing.actions.handing import NO_PICTURE
from cms.publishing.models import Publication, State
from cms.review.models import Approval
from cms.review.models import State as Said
from panel.channels.models import Kind
from panel.core.clock import in_copenhagen, now
from panel.outbox.models import Outgoing
from panel.outbox.models import State as Sending

A_DAY: Final = timedelta(days=1)
# The loop looks every few seconds: before this has passed, nothing is wrong.
IN_A_MOMENT: Final = timedelta(minutes=2)
# What did not go out stands on top for a week.
FRESH: Final = timedelta(days=7)
# This long before its time a story should have been approved.
NEAR: Final = timedelta(hours=2)


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
class End:
    """Who ended it, as the trail says; ``who`` is empty when nobody did or nobody knows."""

    what: str
    who: str


def clock(moment: datetime) -> str:
    """The time of day in Copenhagen."""
    return times.clock(in_copenhagen(moment))


def day(of: date) -> str:
    """A day as a heading: with "today" where it is, and the year where it is another one."""
    today = in_copenhagen(now()).date()
    if of.year == today.year:
        name = date_format(of, pgettext("date format", "l j F"))
    else:
        name = date_format(of, pgettext("date format", "l j F Y"))
    near = {today: _("Today"), today + A_DAY: _("Tomorrow"), today - A_DAY: _("Yesterday")}
    return f"{near[of]}, {name}" if of in near else name[:1].upper() + name[1:]


def moment(then: datetime) -> str:
    """The time of day, with the date unless it is today."""
    there = in_copenhagen(then)
    if there.date() == in_copenhagen(now()).date():
        return clock(then)
    said = {"date": date_format(there, pgettext("date format", "j F")), "time": clock(then)}
    if there.year != in_copenhagen(now()).year:
        said["date"] = date_format(there, "DATE_FORMAT")
    return _("%(date)s at %(time)s") % said


def at(then: datetime) -> str:
    """As ``moment``, to stand after a verb."""
    if in_copenhagen(then).date() == in_copenhagen(now()).date():
        return _("at %(time)s") % {"time": clock(then)}
    return moment(then)


def standing(
    approval: Approval, rows: Sequence[Publication], *, end: End | None = None, is_paused: bool
) -> Standing:
    """Where ``approval`` is, its publications ``rows`` considered."""
    held = next((row for row in rows if row.state == State.HELD), None)
    if held is not None:
        return _held(approval, held)
    if approval.is_open:
        return _open(approval, rows, is_paused)
    return _ENDED[approval.state](approval, rows, end or End("", ""))


def on_channel(row: Publication) -> str:
    """What is to be said of one channel beside the story's own state; empty for nothing."""
    if row.state == State.READY:
        return _("to be posted by hand")
    if row.state == State.OUT and row.posted_at is not None:
        said = {"when": at(row.posted_at), "name": row.posted_by}
        return _("posted %(when)s by %(name)s") % said
    if row.state == State.CANCELLED and row.approval.published_at is not None:
        return _because(_("not posted"), row.why)
    return _on_network(row)


def _on_network(row: Publication) -> str:
    """What the outbox has come to; its own page says more."""
    if row.state == State.OUT and row.outgoing is not None and row.out_at is not None:
        return _("posted %(when)s") % {"when": at(row.out_at)}
    if row.state == State.QUEUED and row.outgoing is not None:
        return _in_the_outbox(row.outgoing)
    if row.state == State.FAILED and row.why == NO_PICTURE:
        return _("not posted: the picture that was approved is gone")
    if row.state == State.FAILED:
        return _("not posted: the network refused it")
    if row.state == State.MISSED and row.outgoing is not None:
        return _("not posted in time")
    return ""


def _in_the_outbox(outgoing: Outgoing) -> str:
    if outgoing.state != Sending.UNKNOWN:
        return _("on its way")
    if outgoing.asks:
        return _("perhaps posted: somebody must look")
    return _("perhaps posted: the network is being asked")


def _held(approval: Approval, row: Publication) -> Standing:
    said = {"name": row.held_by, "why": row.held_why}
    if approval.state == Said.ASKED:
        words = _("Held back by %(name)s, and waiting for approval: %(why)s") % said
    else:
        words = _("Held back by %(name)s: %(why)s") % said
    return Standing(words, Tone.BAD)


def _open(approval: Approval, rows: Sequence[Publication], is_paused: bool) -> Standing:
    due_at = min((row.due_at for row in rows if row.due_at), default=None)
    is_asked = approval.state == Said.ASKED
    if due_at is None:
        words = _("Waiting for approval") if is_asked else _("Approved, goes out in a moment")
        return Standing(words, Tone.WAITS)
    said = {"when": at(due_at)}
    if due_at > now() and is_asked:
        words = _("Waiting for approval, goes out %(when)s") % said
        return Standing(words, Tone.BAD if due_at <= now() + NEAR else Tone.WAITS)
    if due_at > now():
        return Standing(_("Approved, goes out %(when)s") % said, Tone.GOOD)
    if not is_asked and not is_paused and due_at > now() - IN_A_MOMENT:
        return Standing(_("Approved, goes out in a moment"), Tone.GOOD)
    return Standing(_due(is_asked, is_paused) % said, Tone.BAD)


def _due(is_asked: bool, is_paused: bool) -> str:
    """What is said of a story whose time has come and that is not out."""
    if is_asked:
        return _("Waiting for approval, should have gone out %(when)s")
    if is_paused:
        return _("Approved, waits for the pause to end: was to go out %(when)s")
    return _("Approved, should have gone out %(when)s")


def _live(approval: Approval, rows: Sequence[Publication], end: End) -> Standing:
    words = _since(approval.published_at or approval.asked_at)
    if any(map(needs_somebody, rows)):
        said = {"live": words}
        return Standing(_("%(live)s, but not posted everywhere") % said, Tone.BAD)
    if any(row.state == State.READY for row in rows):
        return Standing(_("%(live)s, to be posted by hand") % {"live": words}, Tone.WAITS)
    return Standing(words, Tone.GOOD)


def needs_somebody(row: Publication) -> bool:
    """Whether a network did not get it, and only a person can go on from there."""
    if row.state == State.QUEUED:
        return row.outgoing is not None and row.outgoing.asks
    if row.state not in (State.FAILED, State.MISSED) or row.due_at is None:
        return False
    return row.due_at > now() - FRESH


def _since(then: datetime) -> str:
    there = in_copenhagen(then)
    if there.date() == in_copenhagen(now()).date():
        return _("Live since %(time)s") % {"time": clock(then)}
    return _("Live since %(moment)s") % {"moment": moment(then)}


def _superseded(approval: Approval, rows: Sequence[Publication], end: End) -> Standing:
    said = {"when": at(approval.published_at or approval.asked_at)}
    return Standing(_("Went live %(when)s, replaced by a newer version") % said, Tone.OVER)


def _taken_down(approval: Approval, rows: Sequence[Publication], end: End) -> Standing:
    why = next((row.why for row in rows if row.channel.kind == Kind.SITE), "")
    said = {"when": at(approval.ended_at or approval.asked_at), "name": end.who}
    if end.what == REMOVED:
        words = _("Taken down by the system %(when)s: it showed what nobody had approved")
        return Standing(words % said, Tone.BAD)
    if end.who:
        return Standing(_because(_("Taken down by %(name)s %(when)s") % said, why), Tone.OVER)
    return Standing(_because(_("Taken down %(when)s") % said, why), Tone.OVER)


def _taken_back(approval: Approval, rows: Sequence[Publication], end: End) -> Standing:
    why = next((row.why for row in rows if row.why), "")
    who = _("Taken back by %(name)s") % {"name": end.who} if end.who else _("Taken back")
    return Standing(_because(who, why), Tone.OVER)


def _changes(approval: Approval, rows: Sequence[Publication], end: End) -> Standing:
    who = _("%(name)s asked for changes") % {"name": approval.decided_by}
    return Standing(_because(who, approval.note), Tone.OVER)


def _rejected(approval: Approval, rows: Sequence[Publication], end: End) -> Standing:
    who = _("Rejected by %(name)s") % {"name": approval.decided_by}
    return Standing(_because(who, approval.note), Tone.OVER)


def _did_not(approval: Approval, rows: Sequence[Publication], end: End) -> Standing:
    return Standing(str(Said(approval.state).label), Tone.BAD)


def _because(words: str, why: str) -> str:
    return _("%(words)s: %(why)s") % {"words": words, "why": why} if why else words


_Words = Callable[[Approval, Sequence[Publication], End], Standing]
_ENDED: Final[Mapping[str, _Words]] = {
    Said.PUBLISHED: _live,
    Said.SUPERSEDED: _superseded,
    Said.TAKEN_DOWN: _taken_down,
    Said.TAKEN_BACK: _taken_back,
    Said.CHANGES: _changes,
    Said.REJECTED: _rejected,
    Said.FELL_AWAY: _did_not,
    Said.LATE: _did_not,
    Said.MISSED: _did_not,
}

"""The story of something that goes out, as a line of steps in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.channels.outgoing import Outcome
from panel.outbox.codes import meaning
from panel.outbox.looking import DIED
from panel.outbox.models import Attempt, Pause, State
from panel.outbox.reports.stories import Decision, Story
from panel.outbox.verbs import words_of
from panel.outbox.vocabulary import when

# After these a person's reason stands on the row itself.
_WITH_REASON: Final = ("outgoing.cancelled", "outgoing.given_up")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened: ``words`` for everybody, ``code`` and ``trace`` for support.

    ``at`` says where it stands in the line; ``is_dated`` whether that is when it happened.
    """

    at: datetime
    words: str
    because: str = ""
    took: str = ""
    why: str = ""
    code: str = ""
    trace: str = ""
    is_dated: bool = True


def steps(story: Story) -> tuple[Step, ...]:
    """All of it, the oldest first."""
    row = story.outgoing
    found = [Step(row.made_at, _("Handed over to be sent."))]
    found += [_tried(story, attempt) for attempt in story.attempts]
    found += [step for pause in story.pauses for step in _paused(pause)]
    found += _looked(story)
    found += _decided(story)
    found += _ended(story)
    return tuple(sorted(found, key=lambda step: step.at))


def _tried(story: Story, attempt: Attempt) -> Step:
    row = story.outgoing
    told = meaning(row.channel.kind, attempt.code, row.verb)
    said = {"number": attempt.number, "outcome": _came_of(story, attempt)}
    return Step(
        at=attempt.started_at,
        words=_("Try %(number)s. %(outcome)s") % said,
        because=str(told.words) if attempt.code else "",
        took=_took(attempt),
        code=attempt.code,
        trace=attempt.trace,
    )


def _came_of(story: Story, attempt: Attempt) -> Promise:
    words = words_of(story.outgoing)
    if attempt.outcome == Outcome.NOT_TRIED:
        return words.not_done
    return (
        words.perhaps_done if attempt.outcome == Outcome.UNKNOWN else _CAME_OF_IT[attempt.outcome]
    )


def _took(attempt: Attempt) -> str:
    """How long the network was waited for; nothing where nobody waited to the end."""
    if attempt.ended_at is None or attempt.code == DIED:
        return ""
    seconds = (attempt.ended_at - attempt.started_at).total_seconds()
    shown = number_format(seconds, decimal_pos=1 if seconds < 10 else 0)
    return _("It took %(seconds)s seconds.") % {"seconds": shown}


def _paused(pause: Pause) -> Iterator[Step]:
    who = {"name": pause.started_by}
    words = (
        _("%(name)s paused the channel.") if pause.channel_id else _("%(name)s paused everything.")
    )
    yield Step(pause.started_at, words % who, why=pause.reason)
    if pause.ended_at is not None:
        yield Step(pause.ended_at, _("%(name)s let it go on.") % {"name": pause.ended_by})


def _looked(story: Story) -> Iterator[Step]:
    row = story.outgoing
    if not (row.looks and story.attempts):
        return
    words = ngettext(
        "Looked for on the network once, and not found.",
        "Looked for on the network %(number)s times, and not found.",
        row.looks,
    )
    last = story.attempts[-1]
    at = last.ended_at or last.started_at
    yield Step(at, words % {"number": row.looks}, is_dated=False)


def _decided(story: Story) -> Iterator[Step]:
    for decision in story.decisions:
        yield Step(decision.at, _sentence(decision), why=_reason(story, decision))
    row = story.outgoing
    # The trail is kept for some years, the row for as long as what was published.
    if not story.decisions and row.settled_at is not None:
        words = _("%(name)s decided what is to become of it.") % {"name": row.settled_by}
        yield Step(row.settled_at, words, why=row.why)


def _sentence(decision: Decision) -> str:
    return _("%(name)s %(did)s.") % {"name": decision.who, "did": decision.words}


def _reason(story: Story, decision: Decision) -> str:
    is_last = decision is story.decisions[-1]
    return story.outgoing.why if is_last and decision.what in _WITH_REASON else ""


def _ended(story: Story) -> Iterator[Step]:
    row = story.outgoing
    if row.state == State.MISSED and row.latest_at is not None:
        yield Step(row.latest_at, _("Not begun in time: too late."))
    if row.state != State.SENT or row.sent_at is None or not story.attempts:
        return
    last = story.attempts[-1]
    is_told = last.outcome == Outcome.DONE or _says_it_is_there(story)
    if not is_told:
        # It stood there before we had the answer; we found it afterwards.
        words = _("Found on the network, where it has stood since %(when)s.")
        at = max(row.sent_at, last.ended_at or last.started_at)
        yield Step(at, words % {"when": when(row.sent_at)}, is_dated=False)


def _says_it_is_there(story: Story) -> bool:
    return any(decision.what == "outgoing.is_there" for decision in story.decisions) or bool(
        not story.decisions and story.outgoing.settled_at
    )


_CAME_OF_IT: Final[Mapping[str, Promise]] = {
    Outcome.DONE: gettext_lazy("The network took it."),
    Outcome.REFUSED: gettext_lazy("The network refused it."),
    "": gettext_lazy("The network has not answered yet."),
}

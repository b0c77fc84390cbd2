"""The measure of the comments somebody said are theirs, told to them: every term in words, and
points that add up to the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.basis import gate
from panel.conversations.models import Commenter
from panel.core.clock import now
from panel.engagement.measures import NOTHING, WEIGHTS_V1, Facts, lacks, score
from panel.engagement.reports.facts import facts_of
from panel.engagement.window import Window


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the score: what was seen, and the points it gives."""

    name: str
    words: str
    points: float


@dataclass(frozen=True, slots=True)
class Score:
    """How much one commenter took part in the last ``days``. ``note`` says what follows from it."""

    who: str
    channel: str
    days: int
    total: float
    terms: tuple[Term, ...]
    note: str

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "who": self.who,
            "channel": self.channel,
            "days": self.days,
            "total": self.total,
            "terms": {term.name: {"points": term.points, "why": term.words} for term in self.terms},
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """A score for each claimed commenter, or the reason why there is none."""

    of: tuple[Score, ...] = ()
    why_none: str = ""


def scores_of(claimed: Sequence[Commenter]) -> Scores:
    """The scores of ``claimed`` (with their channels), computed now: none is stored."""
    if not claimed:
        return Scores(why_none=_("You have not said that any comments are yours."))
    if not gate.is_open():
        return Scores(why_none=gate.why_closed())
    window = Window(now())
    facts = facts_of([person.pk for person in claimed], window)
    return Scores(
        tuple(_score(person, facts.get(person.pk, NOTHING), window) for person in claimed)
    )


def _score(person: Commenter, facts: Facts, window: Window) -> Score:
    measure = score(facts)
    words = _in_words(facts)
    return Score(
        who=str(person),
        channel=str(person.channel),
        days=window.days,
        total=measure.score,
        terms=tuple(Term(name, words[name], points) for name, points in measure.terms.items()),
        note=_note(facts),
    )


def _in_words(facts: Facts) -> dict[str, str]:
    weeks, topics = len(facts.weeks), len(facts.topics)
    return {
        "regularity": ngettext(
            "You wrote in %(count)d week. Recent weeks count most.",
            "You wrote in %(count)d different weeks. Recent weeks count most.",
            weeks,
        )
        % {"count": weeks},
        "breadth": ngettext(
            "You wrote about %(count)d thing.",
            "You wrote about %(count)d different things.",
            topics,
        )
        % {"count": topics},
        "dialogue": ngettext(
            "%(count)d other citizen answered you.",
            "%(count)d other citizens answered you.",
            facts.answered_by,
        )
        % {"count": facts.answered_by},
        "answering": ngettext(
            "You answered %(count)d other citizen.",
            "You answered %(count)d other citizens.",
            facts.answered,
        )
        % {"count": facts.answered},
    }


def _note(facts: Facts) -> str:
    if lacks(facts):
        return _(
            "It is too little to be looked at: at least %(comments)d comments in %(weeks)d weeks."
        ) % {
            "comments": WEIGHTS_V1.least_comments,
            "weeks": WEIGHTS_V1.least_weeks,
        }
    return _("A person decides whom to invite. Nothing follows from the number by itself.")

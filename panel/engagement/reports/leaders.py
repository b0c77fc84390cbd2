"""Those who take part most, found without measuring everybody.

The threshold algorithm: people are taken in order of the most they could reach; once the last
place's true score is not below what the next one could reach, nobody further down can enter. The
answer is the full computation's, to the bit and to the order of ties (by key, which says nothing
about a person).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from panel.conversations.models import Tally
from panel.engagement.measures import Facts, Measure, Weights, lacks, people_points, score
from panel.engagement.reports.bounds import EVERYWHERE, bounded, ceiling, may_pass, stretches
from panel.engagement.reports.facts import People, facts_of, people_of
from panel.engagement.window import Window

Keep = Callable[[Facts], bool]

# So many are measured at once; where there are no more, it is not worth asking who could be first.
FEW = _BATCH = 400

# The most somebody could have for their own part, the most they could have in all, and their key.
_Row = tuple[float, float, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody through the gate, with what the measure saw and made of it. ``commenter`` is the
    primary key.
    """

    commenter: int
    facts: Facts
    measure: Measure

    @property
    def rank(self) -> tuple[float, int]:
        """Sorts the highest score first, ties by key."""
        return (-self.measure.score, self.commenter)


@dataclass(slots=True)
class _Best:
    """The best ``limit`` so far."""

    limit: int
    places: list[Candidate] = field(default_factory=list)

    def could_enter(self, bound: float, key: int) -> bool:
        """Whether somebody who could reach ``bound`` may still get a place."""
        return len(self.places) < self.limit or (-bound, key) < self.places[-1].rank

    def least(self) -> float:
        """The score below which nobody gets a place."""
        return self.places[-1].measure.score if len(self.places) >= self.limit else 0.0

    def offer_all(self, candidates: Iterable[Candidate], keep: Keep | None) -> None:
        """Give each of ``candidates`` that is wanted the place they have earned, if any."""
        for candidate in candidates:
            if keep is None or keep(candidate.facts):
                insort(self.places, candidate, key=lambda each: each.rank)
                del self.places[self.limit :]


def leaders(
    tallies: QuerySet[Tally],
    window: Window,
    *,
    limit: int,
    weights: Weights,
    keep: Keep | None = None,
) -> list[Candidate]:
    """The ``limit`` highest scores among ``tallies``, of those through the gate and, where given,
    ``keep``.
    """
    best = _Best(limit)
    few = list(tallies.filter(may_pass(window, weights)).values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        best.offer_all(measured(few, window, weights), keep)
        return best.places
    for stretch in stretches(window, weights):
        if limit <= 0 or ceiling(stretch, weights) < best.least():
            break
        _look_through(bounded(tallies, stretch, window, weights), best, window, weights, keep)
    return best.places


def everybody(
    tallies: QuerySet[Tally], window: Window, *, weights: Weights, least: float = 0.0
) -> Iterator[Candidate]:
    """All among ``tallies`` through the gate with a score of ``least`` or more, by key. Measured as
    they are read.
    """
    keys = sorted(possible(tallies, window, weights, least))
    for start in range(0, len(keys), _BATCH):
        for candidate in measured(keys[start : start + _BATCH], window, weights):
            if candidate.measure.score >= least:
                yield candidate


def possible(
    tallies: QuerySet[Tally], window: Window, weights: Weights, least: float
) -> Iterator[int]:
    """The keys of all whose bound is ``least`` or more."""
    for stretch in stretches(window, weights) if least > 0 else [EVERYWHERE]:
        if ceiling(stretch, weights) >= least:
            possible = bounded(tallies, stretch, window, weights).filter(bound__gte=least)
            yield from possible.order_by().values_list("commenter_id", flat=True)


def measured(
    keys: Sequence[int], window: Window, weights: Weights, people: People | None = None
) -> list[Candidate]:
    """Those of ``keys`` (commenters) who are through the gate, measured, by key. ``people`` as for
    ``facts_of``.
    """
    facts = facts_of(keys, window, people)
    return [
        Candidate(key, facts[key], score(facts[key], weights))
        for key in sorted(facts)
        if lacks(facts[key], weights) is None
    ]


def _look_through(
    ordered: QuerySet[Any], best: _Best, window: Window, weights: Weights, keep: Keep | None
) -> None:
    """Offer those in ``ordered`` that may get a place, the likeliest first, until nobody further
    down can.
    """
    read, size = 0, min(best.limit, _BATCH)
    while True:
        page = ordered.filter(bound__gte=best.least()).values_list("alone", "bound", "commenter_id")
        rows = [row for row in page[read : read + size] if best.could_enter(row[1], row[2])]
        if rows:
            best.offer_all(_likely(rows, best, window, weights), keep)
        if len(rows) < size:
            return
        read, size = read + size, min(size * 2, _BATCH)


def _likely(rows: Sequence[_Row], best: _Best, window: Window, weights: Weights) -> list[Candidate]:
    """Those of ``rows`` measured who, once it is known with how many people they spoke, may still
    get a place.
    """
    people = people_of([key for _alone, _bound, key in rows], window)
    likely = []
    for alone, _bound, key in rows:
        reach = alone + people_points(people.answered_by.get(key, 0), weights.dialogue, weights)
        reach += people_points(people.answered.get(key, 0), weights.answering, weights)
        if best.could_enter(reach, key):
            likely.append(key)
    return measured(likely, window, weights, people)

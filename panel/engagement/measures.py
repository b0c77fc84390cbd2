"""The measure itself: plain arithmetic on how somebody takes part. No Django, no database, no words
anybody wrote.

    R  regularity  = min(1, sum over active weeks of 2^(-a / 8.57) / 4)
    B  breadth     = min(1, (e^H - 1) / 3)
    D  dialogue    = min(1, ln(1 + p) / ln 9)
    A  answering   = min(1, ln(1 + q) / ln 9)
    E  = 100 (0.40 R + 0.25 B + 0.20 D + 0.15 A)

a is a week's age in whole weeks, H the entropy of the weeks' spread over topics, p how many other
citizens answered them, q how many they answered.

The names stand for what the measure may see and nothing else: ``Facts`` has no place for a text, a
tone, a name or a reaction. docs/features/finding-the-engaged.md explains it to people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of what counts for how much. A shortlist keeps the version it was made with.

    Shares add up to 1. Somebody is fully regular at ``regular_at`` weeks' worth of presence, fully
    broad at ``broad_at`` equally shared topics, in full dialogue with ``people_at`` - 1 others.
    """

    version: str
    regularity: float
    breadth: float
    dialogue: float
    answering: float
    half_life_weeks: float
    regular_at: int
    broad_at: int
    people_at: int
    least_weeks: int
    least_comments: int
    most_hidden: int
    bar: float
    hysteresis: float

    @property
    def lower_bar(self) -> float:
        """Where somebody leaves who is already on a shortlist."""
        return self.bar * self.hysteresis


# The bar: 30 points is what about every fifth week and two topics come to over half a year without
# a single answer given or got, and what no number of comments under one post within two weeks
# reaches without other people.
WEIGHTS_V1 = Weights(
    version="1",
    regularity=0.40,
    breadth=0.25,
    dialogue=0.20,
    answering=0.15,
    half_life_weeks=8.57,
    regular_at=4,
    broad_at=4,
    people_at=9,
    least_weeks=2,
    least_comments=3,
    most_hidden=2,
    bar=30.0,
    hysteresis=0.9,
)

VERSIONS = {weights.version: weights for weights in (WEIGHTS_V1,)}


@dataclass(frozen=True, slots=True)
class Facts:
    """How one commenter took part within a window.

    ``weeks`` are the ages of the weeks they wrote in (0 is the last seven days); ``topics`` holds
    for each topic the number of weeks they wrote under it, fewest first; ``answered_by`` and
    ``answered`` count other citizens; ``comments`` counts counted comments, ``hidden`` those hidden
    by a person for a published rule.
    """

    weeks: frozenset[int]
    topics: tuple[int, ...]
    answered_by: int
    answered: int
    comments: int
    hidden: int = 0


NOTHING = Facts(weeks=frozenset(), topics=(), answered_by=0, answered=0, comments=0)


@dataclass(frozen=True, slots=True)
class Measure:
    """Points per term, and their sum."""

    score: float
    regularity: float
    breadth: float
    dialogue: float
    answering: float

    @property
    def terms(self) -> dict[str, float]:
        """The terms by name, in the order in which they add up."""
        return {
            "regularity": self.regularity,
            "breadth": self.breadth,
            "dialogue": self.dialogue,
            "answering": self.answering,
        }


class Standing(Enum):
    """Where somebody stands: through the gate, or what it lacks."""

    NOTHING_COUNTED = "nothing_counted"
    HIDDEN = "hidden"
    TOO_FEW_COMMENTS = "too_few_comments"
    TOO_FEW_WEEKS = "too_few_weeks"
    BELOW_BAR = "below_bar"
    ABOVE_BAR = "above_bar"


def score(facts: Facts, weights: Weights = WEIGHTS_V1) -> Measure:
    """The measure of ``facts``. The same facts give the same bits, in whatever order they were
    read.
    """
    regularity = regularity_points(facts.weeks, weights)
    breadth = breadth_points(facts.topics, weights)
    dialogue = people_points(facts.answered_by, weights.dialogue, weights)
    answering = people_points(facts.answered, weights.answering, weights)
    total = regularity + breadth + dialogue + answering
    return Measure(total, regularity, breadth, dialogue, answering)


def regularity_points(weeks: Iterable[int], weights: Weights) -> float:
    """Points for active weeks of these ages; a week counts half after the half-life."""
    presence = math.fsum(2.0 ** (-age / weights.half_life_weeks) for age in weeks)
    return 100 * weights.regularity * min(1.0, presence / weights.regular_at)


def breadth_points(topics: Iterable[int], weights: Weights) -> float:
    """Points for spreading one's weeks over topics: what matters is how many equal shares they are
    worth.
    """
    counts = [count for count in topics if count]
    total = sum(counts)
    entropy = math.fsum(-(n / total) * math.log(n / total) for n in counts)
    return 100 * weights.breadth * min(1.0, (math.exp(entropy) - 1) / (weights.broad_at - 1))


def people_points(people: int, share: float, weights: Weights) -> float:
    """Points for so many different people: the first counts most."""
    return 100 * share * min(1.0, math.log(1 + people) / math.log(weights.people_at))


def lacks(facts: Facts, weights: Weights = WEIGHTS_V1) -> Standing | None:
    """What keeps ``facts`` outside the gate; None for those who are through."""
    if facts.hidden > weights.most_hidden:
        return Standing.HIDDEN
    if not facts.comments:
        return Standing.NOTHING_COUNTED
    if facts.comments < weights.least_comments:
        return Standing.TOO_FEW_COMMENTS
    if len(facts.weeks) < weights.least_weeks:
        return Standing.TOO_FEW_WEEKS
    return None


def standing(facts: Facts, weights: Weights = WEIGHTS_V1, *, is_shown: bool = False) -> Standing:
    """Where ``facts`` stand. ``is_shown``: on a live shortlist already, so only the lower bar
    counts.
    """
    outside = lacks(facts, weights)
    if outside:
        return outside
    bar = weights.lower_bar if is_shown else weights.bar
    return Standing.ABOVE_BAR if score(facts, weights).score >= bar else Standing.BELOW_BAR

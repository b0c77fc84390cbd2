"""How high somebody's score can be at most, told from their tally alone.

The tally counts all their time, so each of its terms is at least the measure's. Somebody whose
bound is lower than the fiftieth score cannot be among the first fifty, and their rows are never
read.

Tallies are looked at from the most regular downwards, in stretches of the rhythm: along a stretch
the curve of regularity lies below a straight line, which a database works out faster than a power
of two.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from panel.conversations.models import Tally
from panel.conversations.models.counters import RHYTHM_HALF_LIFE_WEEKS, RHYTHM_STEPS
from panel.engagement.measures import Weights, breadth_points, people_points
from panel.engagement.window import Window

# So many stretches to each halving of the points, for so many halvings; the rest is one more.
_STRETCHES = 2
_HALVINGS = 3
_WIDTH = RHYTHM_STEPS // _STRETCHES
# Arithmetic done in another order may differ in the last bits; a bound must not be the lower one.
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tallies with a rhythm from ``begins`` to before ``ends``, and the most points they can have
    for regularity.
    """

    begins: int | None
    ends: int | None
    points: Combinable
    most: float

    def holds(self) -> Q:
        """The condition on a tally."""
        held = Q()
        if self.begins is not None:
            held &= Q(rhythm__gte=self.begins)
        if self.ends is not None:
            held &= Q(rhythm__lt=self.ends)
        return held


EVERYWHERE = Stretch(None, None, Value(100.0), 100.0)


def stretches(window: Window, weights: Weights) -> Iterator[Stretch]:
    """From full points downwards. The places move with the moment asked, the rhythm does not.

    Raises ValueError for weights that let weeks fade more slowly than the rhythm was made for.
    """
    if weights.half_life_weeks > RHYTHM_HALF_LIFE_WEEKS:
        raise ValueError("The tallies' rhythm fades faster than these weights.")
    # A week's age is at least its box's distance less one, on whichever side of the cut it lies.
    youngest = (window.last_box - 1) / RHYTHM_HALF_LIFE_WEEKS
    full = math.floor(RHYTHM_STEPS * (youngest + math.log2(weights.regular_at))) - 1
    high = 100 * weights.regularity
    yield Stretch(full, None, Value(high), high)
    for place in range(1, _HALVINGS * _STRETCHES + 1):
        begins = full - place * _WIDTH
        low = 100 * weights.regularity * 2.0 ** (-place / _STRETCHES)
        line = Value(low + _SLACK) + (F("rhythm") - begins) * Value((high - low) / _WIDTH)
        yield Stretch(begins, begins + _WIDTH, line, high + _SLACK)
        high = low
    yield Stretch(None, begins, Value(high), high)


def ceiling(stretch: Stretch, weights: Weights) -> float:
    """What nobody in ``stretch`` can exceed. Summed in the order of the measure's own sum, as every
    bound here: rounding then keeps it on the upper side.
    """
    most = stretch.most + 100 * weights.breadth
    most += people_points(weights.people_at, weights.dialogue, weights)
    return most + people_points(weights.people_at, weights.answering, weights)


def may_pass(window: Window, weights: Weights) -> Q:
    """The condition on a tally without which nobody is through the gate."""
    return Q(last_at__gt=window.start, comments__gte=weights.least_comments)


def bounded(
    tallies: QuerySet[Tally], stretch: Stretch, window: Window, weights: Weights
) -> QuerySet[Any]:
    """``tallies`` in ``stretch`` that may pass the gate, with their ``bound``, highest first, ties
    by key.

    ``alone`` is the part of it that needs nobody else: regularity and breadth.
    """
    alone = stretch.points + _breadth(weights)
    others = (
        _people("answered_by", weights.dialogue, weights),
        _people("answered", weights.answering, weights),
    )
    return (
        tallies.filter(stretch.holds(), may_pass(window, weights))
        .annotate(alone=alone, bound=alone + others[0] + others[1])
        .order_by("-bound", "commenter_id")
    )


def _breadth(weights: Weights) -> Combinable:
    points = {n: breadth_points([1] * n, weights) + _SLACK for n in range(2, weights.broad_at)}
    return _steps("posts", {1: 0.0, **points}, 100 * weights.breadth)


def _people(field: str, share: float, weights: Weights) -> Combinable:
    points = {n: people_points(n, share, weights) for n in range(weights.people_at - 1)}
    return _steps(field, points, people_points(weights.people_at, share, weights))


def _steps(field: str, points: dict[int, float], most: float) -> Combinable:
    """Points by the value of ``field``, and ``most`` for all higher ones."""
    return Case(
        *(When(**{field: value}, then=Value(each)) for value, each in points.items()),
        default=Value(most),
        output_field=FloatField(),
    )

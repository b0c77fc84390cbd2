"""Who writes next: a few are there all year, many come back for a while, about half write once."""

from __future__ import annotations

from random import Random

from demo.world.cast import CITIZEN_KEYS

NOBODY = -1
_UNNAMED = 0.045
_REGULAR = 0.42
_STEPS = (2, 2, 4, 8, 16)
_INTRODUCED_BY = 0.95  # the page takes some of the turns


def citizens_beside_cast(comments: int) -> int:
    """How many generated people such a page has: with the cast, a fifth as many as comments."""
    return comments // 5 - len(CITIZEN_KEYS)


class Crowd:
    """Hands out citizen numbers. Everybody gets a turn; some get hundreds.

    Numbers below ``regulars`` are the all-year ones. The rest are introduced evenly over ``turns``
    and may come back while they are recent; the more often 2 divides a number, the longer its owner
    stays.
    """

    def __init__(self, rng: Random, citizens: int, turns: int) -> None:
        self.chance = rng.random
        self.regulars = max(8, citizens // 25)
        self.newcomers = citizens - self.regulars
        self.turns = max(1, int(turns * _INTRODUCED_BY))
        self.turn = 0
        self.introduced = 0

    def next(self) -> int:
        """A citizen's number, or ``NOBODY`` for a comment that comes without its author."""
        self.turn += 1
        due = self.turn * self.newcomers // self.turns
        if self.introduced < min(due, self.newcomers):
            self.introduced += 1
            return self.regulars + self.introduced - 1
        luck = self.chance()
        if luck < _UNNAMED:
            return NOBODY
        if luck < _UNNAMED + _REGULAR or not self.introduced:
            return int(self.regulars * self.chance() ** 1.5)
        return self._returning()

    def _returning(self) -> int:
        chance = self.chance()
        back = int(min(self.introduced, 40 + self.newcomers // 5) * chance * chance)
        number = self.introduced - 1 - back
        step = _STEPS[int(self.chance() * len(_STEPS))]
        return self.regulars + number - number % step

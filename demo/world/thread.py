"""A thread while it is warm: the week after a post."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import NamedTuple

from demo.world.days import CITIZENS, Day
from demo.world.schedule import Post
from demo.world.voice import Spoken, Voice

# The share of a post's comments by its first, second ... and seventh day.
FADING = (0.52, 0.23, 0.11, 0.06, 0.04, 0.025, 0.015)
FADED = tuple(accumulate(FADING))
# So many comments one sees without unfolding, and so answers.
RECENT = 24


class Said(NamedTuple):
    """A recent comment somebody may answer: ``speaker`` is a citizen's number, NOBODY or PAGE."""

    external_id: str
    speaker: int
    name: str
    spoken: Spoken
    depth: int


class Thread:
    """A post in its week: its voice, what was said last, how many comments are to come."""

    __slots__ = (
        "external_id",
        "given",
        "left_today",
        "past",
        "post",
        "quota",
        "recent",
        "until",
        "voice",
    )

    def __init__(self, rng: Random, post: Post, quota: int, days: int) -> None:
        self.post = post
        self.external_id = post.external_id
        self.voice = Voice(rng, post)
        self.quota = quota
        self.given = 0
        self.until = min(post.day.number + len(FADING), days)
        self.past = FADED[self.until - post.day.number - 1]
        self.left_today = min(1.0, 2 - 2 * CITIZENS.index(post.second) / CITIZENS.SIZE)
        self.recent: list[Said] = []

    def due(self, day: Day, chance: float) -> int:
        """How many comments this day gets.

        The last day gets all that are left, the first fewer when the post was late.
        """
        age = day.number - self.post.day.number
        if day.number + 1 == self.until:
            count = self.quota - self.given
        else:
            part = FADED[age] / self.past * (self.left_today if age == 0 else 1)
            count = max(0, int(self.quota * part + chance) - self.given)
            count = min(count, self.quota - self.given)
        self.given += count
        return count

    def seconds(self, day: Day, rng: Random) -> Iterator[int]:
        """When on this day, in no order."""
        first = self.post.second + 40 if self.post.day is day else 0
        low, high = CITIZENS.index(first), CITIZENS.index(day.end)
        table, span, chance = CITIZENS.table, high - low, rng.random
        for _ in range(self.due(day, chance())):
            yield table[low + int(chance() * span)] if span > 0 else day.end - 1

    def remember(self, said: Said, chance: float) -> None:
        """Keeps a couple of dozen comments to answer, new ones in the place of old ones."""
        if len(self.recent) < RECENT:
            self.recent.append(said)
        else:
            self.recent[int(chance * RECENT)] = said

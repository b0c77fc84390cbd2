"""What the page talks about: thirty-one topics from the sheets in ``texts/topics``, one sheet a
field of work.

A post may begin with the months it is for, ``[6 7]``.
In a sheet a text may begin with the numbers of the posts it fits, ``[1 3]``, where ``v`` stands for
any post by a visitor; below it ``> `` is what a neighbour answers to it and ``! `` what the
municipality does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from demo.world.sheets import Entry, Section, read_sheet

SHEETS = ("roads", "schools", "culture", "health", "climate", "service")
STANCES = ("questions", "complaints", "praise", "remarks")
VISITOR = "v"
_FITS = re.compile(r"\[([\dv ]+)\] ")


@dataclass(frozen=True, slots=True)
class Saying:
    """Something said under a post.

    ``fits`` names the posts, "1" and on or ``VISITOR``; empty for all.
    """

    text: str
    fits: frozenset[str] = frozenset()
    answers: tuple[str, ...] = ()
    official: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject and all that is said about it.

    ``department`` is a slug, or "" where the municipality has set none. ``months`` are those it is
    posted in, ``weight`` how often among its department's topics, ``heat`` how many comments beside
    an ordinary post, ``mood`` the weights of ``STANCES``.
    """

    key: str
    department: str
    months: frozenset[int]
    weight: float
    heat: float
    mood: tuple[float, ...]
    posts: tuple[str, ...]
    post_months: tuple[frozenset[int], ...]
    visitors: tuple[str, ...]
    sayings: Mapping[str, tuple[Saying, ...]]

    def posts_in(self, month: int) -> list[int]:
        """The positions of the posts for a month; those of any month when there are none."""
        fitting = [n for n, months in enumerate(self.post_months) if not months or month in months]
        return fitting or list(range(len(self.posts)))

    def fitting(self, stance: str, variant: str) -> list[Saying]:
        """What people of a stance say under the post of that number or under a visitor's."""
        return [one for one in self.sayings[stance] if not one.fits or variant in one.fits]


def _months(span: str) -> frozenset[int]:
    """Month numbers, across New Year too: 11-3 is November to March."""
    first, last = (int(month) for month in span.split("-"))
    return frozenset((month - 1) % 12 + 1 for month in range(first, last + 1 + 12 * (last < first)))


def _tagged(text: str) -> tuple[str, frozenset[str]]:
    """A text without its tag, and what the tag names."""
    tag = _FITS.match(text)
    return (text[tag.end() :], frozenset(tag[1].split())) if tag else (text, frozenset())


def _saying(entry: Entry) -> Saying:
    text, fits = _tagged(entry.text)
    return Saying(
        text=text,
        fits=fits,
        answers=tuple(line[2:] for line in entry.below if line.startswith("> ")),
        official=tuple(line[2:] for line in entry.below if line.startswith("! ")),
    )


def _topic(section: Section) -> Topic:
    facts = section.facts
    posts = [_tagged(text) for text in section.texts("posts")]
    return Topic(
        key=section.name,
        department=facts["department"],
        months=_months(facts["months"]),
        weight=float(facts["weight"]),
        heat=float(facts["heat"]),
        mood=tuple(float(share) for share in facts["mood"].split()),
        posts=tuple(text for text, _ in posts),
        post_months=tuple(frozenset(map(int, months)) for _, months in posts),
        visitors=section.texts("visitors"),
        sayings={
            stance: tuple(_saying(entry) for entry in section.entries[stance]) for stance in STANCES
        },
    )


TOPICS: Mapping[str, Topic] = MappingProxyType(
    {
        section.name: _topic(section)
        for sheet in SHEETS
        for section in read_sheet("topics", sheet).values()
    }
)

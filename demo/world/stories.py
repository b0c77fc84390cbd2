"""The stories of Ternesund and the ideas they came of: what they say, and what became of them.

Read from ``texts/stories/<language>/<department>.md``: a line ``== key`` begins each, and then it
is written as a page is (``world.pages``). A Danish story's facts say what it is about (``kind``,
``place``, ``picture``), when it came (``ago`` in days and ``at`` by the clock; ``in`` how many days
from now it is to go out) and where it stands (``state``). A translation has words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from demo.world.pages import PageText, parsed
from demo.world.places import DEPARTMENTS
from demo.world.sheets import TEXTS, read_sheet


@dataclass(frozen=True, slots=True)
class Told:
    """A story in one language. ``department`` is a slug, ``place`` an area's, or empty."""

    page: PageText
    department: str
    facts: dict[str, str]

    @property
    def key(self) -> str:
        """The same in both languages."""
        return self.page.key

    @property
    def state(self) -> str:
        """Where it stands: "live", or one of the others ``filling.newsroom`` knows."""
        return self.facts.get("state", "live")

    @property
    def days_ago(self) -> int:
        """When it went out, or was asked for where it has not."""
        return int(self.facts["ago"])

    @property
    def at(self) -> time:
        """By the clock on the town hall."""
        return time.fromisoformat(self.facts["at"])

    @property
    def days_ahead(self) -> int | None:
        """When it is to go out; None for as soon as it is approved."""
        return int(self.facts["in"]) if "in" in self.facts else None


def stories(language: str) -> tuple[Told, ...]:
    """All stories of a language ("da", "en"), department by department."""
    return tuple(one for each in DEPARTMENTS for one in _of_department(each.slug, language))


def _of_department(slug: str, language: str) -> Iterator[Told]:
    file = TEXTS.joinpath("stories", language, f"{slug}.md")
    if not file.is_file():
        return
    _nothing, *parts = re.split(r"^== (\S+)\n", file.read_text(encoding="utf-8"), flags=re.M)
    for key, source in zip(parts[::2], parts[1::2], strict=True):
        page = parsed(source, key, language)
        yield Told(page, slug, page.facts)


@dataclass(frozen=True, slots=True)
class Thought:
    """An idea for a story, a citizen's or a colleague's (``by``, the left part of an address).

    ``becomes`` is where it stands; ``other`` the story's key it became, or the idea's it is the
    same as; ``why`` the reason it was declined for.
    """

    key: str
    text: str
    becomes: str
    days_ago: float
    by: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    place: str = ""
    area: str = ""
    department: str = ""
    kind: str = ""
    photo: str = ""
    other: str = ""
    why: str = ""
    answer: str = ""


def thoughts() -> tuple[Thought, ...]:
    """All ideas."""
    return tuple(
        Thought(
            key=name,
            text="\n\n".join(section.texts()),
            answer="\n\n".join(section.texts("answer")),
            becomes=section.facts.pop("state"),
            days_ago=float(section.facts.pop("ago")),
            **section.facts,
        )
        for name, section in read_sheet("stories", "ideas").items()
    )

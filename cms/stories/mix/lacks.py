"""What has been told about least, said kindly: arithmetic on counts, no database.

A reminder is a nudge and no ranking: at most three sentences, one about a department, one about a
place, one about a kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WEEKS: Final = 8
# Fewer say nothing about a mix.
FEW_STORIES: Final = 4
# "Far fewer than others": a quarter of what the others have on average, or less.
SHARE: Final = 4


class About(StrEnum):
    """What a story may be counted under."""

    DEPARTMENT = "department"
    PLACE = "place"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Count:
    """How many stories of the period are about ``name``, and for how many whole weeks there has
    been none (None: there never was one)."""

    about: About
    name: str
    stories: int
    weeks: int | None


def lacks(stories: int, counts: Sequence[Count]) -> list[str]:
    """At most three sentences about what ``stories`` of the last eight weeks leave out; one that
    says so where there are too few to say more."""
    if stories < FEW_STORIES:
        return [_too_few(stories)]
    worst = (_least(about, counts) for about in About)
    return [_sentence(each, stories) for each in worst if each is not None]


def _least(about: About, counts: Sequence[Count]) -> Count | None:
    """The one that has waited longest, where one has been left out at all."""
    group = [each for each in counts if each.about is about]
    missed = [each for each in group if _is_left_out(each, group)]
    # Nothing at all before a little; never told before long ago; then by name, to be the same.
    return min(
        missed,
        key=lambda each: (each.stories, each.weeks is not None, -(each.weeks or 0), each.name),
        default=None,
    )


def _is_left_out(one: Count, group: Sequence[Count]) -> bool:
    others = [each.stories for each in group if each is not one]
    # Where nobody says what stories are about, nothing is left out.
    if not sum(others):
        return False
    return one.stories == 0 or one.stories * SHARE * len(others) <= sum(others)


def _too_few(stories: int) -> str:
    if not stories:
        return _("No story has gone out for eight weeks. An idea from the list would be a start.")
    return ngettext(
        "One story has gone out in eight weeks. There is room for more.",
        "%(stories)d stories have gone out in eight weeks. There is room for more.",
        stories,
    ) % {"stories": stories}


def _sentence(left_out: Count, stories: int) -> str:
    if left_out.stories:
        return _few(left_out) % {
            "name": left_out.name,
            "some": left_out.stories,
            "stories": stories,
        }
    if left_out.weeks is None:
        return _never(left_out) % {"name": left_out.name}
    return _not_for(left_out) % {"name": left_out.name, "weeks": left_out.weeks}


def _few(left_out: Count) -> str:
    return {
        About.DEPARTMENT: _("Only %(some)d of %(stories)d stories tell of %(name)s."),
        About.PLACE: _("Only %(some)d of %(stories)d stories come from %(name)s."),
        About.KIND: _("Only %(some)d of %(stories)d stories are of the kind “%(name)s”."),
    }[left_out.about]


def _never(left_out: Count) -> str:
    return {
        About.DEPARTMENT: _("Nobody has told of %(name)s yet."),
        About.PLACE: _("No story has come from %(name)s yet."),
        About.KIND: _("There has been no story of the kind “%(name)s” yet."),
    }[left_out.about]


def _not_for(left_out: Count) -> str:
    return {
        About.DEPARTMENT: _("Nobody has told of %(name)s for %(weeks)d weeks."),
        About.PLACE: _("No story has come from %(name)s for %(weeks)d weeks."),
        About.KIND: _("There has been no story of the kind “%(name)s” for %(weeks)d weeks."),
    }[left_out.about]

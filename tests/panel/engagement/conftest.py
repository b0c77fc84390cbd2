"""A town with the archetypes of the definition, for every test of what people see and do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import time_machine

from panel.conversations.models import Commenter
from tests.factories.panel import open_gate
from tests.snapshot import once

from .town import NOON, Said, Town, build, pattern

STEADY, FLOODER, CRITIC, PRAISER, FRIEND, OTHER_FRIEND = 1, 2, 3, 4, 5, 6
CAMPAIGNER, COMPETITOR, HELPER, NEW, A_PAGE, ONCE = 7, 8, 9, 10, 11, 12
NAMES = {
    STEADY: "Stine Stadig",
    FLOODER: "Flemming Flod",
    CRITIC: "Kurt Kritik",
    PRAISER: "Rosa Ros",
    FRIEND: "Ven Et",
    OTHER_FRIEND: "Ven To",
    CAMPAIGNER: "Kaj Kampagne",
    COMPETITOR: "Vinnie Vinder",
    HELPER: "Hjalte Hjælper",
    NEW: "Nynne Ny",
    A_PAGE: "Avisen",
    ONCE: "Emil Engang",
}
POSTS, COMPETITION = 12, 11


def archetypes() -> Town:
    """Everybody the definition names, with the weeks it names."""
    said: list[Said] = []
    said += pattern(STEADY, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 4, 8], posts=range(5), text=1_000)
    said += [
        Said(FLOODER, 0, NOON - timedelta(minutes=60 * number + 5), 2_000 + number)
        for number in range(300)
    ]
    said += pattern(CRITIC, [0, 2, 4, 6, 8, 10], posts=[1, 2, 3], text=3_000)
    said += pattern(PRAISER, [0, 2, 4, 6, 8, 10], posts=[1, 2, 3], text=4_000)
    said += pattern(CAMPAIGNER, [0, 1, 2, 3, 4, 5, 6, 7], posts=range(8), text=7_000)[:1] * 8
    said += pattern(COMPETITOR, range(10), posts=[COMPETITION], text=8_000)
    said += pattern(NEW, [0], posts=[6], text=10_000)
    said += pattern(A_PAGE, range(10), posts=range(5), text=11_000)
    said += pattern(ONCE, [3], posts=[2], text=12_000)
    for number in range(8):
        at = NOON - timedelta(weeks=number, hours=3)
        said.append(Said(FRIEND, 7, at, 5_000 + number))
        said.append(Said(OTHER_FRIEND, 7, at + timedelta(hours=1), 6_000 + number, len(said) - 1))
        said.append(Said(FRIEND, 7, at + timedelta(hours=2), 5_100 + number, len(said) - 1))
    asked = [index for index, one in enumerate(said) if one.author in (STEADY, CRITIC, PRAISER)]
    said += [
        Said(HELPER, said[index].post, said[index].at + timedelta(minutes=20), 9_000 + index, index)
        for index in asked[::3]
    ]
    return Town(
        comments=tuple(said),
        pages=frozenset({A_PAGE}),
        departments=(None,) * POSTS,
        competitions=frozenset({COMPETITION}),
        names=NAMES,
    )


@dataclass(frozen=True, slots=True)
class Folk:
    """The people of the town, by who they are."""

    keys: dict[int, int]
    at: datetime = NOON

    def __getitem__(self, who: int) -> Commenter:
        return Commenter.objects.get(pk=self.keys[who])


@once
def town_of_archetypes() -> dict[int, int]:
    """Everybody's keys."""
    return build(archetypes())


@pytest.fixture
def folk(db: None) -> Folk:
    """The town is there, and nobody has decided anything yet."""
    return Folk(town_of_archetypes())


@pytest.fixture
def gate(db: None) -> None:
    """The municipality has decided."""
    with time_machine.travel(NOON, tick=False):
        open_gate()


@pytest.fixture
def at_noon() -> object:
    """The clock stands at the moment the town is told for."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock

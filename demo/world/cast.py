"""Who is who: the people of the demo that tests and the guided tour point at, and everybody else by
number.

Ids look like a network's page-scoped ids, are distinct for all numbers, and do not depend on seed
or size, so ``cast["flooder"]`` is the same person in every demo municipality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from demo.world.names import citizen_name
from demo.world.places import MUNICIPALITY
from panel.channels.incoming import IncomingAuthor


@dataclass(frozen=True, slots=True)
class Role:
    """One member of the cast: a key for code, a name for the page, and what they do all year."""

    key: str
    name: str
    does: str
    is_page: bool = False


ROLES = (
    Role(
        "municipality", MUNICIPALITY.name, "the page itself: posts, and answers now and then", True
    ),
    Role("club", "Ternesund Boldklub", "another page that comments; never a candidate", True),
    Role("critic", "Karsten Wulff", "12 factual criticisms over ten weeks under five departments"),
    Role(
        "praiser", "Birthe Lodberg", "12 comments of praise: second for second the critic's pattern"
    ),
    Role(
        "steady", "Inge Thorup", "12 comments over ten weeks under five departments, hardly noticed"
    ),
    Role("flooder", "Preben Ladegaard", "300 comments in two weeks under one post"),
    Role("campaigner", "Jytte Malling", "one text pasted under thirty posts"),
    Role("friend-a", "Lone Bach", "writes to friend-b again and again, to nobody else"),
    Role("friend-b", "Susanne Toft", "writes to friend-a again and again, to nobody else"),
    Role("helper-1", "Hanne Skytte", "answers a different neighbour every time, on every topic"),
    Role("helper-2", "Mehmet Aydin", "answers a different neighbour every time, on every topic"),
    Role("helper-3", "Torben Krogh", "answers a different neighbour every time, on every topic"),
    Role("regular-1", "Aisha Warsame", "takes part most weeks of the year, whatever the topic"),
    Role("regular-2", "Poul-Erik Dam", "takes part most weeks of the year, whatever the topic"),
    Role("regular-3", "Katarzyna Nowak", "takes part most weeks of the year, whatever the topic"),
    Role("regular-4", "Mads Vinther", "takes part most weeks of the year, whatever the topic"),
    Role("newcomer", "Oleksandra Bondar", "four comments in the last two weeks, none before"),
    Role("one-timer", "Jonas Friis", "one comment in the year"),
    Role("competitor", "Tina Ravn", "comments under competitions only"),
    Role("tagger", "Pia Bonde", "names of friends, hearts and thumbs; never a sentence"),
    Role("gone-quiet", "Viggo Hedegaard", "eager until half a year ago, silent since"),
    Role("rule-breaker", "Kenneth Storm", "six comments, three of which break the debate rules"),
    Role("objector", "Erik Balle", "a regular whom the demo lets object to being listed"),
    Role("lamp-asker", "Charlotte Munk", "wrote on the page about the lamps on Duevej"),
    Role("salt-asker", "Samira Bakri", "wrote on the page about salt in the flower district"),
)

CITIZEN_KEYS = tuple(role.key for role in ROLES if not role.is_page)


def author_id(number: int) -> str:
    """The id a network would give; one-to-one up to 10^15 (an odd step, no multiple of 5)."""
    return f"9{(number * 618_033_988_749_893 + 271_828_182_845_904) % 10**15:015d}"


AUTHORS: Mapping[str, IncomingAuthor] = MappingProxyType(
    {
        role.key: IncomingAuthor(author_id(number), role.name, role.is_page)
        for number, role in enumerate(ROLES)
    }
)
cast: Mapping[str, str] = MappingProxyType({key: who.external_id for key, who in AUTHORS.items()})

_FIRST_CITIZEN = 1_000


@lru_cache(maxsize=16_384)
def citizen(number: int) -> IncomingAuthor:
    """Everybody else, from 0 up."""
    return IncomingAuthor(author_id(_FIRST_CITIZEN + number), citizen_name(number))

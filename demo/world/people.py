"""The staff of the demo, and the citizens who have said yes to the panel already."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from random import Random

from demo.world.names import POOLS, citizen_name
from demo.world.places import AREAS


@dataclass(frozen=True, slots=True)
class Staff:
    """An account in the town hall; ``role`` is the role's value, ``department`` a slug or none."""

    role: str
    first_name: str
    last_name: str
    email: str
    does: str
    department: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


STAFF = (
    Staff(
        "comms",
        "Mikkel",
        "Sandholt",
        "mikkel@ternesund.example",
        "kommunikationsmedarbejder: læser, svarer, finder og inviterer",
    ),
    Staff(
        "editor",
        "Dorthe",
        "Rosenkær",
        "dorthe@ternesund.example",
        "kommunikationschef: godkender og sender afsted",
    ),
    Staff(
        "editor",
        "Nanna",
        "Vestermark",
        "nanna@ternesund.example",
        "redaktør: skriver, retter og godkender det, Dorthe selv har skrevet",
    ),
    Staff(
        "specialist",
        "Jens",
        "Okholm",
        "jens@ternesund.example",
        "driftsleder i Vej og Park: svarer på det, der er hans",
        "vej-og-park",
    ),
    Staff(
        "analyst",
        "Sara",
        "Lindeberg",
        "sara@ternesund.example",
        "analytiker: ser tallene og ikke personerne",
    ),
    Staff(
        "administrator",
        "Yasin",
        "Celebi",
        "yasin@ternesund.example",
        "administrator: kanaler, brugere og roller",
    ),
)

# What members may want to be asked about, in the order shown: Danish, English.
INTERESTS = (
    ("Veje, cykelstier og trafik", "Roads, cycling and traffic"),
    ("Skole og børnehave", "School and kindergarten"),
    ("Kultur, sport og fritid", "Culture, sports and leisure"),
    ("Ældre og sundhed", "Older people and health"),
    ("Natur, klima og affald", "Nature, climate and waste"),
    ("Landsbyer og havn", "Villages and harbour"),
    ("Økonomi og beslutninger", "Money and decisions"),
)


@dataclass(frozen=True, slots=True)
class Panelist:
    """A member as the demo makes one. Empty where the person told nothing.

    ``age_band`` and ``gender`` are the profile's values, ``area`` an area's slug, ``interests``
    positions in ``INTERESTS``; ``claims`` is the cast's key for those who say "that is me";
    ``days_ago`` is when they joined.
    """

    name: str
    email: str
    door: str
    language: str
    days_ago: int
    age_band: str = ""
    gender: str = ""
    area: str = ""
    interests: tuple[int, ...] = ()
    claims: str = ""


WRITTEN = (
    Panelist(
        "Hanne Skytte",
        "hanne.skytte@borger.example",
        "invited",
        "da",
        31,
        "60-69",
        "woman",
        "hyldeager",
        (0, 3, 5),
        "helper-1",
    ),
    Panelist(
        "Aisha Warsame",
        "aisha.warsame@borger.example",
        "invited",
        "da",
        24,
        "30-39",
        "woman",
        "fuglekvarteret",
        (1, 2),
        "regular-1",
    ),
    Panelist(
        "Poul-Erik Dam",
        "poul-erik.dam@borger.example",
        "invited",
        "da",
        19,
        "70-79",
        "man",
        "skarvnaes",
        (4, 5, 6),
        "regular-2",
    ),
    Panelist(
        "Bente Agerholm",
        "bente.agerholm@borger.example",
        "open",
        "da",
        88,
        "50-59",
        "woman",
        "hyldeager",
        (0, 2),
    ),
    Panelist(
        "Olu Adeyemi", "olu.adeyemi@borger.example", "open", "en", 12, "20-29", "man", "midtbyen"
    ),
    Panelist("Alma Sehested", "alma.sehested@borger.example", "open", "da", 6, "15-19"),
)

# Panels get more of the older and fewer of the young than the municipality has, and the demo shows
# it.
AGES = ("15-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80+")
AGE_WEIGHTS = (3, 5, 11, 15, 20, 24, 17, 5)
SAYS_NOTHING = 0.1
FIRST_MEMBER = 5_000  # beyond those who comment in a demo of the usual size
WOMEN_BEFORE = POOLS[0].first.index("Peter")


def panelists(count: int = 64, seed: int = 1) -> tuple[Panelist, ...]:
    """So many members, the written ones first: always the same, no two names or addresses alike."""
    rng = Random(f"panelists/{seed}")
    drawn = (_drawn(rng, number) for number in range(max(0, count - len(WRITTEN))))
    return (*WRITTEN[:count], *drawn)


def _drawn(rng: Random, number: int) -> Panelist:
    name = citizen_name(FIRST_MEMBER + number)
    luck = rng.random
    told = Panelist(
        name=name,
        email=f"{_plain(name)}.{number + 1}@borger.example",
        door="invited" if luck() < 0.35 else "open",
        language="en" if luck() < 0.06 else "da",
        days_ago=1 + int(luck() ** 1.6 * 150),
        age_band=rng.choices(AGES, AGE_WEIGHTS)[0] if luck() < 0.9 else "",
        gender=_gender(rng, name) if luck() < 0.88 else "",
        area=rng.choices(AREAS, [area.people for area in AREAS])[0].slug if luck() < 0.94 else "",
        interests=tuple(sorted(rng.sample(range(len(INTERESTS)), rng.randint(0, 4)))),
    )
    if luck() > SAYS_NOTHING:
        return told
    return replace(told, age_band="", gender="", area="", interests=())


def _gender(rng: Random, name: str) -> str:
    """As the first name suggests to a Dane; by lot for names from elsewhere."""
    first = name.split(" ", 1)[0]
    if rng.random() < 0.03:
        return "other"
    if first not in POOLS[0].first:
        return rng.choice(("woman", "man"))
    women = (*POOLS[0].first[:WOMEN_BEFORE], "Anne-Grethe", "Lise-Lotte", "Karen-Margrethe")
    return "woman" if first in women else "man"


_SPELT_OUT = str.maketrans("æøåł", "aoal")


def _plain(name: str) -> str:
    """A name as the left part of an e-mail address: ASCII, small, dots for spaces."""
    swapped = name.lower().translate(_SPELT_OUT)
    ascii_only = unicodedata.normalize("NFKD", swapped).encode("ascii", "ignore").decode()
    return "-".join(ascii_only.replace(".", "").split()).replace("-", ".", 1)


# What the municipality has decided, for the controller's record.
LEGAL_BASIS = (
    "Databeskyttelsesforordningens artikel 6, stk. 1, litra e, jf. kommunens opgave med at"
    " inddrage borgerne i lokale beslutninger. Eksempel: Ternesund findes ikke"
)
DPIA_REFERENCE = "Konsekvensanalyse 2026-014, Medspil"
RETENTION_DAYS = 180

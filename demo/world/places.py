"""Ternesund Kommune: its departments, villages, streets and schools. None of it is on any map."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Municipality:
    """The facts every letter and page repeats.

    Address, number and domain cannot exist outside the demo.
    """

    name: str
    short_name: str
    address: str
    phone: str
    email: str
    dpo_email: str
    website: str
    page_id: str
    population: int


MUNICIPALITY = Municipality(
    name="Ternesund Kommune",
    short_name="Ternesund",
    address="Rådhuspladsen 1, 0100 Ternesund",
    phone="00 00 01 00",
    email="kommunen@ternesund.example",
    dpo_email="dpo@ternesund.example",
    website="ternesund.example",
    page_id="ternesund",
    population=31_840,
)


@dataclass(frozen=True, slots=True)
class Department:
    """A forvaltning:

    ``slug`` is what ``IncomingPost.topic`` carries, ``words`` what citizens call its things.
    """

    slug: str
    name: str
    name_en: str
    email: str
    words: tuple[str, ...]


DEPARTMENTS = (
    Department(
        "vej-og-park",
        "Vej og Park",
        "Roads and Parks",
        "vejogpark@ternesund.example",
        ("vej", "lampe", "gadelygte", "salt", "sneplov", "cykelsti", "fortov", "bump", "legeplads"),
    ),
    Department(
        "skole-og-dagtilbud",
        "Skole og Dagtilbud",
        "Schools and Day Care",
        "skole@ternesund.example",
        ("skole", "børnehave", "dagpleje", "lukkedag", "skolebus", "SFO", "klasse", "lærer"),
    ),
    Department(
        "kultur-og-fritid",
        "Kultur og Fritid",
        "Culture and Leisure",
        "kultur@ternesund.example",
        ("svømmehal", "bibliotek", "havnefest", "juletræ", "hal", "forening", "koncert"),
    ),
    Department(
        "sundhed-og-aeldre",
        "Sundhed og Ældre",
        "Health and Older People",
        "sundhed@ternesund.example",
        ("hjemmepleje", "plejehjem", "visitation", "pårørende", "besøgsven", "sundhedscenter"),
    ),
    Department(
        "affald-og-klima",
        "Affald og Klima",
        "Waste and Climate",
        "affald@ternesund.example",
        ("skraldespand", "affald", "genbrugsplads", "storm", "oversvømmelse", "dige", "fjernvarme"),
    ),
    Department(
        "borgerservice",
        "Borgerservice",
        "Citizen Service",
        "borgerservice@ternesund.example",
        ("pas", "kørekort", "MitID", "telefontid", "valgkort", "sygesikring"),
    ),
)


@dataclass(frozen=True, slots=True)
class Area:
    """A village or a quarter of the town, with the preposition it takes in Danish."""

    slug: str
    name: str
    preposition: str
    people: int
    school: str
    streets: tuple[str, ...]

    @property
    def inside(self) -> str:
        """As it stands in a sentence: "i Hyldeager", "på Tangodde"."""
        return f"{self.preposition} {self.name}"


def _area(slug: str, name: str, people: int, school: str, streets: str, at: str = "i") -> Area:
    return Area(slug, name, at, people, school, tuple(streets.split()))


TOWN_SCHOOL, PARK_SCHOOL = "Havneskolen", "Bakkeskolen"

AREAS = (
    _area(
        "midtbyen",
        "Midtbyen",
        5_900,
        TOWN_SCHOOL,
        "Algade Kirkestræde Nørregade Vandtårnsvej Bagergyden Skolegade Rådhusstræde Møntergade",
    ),
    _area(
        "havnekvarteret",
        "Havnekvarteret",
        3_250,
        TOWN_SCHOOL,
        "Toldbodgade Skibbroen Tovværksvej Sejlmagergade Ankerstræde Færgegade Tjæregyden",
    ),
    _area(
        "fuglekvarteret",
        "Fuglekvarteret",
        4_480,
        PARK_SCHOOL,
        "Duevej Solsortevej Mejsevej Lærkevej Spurvevej Stærevej Svalevej Bogfinkevej Vibevej",
    ),
    _area(
        "blomsterkvarteret",
        "Blomsterkvarteret",
        4_120,
        PARK_SCHOOL,
        "Rosenvej Tulipanvej Liljevej Violvej Valmuevej Anemonevej Krokusvej Bellisvej",
    ),
    _area(
        "hyldeager",
        "Hyldeager",
        2_310,
        "Hyldeager Skole",
        "Hyldeagervej Smedebakken Mejerivej Gadekæret Præstemarken Hyldetoften",
    ),
    _area(
        "rugholt",
        "Rugholt",
        1_870,
        "Rugholt Skole",
        "Rugholtvej Møllestien Bygaden Stationsvej Rugtoften Kildevænget",
    ),
    _area(
        "askemose",
        "Askemose",
        1_640,
        "Askemose Skole",
        "Askemosevej Tørvegraven Engdraget Kirkebakken Pilehegnet",
    ),
    _area(
        "svanevad",
        "Svanevad",
        1_420,
        "Hyldeager Skole",
        "Svanevadvej Åbrinken Vadestedet Humlehaven Teglgårdsvej",
    ),
    _area(
        "noerre-vibelund",
        "Nørre Vibelund",
        1_280,
        "Rugholt Skole",
        "Vibelundvej Skovkanten Hasselhegnet Degnestien Overmarken",
    ),
    _area(
        "tangodde",
        "Tangodde",
        960,
        TOWN_SCHOOL,
        "Tangoddevej Strandengen Fyrvej Bådelauget Klitrosestien",
        "på",
    ),
    _area(
        "moellekrat",
        "Møllekrat",
        880,
        "Askemose Skole",
        "Møllekratvej Savværksvej Bøgehegnet Mølledammen",
    ),
    _area(
        "sivmose",
        "Sivmose",
        820,
        "Hyldeager Skole",
        "Sivmosevej Rørhønestien Sneglehusene Dyrehegnet",
    ),
    _area(
        "kragelyng",
        "Kragelyng",
        760,
        "Rugholt Skole",
        "Kragelyngvej Lyngbakken Enebærstien Hedetoften",
    ),
    _area(
        "lammekrog",
        "Lammekrog",
        690,
        "Askemose Skole",
        "Lammekrogvej Uldjydevej Fårefolden Krogtoften",
    ),
    _area(
        "skarvnaes",
        "Skarvnæs",
        840,
        TOWN_SCHOOL,
        "Skarvnæsvej Strandhotelvej Havblikvej Redningsvejen",
        "på",
    ),
    _area(
        "elverskrat",
        "Elverskrat",
        620,
        "Rugholt Skole",
        "Elverskratvej Skovfogedvej Egehegnet Dansepladsen",
    ),
)

AREA_BY_SLUG = {area.slug: area for area in AREAS}

"""Pictures of Ternesund, drawn by code: the same every time, in any size, with words for each.

``draw`` gives a picture, ``logo`` the town's arms on nothing, and ``PICTURES`` what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PIL import Image

from demo.pictures.canvas import OVERSAMPLE, Sheet
from demo.pictures.doing import garden, swings, workshop
from demo.pictures.land import church, harbour, lake
from demo.pictures.learning import library, school
from demo.pictures.panel import SHIELD, arms, shield, table
from demo.pictures.street import lamp, plough
from demo.pictures.town import bus, pool, station

__all__ = ["PICTURES", "Picture", "draw", "logo"]


@dataclass(frozen=True, slots=True)
class Picture:
    """How to draw it, a title for the library, and what it shows for who does not see it."""

    paint: Callable[[Sheet], None]
    title: str
    alt_da: str
    alt_en: str

    def alt(self, language: str) -> str:
        """The alternative text in "da", or else in English."""
        return self.alt_da if language == "da" else self.alt_en


PICTURES: Mapping[str, Picture] = MappingProxyType(
    {
        "harbour": Picture(
            harbour,
            "Havnen i Ternesund",
            "Farvede huse ved kajen i Ternesund, to sejlbåde på sundet og terner over vandet",
            "Coloured houses on the quay in Ternesund, two sailing boats and terns over the water",
        ),
        "church": Picture(
            church,
            "Hyldeager Kirke",
            "Den hvide kirke i Hyldeager mellem marker og træer en sommerdag",
            "The white church of Hyldeager among fields and trees on a summer's day",
        ),
        "lamp": Picture(
            lamp,
            "Duevej i skumringen",
            "En gadelampe lyser på Duevej i skumringen, mens en beboer går tur med sin hund",
            "A street lamp is lit in Duevej at dusk while somebody walks the dog",
        ),
        "plough": Picture(
            plough,
            "Sneploven før daggry",
            "En orange sneplov rydder vejen i snevejr, før det bliver lyst",
            "An orange snow plough clears the road in falling snow before daylight",
        ),
        "library": Picture(
            library,
            "Biblioteket en aften",
            "Biblioteket en aften med lys i vinduerne, bøger på hylderne og folk på vej ind",
            "The library in the evening with lit windows, books on the shelves and people arriving",
        ),
        "school": Picture(
            school,
            "Frikvarter på Bakkeskolen",
            "Børn leger ved klatrestativet og hinkeruden i skolegården på Bakkeskolen",
            "Children play by the climbing frame and the hopscotch in the yard of Bakkeskolen",
        ),
        "lake": Picture(
            lake,
            "Regnvandssøen i Møllekrat",
            "To mennesker på broen over regnvandssøen i Møllekrat en aften, mens ænderne svømmer",
            "Two people on the bridge over the rainwater lake in Møllekrat one evening, and ducks",
        ),
        "panel": Picture(
            table,
            "Panelet ved bordet",
            "Seks borgere i forskellige aldre sidder om et bord og taler sammen",
            "Six citizens of different ages sit around a table and talk",
        ),
        "station": Picture(
            station,
            "Cykler ved stationen i Rugholt",
            "En lang række cykler i det nye stativ foran stationen i Rugholt, hvor toget holder",
            "A long row of bicycles in the new stand before Rugholt station, where a train waits",
        ),
        "bus": Picture(
            bus,
            "Landsbybussen ved stoppestedet",
            "Den gule landsbybus holder ved stoppestedet, mens en ældre og et barn er på vej hen",
            "The yellow village bus at its stop while an older person and a child walk up to it",
        ),
        "pool": Picture(
            pool,
            "Svømmehallen tidligt om morgenen",
            "Tre svømmer i hver sin bane i svømmehallen, mens solen falder ind ad de høje vinduer",
            "Three people swim in their lanes while the sun comes in through the pool's windows",
        ),
        "garden": Picture(
            garden,
            "Insekthotellet i Nørre Vibelund",
            "To børn og en voksen ser på et insekthotel af rør og sten midt i en have med blomster",
            "Two children and an adult look at an insect hotel of canes and bricks among flowers",
        ),
        "swings": Picture(
            swings,
            "Legepladsen i Sivmose",
            "Børn på de røde gynger og rutsjebanen på legepladsen i Sivmose, en bedstefar ser på",
            "Children on the red swings and the slide in Sivmose, with a grandfather looking on",
        ),
        "workshop": Picture(
            workshop,
            "Lørdag på værkstedet",
            "Fem mennesker reparerer en brødrister, en radio, en lampe og en cykel på et værksted",
            "Five people mend a toaster, a radio, a lamp and a bicycle in a workshop",
        ),
        "arms": Picture(
            arms,
            "Ternesunds våben",
            "Ternesund Kommunes våben: en hvid terne foran solen over tre bølger",
            "The arms of Ternesund Municipality: a white tern before the sun above three waves",
        ),
    }
)


def draw(name: str, size: tuple[int, int] = (1280, 800)) -> Image.Image:
    """The picture of that name, filling ``size``. Raises ``KeyError`` for a name there is not."""
    sheet = Sheet(size)
    PICTURES[name].paint(sheet)
    return sheet.finished()


def logo(height: int = 192) -> Image.Image:
    """The town's arms on a transparent ground, cut to the shield, so high."""
    left, top, right, foot = SHIELD
    size = round(height * 1600 / (foot - top)), round(height * 1000 / (foot - top))
    picture, mask = Sheet(size), Sheet(size)
    arms(picture)
    mask.shape(shield(0), "#ffffff")
    cut = picture.finished(grain=0)
    cut.putalpha(mask.finished(grain=0).convert("L"))
    scale = picture.scale / OVERSAMPLE
    box = (round(left * scale), round(top * scale), round(right * scale), round(foot * scale))
    return cut.crop(box)

"""Pages, and what is in them."""

from __future__ import annotations

import io
import uuid
from typing import Any

from PIL import Image as Canvas
from wagtail.models import Page

from cms.media.cleaning import Remade
from cms.media.models import People, Picture
from cms.pages.models import HomePage

TEXT = "<p>Panelet mødes, når der er noget at spørge om. Se <a href='/'>panelets forside</a>.</p>"


def drawn(size: tuple[int, int] = (800, 600)) -> bytes:
    """A sky over water, as JPEG."""
    canvas = Canvas.new("RGB", size)
    for row in range(size[1]):
        share = row / size[1]
        sky = (232 - int(70 * share), 214 - int(40 * share), 190 + int(30 * share))
        sea = (38, 92 + int(40 * share), 104 + int(30 * share))
        canvas.paste(sky if share < 0.6 else sea, (0, row, size[0], row + 1))
    written = io.BytesIO()
    canvas.save(written, "JPEG")
    return written.getvalue()


def picture(title: str = "Havnen i Prøvekøbing", size: tuple[int, int] = (800, 600)) -> Picture:
    """An image in the library."""
    return Picture.objects.create(
        title=title,
        description="Solen står op over havnen",
        people=People.NOBODY,
        file=Remade(drawn(size)),
    )


def home(language: str = "da") -> HomePage:
    """The home page the migration made."""
    return HomePage.objects.get(locale__language_code=language)


def publish(page: Page, below: Page) -> Any:
    """``page`` as the last child of ``below``, published as an editor would."""
    page.locale = below.locale
    below.refresh_from_db()
    below.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def block(kind: str, value: Any) -> dict[str, Any]:
    """A block as a stream stores it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def items(*values: Any) -> list[dict[str, Any]]:
    """A list inside a block, as the editor stores it: each item has a name of its own."""
    return [block("item", value) for value in values]


def every_block(image: Picture) -> list[dict[str, Any]]:
    """One of each block of a page's body."""
    goal = {"joins": True, "page": None, "url": ""}
    table = {
        "caption": "Åbningstider",
        "columns": [{"type": "text", "heading": "Dag"}, {"type": "text", "heading": "Tid"}],
        "rows": [{"values": ["Mandag", "10–15"]}, {"values": ["Torsdag", "10–17"]}],
    }
    return [
        block("heading", "Sådan foregår det"),
        block("text", TEXT),
        block("subheading", "Imens"),
        block("text", TEXT),
        block(
            "picture",
            {
                "image": {"image": image.pk, "alt_text": "Havnen i morgenlys", "decorative": False},
                "caption": "Havnen. Foto: kommunen",
            },
        ),
        block("quote", {"text": "Nu bliver der svaret, når vi skriver.", "who": "Mette, medlem"}),
        block("facts", items({"number": "48", "label": "timer til svar", "note": "på hverdage"})),
        block("table", table),
        block("questions", items({"title": "Hvem kan være med?", "text": TEXT})),
        block(
            "call_to_action",
            {
                "title": "Har du en mening?",
                "text": "Så er du den rette.",
                "link_text": "Deltag i panelet",
                "goal": goal,
            },
        ),
    ]

"""A small town's site: every kind of page, in both languages, with every kind of block."""

from __future__ import annotations

import io
import uuid
from typing import Any

from PIL import Image as Canvas
from wagtail.models import Locale, Page

from cms.media.cleaning import Remade
from cms.media.models import People, Picture
from cms.pages.models import (
    AccessibilityPage,
    ContactPage,
    DebateRulesPage,
    HomePage,
    MunicipalitySettings,
    PanelPage,
    PlainPage,
    PrivacyPage,
)

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
        block("facts", [{"number": "48", "label": "timer til svar", "note": "på hverdage"}]),
        block("table", table),
        block("questions", [{"title": "Hvem kan være med?", "text": TEXT}]),
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


def every_kind(language: str = "da") -> dict[str, Page]:
    """The home page filled, and one page of each kind below it, by the model's name."""
    front, image = home(language), picture()
    pages: dict[str, Page] = {
        "plainpage": publish(
            PlainPage(
                title="Om Prøvekøbing" if language == "da" else "About Prøvekøbing",
                lead="En by ved vandet.",
                body=every_block(image),
                show_in_menus=True,
            ),
            front,
        ),
        "panelpage": publish(
            PanelPage(
                title="Om panelet" if language == "da" else "About the panel",
                lead="Det vigtigste, før du siger ja.",
                about=TEXT,
                run_by=TEXT,
                asks=TEXT,
                joining=TEXT,
                questions=[block("questions", [{"title": "Hvad koster det?", "text": TEXT}])],
                show_in_menus=True,
            ),
            front,
        ),
        "debaterulespage": publish(
            DebateRulesPage(
                title="Debatregler" if language == "da" else "Debate rules",
                lead="Sådan taler vi sammen.",
                rules=[
                    block("rules", [{"title": "Tal til hinanden", "text": "<p>Ikke om.</p>"}]),
                ],
            ),
            front,
        ),
        **{
            kind._meta.model_name: publish(
                kind(title=title, lead="Kort fortalt.", body=[block("text", TEXT)]), front
            )
            for kind, title in (
                (ContactPage, "Kontakt" if language == "da" else "Contact"),
                (PrivacyPage, "Persondata" if language == "da" else "Privacy"),
                (
                    AccessibilityPage,
                    "Tilgængelighed" if language == "da" else "Accessibility",
                ),
            )
        },
    }
    card = {"page": pages["panelpage"].pk, "text": "Det vigtigste, før du siger ja."}
    front.refresh_from_db()
    front.picture, front.picture_alt = image, "Havnen i morgenlys"
    front.body = [
        block("cards", {"title": "Begynd her", "cards": [card]}),
        block("figures", None),
        *every_block(image),
    ]
    front.save_revision().publish()
    return {"homepage": front, **pages}


def whole_site() -> dict[str, dict[str, Page]]:
    """Every kind in every language, translations of each other, and who it all belongs to."""
    MunicipalitySettings.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Prøvekøbing Kommune",
            "phone": "70 10 20 30",
            "email": "panel@proevekoebing.example",
            "address": "Torvet 1\n9999 Prøvekøbing",
            "cvr": "12345678",
            "dpo_email": "dpo@proevekoebing.example",
            "main_site_url": "https://proevekoebing.example/",
        },
    )
    site = {
        locale.language_code: every_kind(locale.language_code) for locale in Locale.objects.all()
    }
    for kind, page in site["da"].items():
        site["en"][kind].translation_key = page.translation_key
        site["en"][kind].save(update_fields=["translation_key"])
    return site

"""A small town's site: every kind of page, in both languages, with every kind of block."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Locale, Page

from cms.media.models import Picture
from cms.pages.models import (
    AccessibilityPage,
    ContactPage,
    DebateRulesPage,
    MunicipalitySettings,
    PanelPage,
    PlainPage,
    PrivacyPage,
)
from panel.accounts.roles import Role
from tests.factories.accounts import staff_with
from tests.factories.pages import TEXT, block, every_block, home, picture, publish
from tests.factories.stories import area, department, put_live, stories, story
from tests.snapshot import once


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
    pages.update(every_story(language, image))
    card = {"page": pages["panelpage"].pk, "text": "Det vigtigste, før du siger ja."}
    front.refresh_from_db()
    front.picture, front.picture_alt = image, "Havnen i morgenlys"
    front.body = [
        block("cards", {"title": "Begynd her", "cards": [card]}),
        block("figures", None),
        block("stories", {"title": ""}),
        *every_block(image),
    ]
    front.save_revision().publish()
    return {"homepage": front, **pages}


def every_story(language: str, image: Picture) -> dict[str, Page]:
    """The page of stories in the menu, and one story with everything a story has."""
    writer = staff_with(Role.COMMS, name="Vibe Skriver")
    index = stories(language)
    index.show_in_menus, index.lead = True, "Hvad der sker, og hvorfor."
    index.save_revision().publish()
    page = story(
        by=writer,
        language=language,
        body=every_block(image),
        picture=image,
        picture_alt="Havnen i morgenlys",
        picture_caption="Havnen. Foto: kommunen",
        department=department(),
        place=area(),
    )
    live = put_live(page, asked_by=writer, by=staff_with(Role.EDITOR, name="Rie Redaktør"))
    return {"storyindexpage": index, "storypage": live}


def whole_site() -> dict[str, dict[str, Page]]:
    """Every kind in every language, translations of each other, and who it all belongs to."""
    keys, files = _made_site()
    for name, content in files.items():
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    pages = Page.objects.specific().in_bulk()
    return {lang: {kind: pages[key] for kind, key in each.items()} for lang, each in keys.items()}


@once
def _made_site() -> tuple[dict[str, dict[str, int]], dict[str, bytes]]:
    """The keys of its pages, and the files of its pictures."""
    site = make_site()
    names = Picture.objects.values_list("file", flat=True)
    return (
        {lang: {kind: page.pk for kind, page in each.items()} for lang, each in site.items()},
        {name: (settings.MEDIA_ROOT / name).read_bytes() for name in names},
    )


def make_site() -> dict[str, dict[str, Page]]:
    """The same, made page by page."""
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

"""How pages look where somebody shares them."""

from __future__ import annotations

import io
import re

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from cms.pages import drawing
from cms.pages.drawing import Drawing
from cms.pages.models import MunicipalitySettings, PlainPage
from tests.factories.pages import home, picture, publish

DRAWN = Drawing("Nye cykelstativer", "Prøvekøbing Kommune", "#14505c", "#f2b441")


def metas(client: Client, path: str) -> dict[str, str]:
    """Every ``meta`` with a name or property, and what it says."""
    text = client.get(path).content.decode()
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', text))


def test_page_says_how_it_looks_where_it_is_shared(db: None, stranger: Client):
    page = publish(PlainPage(title="Om <byen>", lead="En by ved vandet."), home())
    found = metas(stranger, page.url)

    assert found["og:title"] == "Om &lt;byen&gt;"
    assert found["description"] == found["og:description"] == "En by ved vandet."
    assert found["og:url"] == f"{settings.SITE_URL}{page.url}"
    assert found["og:locale"] == "da_DK"
    assert found["og:type"] == "website"
    assert found["twitter:card"] == "summary_large_image"
    assert f'rel="canonical" href="{found["og:url"]}"' in stranger.get(page.url).content.decode()
    assert metas(stranger, "/en/")["og:locale"] == "en_GB"


def test_address_is_the_public_one_whoever_asks(db: None, stranger: Client):
    page = publish(PlainPage(title="Om byen"), home())

    answer = stranger.get(page.url, headers={"host": "127.0.0.1"})

    assert f'content="{settings.SITE_URL}{page.url}"' in answer.content.decode()


def test_chosen_picture_is_shown_in_the_size_others_ask_for(db: None, stranger: Client):
    front = home()
    front.picture, front.picture_alt = picture(size=(2400, 1600)), "Havnen i morgenlys"
    front.save_revision().publish()
    found = metas(stranger, "/")

    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:type"] == "image/jpeg"
    assert found["og:image:alt"] == "Havnen i morgenlys"
    answer = stranger.get(found["og:image"].removeprefix(settings.SITE_URL))
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (1200, 630))


def test_page_without_a_picture_has_one_drawn(db: None, stranger: Client):
    page = publish(PlainPage(title="Om byen"), home())
    address = metas(stranger, page.url)["og:image"]
    answer = stranger.get(address.removeprefix(settings.SITE_URL))

    assert answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"]
    assert answer.cookies == {}
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert shown.size == (1200, 630)
        assert shown.convert("RGB").getpixel((5, 5)) == (0x14, 0x50, 0x5C)


def test_address_of_the_drawn_changes_with_title_and_colours(db: None, stranger: Client):
    page = publish(PlainPage(title="Om byen"), home())
    before = metas(stranger, page.url)["og:image"]
    owner = MunicipalitySettings.load()
    owner.brand_colour = "#5c1450"
    owner.save()
    page.title = "Om vores by"
    page.save_revision().publish()

    assert metas(stranger, page.url)["og:image"] != before
    old = stranger.get(before.removeprefix(settings.SITE_URL))
    assert "immutable" not in old["Cache-Control"]


def test_nothing_is_drawn_of_a_draft(db: None, stranger: Client):
    page = publish(PlainPage(title="Hemmelig plan"), home())
    assert stranger.get(f"/kort/{page.pk}.png").status_code == 200

    page.unpublish()

    assert stranger.get(f"/kort/{page.pk}.png").status_code == 404
    assert stranger.get("/kort/1.png").status_code == 404
    assert stranger.get("/kort/999999.png").status_code == 404


@pytest.mark.parametrize(
    "title",
    ["", "Å" * 300, "Ord " * 90, "\U0001f6b2", "你好", "\x00\x07", "Én linje", "Rødgrød-" * 12],
)
def test_any_title_can_be_drawn(title: str):
    drawn = drawing.png(Drawing(title, "Prøvekøbing " * 20, "#14505c", "#f2b441"))

    with Image.open(io.BytesIO(drawn)) as shown:
        white = sum(
            number
            for number, colour in shown.convert("RGB").crop((700, 0, 780, 630)).getcolors()
            if colour == (255, 255, 255)
        )
        assert shown.size == (1200, 630)
    # The words stay in their column, clear of the pattern.
    assert white < 200


def test_letters_the_typeface_lacks_are_left_out():
    with_emoji = Drawing("Nye cykelstativer \U0001f6b2", DRAWN.name, DRAWN.brand, DRAWN.accent)

    assert drawing.png(with_emoji) == drawing.png(DRAWN)
    assert drawing.png(Drawing("Gamle", DRAWN.name, DRAWN.brand, DRAWN.accent)) != drawing.png(
        DRAWN
    )

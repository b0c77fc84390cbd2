"""Stories as a citizen meets them: on a phone and a desktop, with and without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from playwright.sync_api import expect

from cms.pages import frame, kept
from cms.stories.models import Kind, StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from tests.factories.accounts import staff_with
from tests.factories.pages import block, every_block, home, picture
from tests.factories.stories import area, department, put_live, stories, story
from tests.journeys.axe import at_widths, sound
from tests.journeys.conftest import OpenPage

INDEX = "/historier/"
LONG = (
    "Speciallægepraksisplanlægningsstabiliseringsperioden er forlænget, og her er, hvad det "
    "betyder for dig, der venter på en tid hos øre-, næse- og halslægen i Havnebyen"
)


@pytest.fixture
def told(live_server: Any) -> Iterator[Callable[..., StoryPage]]:
    """``told(title, **fields)``: a live story; nothing kept from the test before."""
    frame.forget()
    kept.forget()
    caches["renditions"].clear()
    writer: User = staff_with(Role.COMMS, name="Vibe Skriver")
    reader: User = staff_with(Role.EDITOR, name="Rie Redaktør")

    def tell(title: str = "Nye cykelstativer", **fields: Any) -> StoryPage:
        return put_live(story(by=writer, title=title, **fields), asked_by=writer, by=reader)

    yield tell
    frame.forget()
    kept.forget()


def test_page_of_stories_is_sound_before_the_first(told: Any, open_page: OpenPage):
    stories()
    page = open_page(INDEX)

    expect(page.get_by_role("heading", name="Ingen historier endnu")).to_be_visible()
    sound(page)


def test_page_of_stories_is_sound_when_full(told: Any, open_page: OpenPage):
    image = picture(size=(1500, 1000))
    for number in range(13):
        shown = {"picture": image, "picture_alt": "Havnen"} if number % 3 else {}
        told(
            LONG if number == 11 else f"Historie {number}",
            kind=list(Kind)[number % 6],
            department=department(f"Afdeling {number % 2}"),
            place=area(f"Sted {number % 3}"),
            **shown,
        )
    page = open_page(INDEX)
    expect(page.locator(".story-card")).to_have_count(12)
    sound(page)

    page.get_by_role("link", name="Næste side").click()
    expect(page.locator(".story-card")).to_have_count(1)
    sound(page)


def test_choosing_works_with_keys_and_without_scripts(told: Any, open_page: OpenPage):
    told("Vej", kind=Kind.NEWS, department=department("Veje"))
    told("Skole", kind=Kind.PEOPLE, department=department("Skoler"))
    page = open_page(INDEX, width=320, java_script_enabled=False)

    page.get_by_label("Afdeling").select_option(label="Skoler")
    page.get_by_label("Afdeling").press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".story-card")).to_have_count(1)
    expect(page.get_by_role("link", name="Skole", exact=True)).to_be_visible()

    page.get_by_label("Slags").select_option(label="Noget nyt")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_text("Ingen historier svarer til dine valg")).to_be_visible()

    page.get_by_role("link", name="Vis alle historier").click()
    expect(page.locator(".story-card")).to_have_count(2)


def test_choice_without_stories_is_sound(told: Any, open_page: OpenPage):
    told("Vej", kind=Kind.NEWS, department=department("Veje"))
    told("Skole", kind=Kind.PEOPLE, department=department("Skoler"))
    page = open_page(f"{INDEX}?kind=news&department=skoler")

    sound(page)


@pytest.mark.parametrize("language", ["da", "en"])
def test_story_is_sound_full_and_bare(told: Any, open_page: OpenPage, language: str):
    image = picture(size=(2400, 1500))
    bare = told(LONG, language=language, lead="", body=[])
    full = told(
        "Med det hele",
        language=language,
        picture=image,
        picture_alt="Havnen i morgenlys",
        picture_caption="Havnen. Foto: kommunen",
        body=every_block(image),
        department=department(),
        place=area(),
    )
    page = open_page(bare.url)
    sound(page)
    page.goto(full.url)
    sound(page)


def test_home_with_stories_is_sound(told: Any, open_page: OpenPage):
    for title in ("En", "To", LONG):
        told(title)
    front = home()
    front.body = [block("stories", {"title": ""}), block("heading", "Slut")]
    front.save_revision().publish()
    page = open_page("/")

    expect(page.locator(".story-card")).to_have_count(3)
    sound(page)


def test_address_is_copied_and_said(told: Any, open_page: OpenPage):
    address = told().url
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    field = page.get_by_label("Historiens adresse").input_value()

    page.get_by_role("button", name="Kopiér adressen").click()

    expect(page.get_by_role("status")).to_have_text("Adressen er kopieret.")
    assert page.evaluate("navigator.clipboard.readText()") == field
    assert urlsplit(field).path == address
    sound(page)


def test_address_that_cannot_be_copied_is_marked(told: Any, open_page: OpenPage):
    page = open_page(told().url)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")

    page.get_by_role("button", name="Kopiér adressen").click()

    expect(page.get_by_role("status")).to_contain_text("Ctrl og C")
    field = page.get_by_label("Historiens adresse").input_value()
    assert page.evaluate("getSelection().toString()") == field


def test_without_scripts_the_address_can_be_read(told: Any, open_page: OpenPage):
    page = open_page(told().url, java_script_enabled=False)

    expect(page.get_by_label("Historiens adresse")).to_be_visible()
    expect(page.get_by_role("button", name="Kopiér adressen")).to_be_hidden()
    expect(page.get_by_role("link", name="Send den med e-mail")).to_be_visible()


def test_on_paper_there_are_words_picture_and_address(told: Any, open_page: OpenPage):
    told("En anden")
    page = open_page(told(picture=picture(), picture_alt="Havnen").url)
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("img", name="Havnen")).to_be_visible()
    expect(page.locator(".only-print")).to_be_visible()
    for screen_only in (".share", ".read-also", ".breadcrumbs"):
        expect(page.locator(screen_only)).to_be_hidden()


def test_large_text_and_spacing_clip_nothing(told: Any, open_page: OpenPage):
    told("En anden")
    page = open_page(told(LONG, department=department(), place=area()).url)

    for _width in at_widths(page, 320, 768):
        page.evaluate(
            """() => document.querySelectorAll("main *").forEach((element) => {
              element.style.lineHeight = "1.5"; element.style.letterSpacing = "0.12em";
              element.style.wordSpacing = "0.16em";
            })"""
        )

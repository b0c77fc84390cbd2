"""What the site answers beside its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.pages.models import MunicipalitySettings, PlainPage
from tests.factories.pages import block, home, picture, publish
from tests.factories.site import whole_site


@pytest.fixture
def pages(db: None) -> dict[str, Any]:
    """The whole site, indexed for search as the worker would have done."""
    made = whole_site()
    call_command("update_index", verbosity=0)
    return made["da"]


def test_theme_holds_the_municipalitys_colours(db: None, stranger: Client):
    answer = stranger.get("/tema.css")

    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    assert b"--brand: #14505c;" in answer.content
    assert answer.cookies == {}


def test_icon_is_drawn_in_the_colours(db: None, stranger: Client):
    answer = stranger.get("/ikon.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert b"#14505c" in answer.content


def test_robots_may_read_pages_but_not_doors(db: None, stranger: Client):
    text = stranger.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_sitemap_lists_every_published_page(pages: dict[str, Any], stranger: Client):
    text = stranger.get("/sitemap.xml").content.decode()

    for page in pages.values():
        assert page.full_url in text
    assert "/en/" in text


@pytest.mark.parametrize("path", ["/was", "/was/"])
def test_was_leads_to_the_statement(db: None, stranger: Client, path: str):
    owner = MunicipalitySettings.load()
    owner.was_url = "https://www.was.digst.dk/panel-dk"
    owner.save()

    assert stranger.get(path)["Location"] == "https://www.was.digst.dk/panel-dk"


def test_was_leads_to_our_page_while_there_is_no_statement(pages: dict[str, Any], stranger: Client):
    assert stranger.get("/was")["Location"] == pages["accessibilitypage"].url


def test_was_is_not_there_without_either(db: None, stranger: Client):
    assert stranger.get("/was").status_code == 404


def search(client: Client, words: str, language: str = "") -> str:
    answer = client.get(f"{language}/soeg/", {"q": words})
    assert answer.status_code == 200
    assert answer.cookies == {}
    return answer.content.decode()


def test_search_before_a_word_is_only_a_form(pages: dict[str, Any], stranger: Client):
    text = stranger.get("/soeg/").content.decode()

    assert 'role="search"' in text
    assert 'role="status"' not in text


def test_search_finds_pages_of_this_language(pages: dict[str, Any], stranger: Client):
    assert pages["panelpage"].url in search(stranger, "panelet")
    assert "/en/" in search(stranger, "panelet", "/en")


def test_search_finds_words_inside_blocks(pages: dict[str, Any], stranger: Client):
    assert pages["plainpage"].url in search(stranger, "åbningstider")


@pytest.mark.parametrize("words", ["lampe", "lampepo", "LAMPE vej", "vej lampe", "  lampe  "])
def test_search_finds_words_that_begin_so(db: None, stranger: Client, words: str):
    text = block("text", "<p>Nye lampeposter på Algade og Vejlevej, og vejene</p>")
    page = publish(PlainPage(title="Lys", body=[text]), home())
    other = publish(PlainPage(title="En slukket lampe på min vej"), home())
    call_command("update_index", verbosity=0)

    found = search(stranger, words)

    assert page.url in found
    if words.strip() == "lampe":
        assert found.index(other.url) < found.index(page.url)


def test_search_for_a_letter_or_two_finds_whole_words_only(db: None, stranger: Client):
    page = publish(PlainPage(title="Lampeposter"), home())
    call_command("update_index", verbosity=0)

    assert page.url not in search(stranger, "la")


def test_search_costs_the_same_for_one_and_for_many(db: None, stranger: Client):
    def queries(pages: range) -> int:
        for number in pages:
            publish(PlainPage(title=f"Cykelsti {number}"), home())
        call_command("update_index", verbosity=0)
        search(stranger, "cykel")  # what is around every page is remembered
        with CaptureQueriesContext(connection) as asked:
            search(stranger, "cykel")
        return len(asked)

    assert queries(range(1)) == queries(range(1, 9))


def test_search_that_finds_nothing_says_what_to_do(pages: dict[str, Any], stranger: Client):
    text = search(stranger, "zebra")

    assert "zebra" in text
    assert "empty-state" in text


@pytest.mark.parametrize(
    "words",
    ['"', "'", "a AND", "*", "(", "a" * 5000, "\x00", "\ud83d\ude00", "NEAR/2", "-x", "æøå"],
)
def test_search_takes_any_words(pages: dict[str, Any], stranger: Client, words: str):
    search(stranger, words.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


def test_search_shows_no_draft(pages: dict[str, Any], stranger: Client):
    front = home()
    draft = PlainPage(title="Hemmelig plan", live=False, locale=front.locale)
    front.add_child(instance=draft)
    call_command("update_index", verbosity=0)

    assert draft.slug not in search(stranger, "hemmelig")


def test_search_pages_ten_by_ten(db: None, stranger: Client):
    for number in range(12):
        publish(PlainPage(title=f"Cykelsti {number}"), home())
    call_command("update_index", verbosity=0)

    assert search(stranger, "cykelsti").count("<li>\n          <h2>") == 10
    second = stranger.get("/soeg/", {"q": "cykelsti", "page": "2"}).content.decode()
    assert second.count("<li>\n          <h2>") == 2
    assert stranger.get("/soeg/", {"q": "cykelsti", "page": "x"}).status_code == 200


@pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite has no Danish stems"
)
def test_search_knows_danish_stems(db: None, stranger: Client):
    page = publish(PlainPage(title="Skoler", body=[block("text", "<p>Lamperne</p>")]), home())
    call_command("update_index", verbosity=0)

    assert page.url in search(stranger, "lampe")


def test_picture_is_served_as_nothing_else(db: None, stranger: Client):
    rendition = picture().get_rendition("width-100|format-webp")
    answer = stranger.get(rendition.url)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    answer.close()


@pytest.mark.parametrize(
    "path",
    ["original_images/x.jpg", "documents/x.pdf", "images/../../settings.py", "images/none.png", ""],
)
def test_nothing_else_of_the_uploads_is_served(db: None, stranger: Client, path: str):
    folder = Path(settings.MEDIA_ROOT) / "original_images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.jpg").write_bytes(b"x")

    assert stranger.get(f"/media/{path}").status_code == 404

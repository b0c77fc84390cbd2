"""A story as anybody reads it, and where it can be found."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.pages import kept
from cms.stories.models import Kind, StoryPage
from panel.accounts.models import User
from tests.cms.stories.conftest import Told
from tests.conftest import SignedIn
from tests.factories.pages import block, home, picture
from tests.factories.stories import area, department, put_live, rewrite, stories, story


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.cookies == {}
    return answer.content.decode()


def take_down(page: StoryPage) -> None:
    StoryPage.objects.get(pk=page.pk).unpublish()


def show_newest_at_home() -> None:
    front = home()
    front.body = [block("stories", {"title": ""})]
    front.save_revision().publish()


# --- The story itself -----------------------------------------------------------------------------


def test_story_says_what_it_is_about(stranger: Client, told: Told):
    page = told(kind=Kind.OUTCOME, department=department(), place=area())
    text = read(stranger, page.url)

    assert "I sagde, vi gjorde" in text
    assert "Teknik og Miljø" in text
    assert "Havnebyen" in text
    assert "De står ved spor 1." in text
    assert text.count("<h1") == 1


def test_story_without_department_and_place_says_nothing_of_them(stranger: Client, told: Told):
    text = read(stranger, told().url)

    assert "#groups" not in text
    assert "#location" not in text


def test_day_is_copenhagens(stranger: Client, told: Told):
    with time_machine.travel(datetime(2026, 3, 28, 23, 30, tzinfo=UTC), tick=False):
        page = told()
    text = read(stranger, page.url)

    assert '<time datetime="2026-03-29T00:30:00+01:00">29. marts 2026</time>' in text


def test_later_change_is_told_and_one_of_the_same_day_is_not(
    stranger: Client, told: Told, clerk: User, editor: User
):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC)) as clock:
        page = told()
        rewrite(page, by=clerk, lead="Med tag.")
        put_live(page, asked_by=clerk, by=editor)
        same_day = read(stranger, page.url)
        clock.move_to(datetime(2026, 3, 5, 9, tzinfo=UTC))
        rewrite(page, by=clerk, lead="Med tag og lys.")
        put_live(page, asked_by=clerk, by=editor)
        later = read(stranger, page.url)

    assert same_day.count("<time") == 1
    assert "2. marts 2026</time>" in later
    assert "5. marts 2026</time>" in later


def test_picture_comes_in_sizes_with_words(stranger: Client, told: Told):
    page = told(picture=picture(size=(2400, 1600)), picture_alt="Cykler i to lag")
    shown = re.search(r"<img[^>]*story-picture__image[^>]*>", read(stranger, page.url))

    assert shown is not None
    assert 'alt="Cykler i to lag"' in shown[0]
    assert shown[0].count("w,") == 2
    assert ".webp" in shown[0]
    assert 'width="640"' in shown[0]
    assert 'height="360"' in shown[0]


def test_decorative_picture_is_not_read_aloud(stranger: Client, told: Told):
    page = told(
        picture=picture(), picture_alt="Glemt her", picture_is_decorative=True, picture_caption="Ja"
    )
    text = read(stranger, page.url)

    assert 'alt=""' in re.findall(r"<img[^>]*story-picture__image[^>]*>", text)[0]
    assert "Glemt her" not in text
    assert "<figcaption>Ja</figcaption>" in text


def test_three_others_are_offered_the_newest_first(stranger: Client, told: Told):
    for title in ("Den ældste", "Den ældre", "Den nye", "Den nyeste"):
        told(title)
    text = read(stranger, told("Den vi læser").url).split("read-also")[1]

    assert [text.find(title) for title in ("Den nyeste", "Den nye<", "Den ældre")] == sorted(
        text.find(title) for title in ("Den nyeste", "Den nye<", "Den ældre")
    )
    assert "Den ældste" not in text
    assert "Den vi læser" not in text
    assert f'href="{stories().url}"' in text


def test_only_story_leads_back_to_the_page_of_all(stranger: Client, told: Told):
    text = read(stranger, told().url).split("read-also")[1]

    assert "story-card" not in text
    assert f'href="{stories().url}"' in text


def test_sharing_asks_nobody_and_names_the_whole_address(stranger: Client, told: Told):
    page = told("Kaffe & kage <i> byen")
    text = read(stranger, page.url)
    address = f"{settings.SITE_URL}{page.url}"

    assert f'value="{address}" readonly' in text
    assert "mailto:?subject=Kaffe%20%26%20kage%20%3Ci%3E%20byen&amp;body=" in text
    outside = re.findall(r'<a href="(https://[^"]+)"([^>]*)>', text.split('class="share"')[1])
    assert [link.split("/")[2] for link, _rest in outside[:3]] == [
        *("www.facebook.com", "share.joinmastodon.org", "www.linkedin.com"),
    ]
    assert all('rel="noopener noreferrer"' in rest for _link, rest in outside[:3])
    assert "<script src=" in text
    assert "//www.facebook" not in "".join(re.findall(r"<(?:script|img|iframe|link)[^>]*>", text))


@pytest.mark.parametrize("number", [1, 50])
def test_queries_of_a_story_do_not_grow_with_stories(stranger: Client, told: Told, number: int):
    image = picture()
    page = told(picture=image, picture_alt="Havnen")
    for each in range(number - 1):
        told(f"Historie {each}", picture=image, picture_alt="Havnen")
    read(stranger, page.url)
    kept.forget()

    with CaptureQueriesContext(connection) as seen:
        read(stranger, page.url)

    # One story has no others, and so no pictures of theirs to fetch: two queries fewer.
    assert len(seen) == (16 if number == 1 else 18)


# --- Live, down, moved ----------------------------------------------------------------------------


def everywhere(client: Client) -> dict[str, str]:
    """All places a story may appear, as a stranger meets them; the last as one who searches."""
    call_command("update_index", verbosity=0)
    paths = ("/", "/historier/", "/historier/feed.atom", "/sitemap.xml", "/historier/anden/")
    return {path: read(client, path) for path in (*paths, "/soeg/?q=cykelstativer")}


def test_story_appears_everywhere_when_live_and_nowhere_else(
    stranger: Client, told: Told, clerk: User, editor: User
):
    show_newest_at_home()
    told("Anden", slug="anden")
    page = story(by=clerk, slug="hemmelig")
    assert [path for path, text in everywhere(stranger).items() if "hemmelig" in text] == []

    put_live(page, asked_by=clerk, by=editor)
    assert [path for path, text in everywhere(stranger).items() if "hemmelig" not in text] == []

    take_down(page)
    assert [path for path, text in everywhere(stranger).items() if "hemmelig" in text] == []
    assert stranger.get(page.url).status_code == 404


def test_new_version_that_waits_is_seen_nowhere(stranger: Client, told: Told, clerk: User):
    page = told()
    rewrite(page, by=clerk, title="Cykelstativer med hemmelighed")

    assert "hemmelighed" not in read(stranger, page.url)
    assert "hemmelighed" not in read(stranger, "/historier/")


def test_story_for_some_only_is_listed_for_nobody(stranger: Client, told: Told):
    page = told("Kun for nogen")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert "Kun for nogen" not in read(stranger, "/historier/")
    assert "Kun for nogen" not in read(stranger, "/historier/feed.atom")


@pytest.mark.django_db(transaction=True)
def test_old_address_leads_to_the_new(stranger: Client, told: Told, clerk: User, editor: User):
    page = told(slug="cykler")
    read(stranger, "/historier/cykler/")
    rewrite(page, by=clerk, slug="nye-cykelstativer")
    assert stranger.get("/historier/cykler/").status_code == 200

    put_live(page, asked_by=clerk, by=editor)

    answer = stranger.get("/historier/cykler/")
    assert answer.status_code == 301
    assert answer["Location"] == "/historier/nye-cykelstativer/"
    assert "De står ved spor 1." in read(stranger, answer["Location"])


def test_sitemap_says_when_a_story_changed_last(stranger: Client, told: Told):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        page = told()

    entry = read(stranger, "/sitemap.xml").split(page.full_url)[1].split("</url>")[0]

    assert "<lastmod>2026-03-02</lastmod>" in entry


# --- Found ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["cykelstativer", "plads", "spor"])
def test_search_finds_title_introduction_and_text(stranger: Client, told: Told, words: str):
    page = told(kind=Kind.PRACTICAL)
    call_command("update_index", verbosity=0)
    text = read(stranger, f"/soeg/?q={words}")

    assert page.url in text
    assert "Godt at vide" in text
    assert "<time" in text


def test_home_shows_the_three_newest(stranger: Client, told: Told):
    for title in ("En", "To", "Tre", "Fire"):
        told(title, picture=picture(), picture_alt="Havnen")
    show_newest_at_home()
    text = read(stranger, "/")

    assert text.count("story-card__picture") == 3
    assert ">En</a>" not in text
    assert text.find(">Fire</a>") < text.find(">Tre</a>") < text.find(">To</a>")
    assert text.count('alt="Havnen"') == 3


def test_home_says_nothing_of_stories_while_there_are_none(stranger: Client, clerk: User):
    story(by=clerk)
    show_newest_at_home()
    text = read(stranger, "/")

    assert "band--stories" not in text
    assert "De nyeste historier" not in text


def test_home_shows_stories_of_its_own_language(stranger: Client, told: Told):
    told("På dansk")
    told("In English", language="en")
    for language in ("da", "en"):
        front = home(language)
        front.body = [block("stories", {"title": "Nyt" if language == "da" else ""})]
        front.save_revision().publish()

    danish, english = read(stranger, "/"), read(stranger, "/en/")

    assert "På dansk" in danish
    assert "In English" not in danish
    assert "<h2>Nyt</h2>" in danish
    assert "In English" in english
    assert "The newest stories" in english


def test_stories_are_in_the_menu_when_they_shall(stranger: Client, told: Told):
    told()
    index = stories()
    index.show_in_menus = True
    index.save_revision().publish()

    assert f'<li><a href="{index.url}"' in read(stranger, "/")


# --- Before it is live ----------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("da", "Ikke udgivet"), ("en", "Not live yet")])
def test_draft_can_be_looked_at(clerk: User, signed_in: SignedIn, language: str, words: str):
    page = story(by=clerk, language=language, picture=picture(), picture_alt="Havnen")
    answer = signed_in(clerk).get(f"/admin/pages/{page.pk}/view_draft/")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert words in text
    assert f'<html lang="{language}">' in text
    assert "article:published_time" not in text


def test_story_that_was_never_saved_can_be_looked_at(clerk: User):
    index = stories()
    page = StoryPage(title="Ny", slug="ny", locale=index.locale, owner=clerk)
    index.refresh_from_db()
    page.path, page.depth = f"{index.path}0001", index.depth + 1
    page.set_url_path(index)

    answer = page.make_preview_request()

    assert answer.status_code == 200
    assert "Ny" in answer.content.decode()

"""The feed, as a reader's program asks for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.stories.models import Kind, StoryPage
from panel.accounts.models import User
from tests.cms.stories.conftest import Told
from tests.conftest import SignedIn
from tests.factories.pages import picture
from tests.factories.stories import put_live, rewrite, stories, story

FEED = "/historier/feed.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def ask(client: Client, path: str = FEED, **headers: str) -> Any:
    return client.get(path, headers=headers)


def entries(answer: Any) -> list[ElementTree.Element]:
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314  # our own


def words(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_entry_tells_the_story(stranger: Client, told: Told, clerk: User, editor: User):
    with time_machine.travel(datetime(2027, 3, 2, 9, 30, tzinfo=UTC), tick=False) as clock:
        page = told(kind=Kind.OUTCOME, picture=picture(), picture_alt="Cykler i to lag")
        clock.move_to(datetime(2027, 3, 5, 9, tzinfo=UTC))
        rewrite(page, by=clerk, lead="Nu med tag.")
        put_live(page, asked_by=clerk, by=editor)
    [entry] = entries(ask(stranger))
    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}

    assert words(entry, "title") == "Nye cykelstativer ved stationen"
    assert words(entry, "summary") == "Nu med tag."
    assert words(entry, "published") == "2027-03-02T09:30:00+00:00"
    assert words(entry, "updated") == "2027-03-05T09:00:00+00:00"
    assert links["alternate"].get("href") == f"{settings.SITE_URL}{page.url}"
    assert links["enclosure"].get("type") == "image/jpeg"
    assert links["enclosure"].get("title") == "Cykler i to lag"
    shown = stranger.get(str(links["enclosure"].get("href")).removeprefix(settings.SITE_URL))
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8\xff")


def test_feed_names_itself_and_its_language(stranger: Client, told: Told):
    told()
    told("In English", language="en")
    danish, english = ask(stranger), ask(stranger, f"/en{FEED}")
    root = ElementTree.fromstring(danish.content)  # noqa: S314

    assert danish["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "da"
    assert words(root, "id") == f"{settings.SITE_URL}{FEED}"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert root.findall(f"{ATOM}link[@rel='self']")[0].get("href") == f"{settings.SITE_URL}{FEED}"
    assert [words(entry, "title") for entry in entries(english)] == ["In English"]
    assert b'xml:lang="en"' in english.content


@pytest.mark.parametrize(
    "title",
    [
        "Kaffe & kage",
        "<script>alert(1)</script>",
        "]]> --> \"'",
        "Fejring \U0001f973 på Torvet",
        "Med klokke \x07 og skift \x0c i",
        "Æøå \ufffe\uffff",
    ],
)
def test_any_title_is_valid_xml(stranger: Client, told: Told, title: str):
    page = told(title, lead=title, slug="titel")
    expected = "".join(letter for letter in title if letter not in "\x07\x0c\ufffe\uffff")
    [entry] = entries(ask(stranger))

    assert words(entry, "title") == expected
    assert words(entry, "summary") == expected
    assert page.live


def test_name_of_an_entry_outlives_its_address(
    stranger: Client, told: Told, clerk: User, editor: User
):
    page = told(slug="cykler")
    before = words(entries(ask(stranger))[0], "id")
    rewrite(page, by=clerk, slug="stativer")
    put_live(page, asked_by=clerk, by=editor)

    assert words(entries(ask(stranger))[0], "id") == before
    assert before.startswith("tag:testserver,")


def test_drafts_and_what_was_taken_down_are_not_in_it(stranger: Client, told: Told, clerk: User):
    page = told("Væk igen")
    told("Bliver")
    story(by=clerk, title="Kladde")
    StoryPage.objects.get(pk=page.pk).unpublish()

    assert [words(entry, "title") for entry in entries(ask(stranger))] == ["Bliver"]


def test_twenty_newest_are_in_it(stranger: Client, told: Told):
    for number in range(22):
        told(f"Historie {number}")
    found = [words(entry, "title") for entry in entries(ask(stranger))]

    assert found == [f"Historie {number}" for number in range(21, 1, -1)]


def test_unchanged_feed_is_not_sent_again(stranger: Client, told: Told):
    told()
    first = ask(stranger)

    with CaptureQueriesContext(connection) as seen:
        again = ask(stranger, if_none_match=first["ETag"])

    assert again.status_code == 304
    assert len(seen) == 1
    assert ask(stranger, if_modified_since=first["Last-Modified"]).status_code == 304
    assert "no-cache" in first["Cache-Control"]


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_taking_down_a_story_is_a_change(stranger: Client, told: Told, header: str):
    with time_machine.travel(datetime(2027, 3, 2, 9, tzinfo=UTC), tick=False) as clock:
        page = told("Væk igen")
        told("Bliver")
        known = ask(stranger)[header]
        clock.shift(60)
        StoryPage.objects.get(pk=page.pk).unpublish()
        condition = {"if_none_match" if header == "ETag" else "if_modified_since": known}

        assert len(entries(ask(stranger, **condition))) == 1


def test_feed_is_the_same_for_everybody(
    stranger: Client, told: Told, member: User, signed_in: SignedIn
):
    told()
    mine, anybodys = ask(signed_in(member)), ask(stranger)

    assert mine.content == anybodys.content
    assert mine.cookies == {}


def test_without_stories_it_is_empty_and_without_their_page_it_is_not_there(
    stranger: Client, db: None
):
    assert ask(stranger).status_code == 404

    stories()

    assert entries(ask(stranger)) == []


def test_pages_lead_to_it(stranger: Client, told: Told):
    page = told()
    for path in (page.url, stories().url):
        assert (
            f'<link rel="alternate" type="application/atom+xml" href="{FEED}"'
            in stranger.get(path).content.decode()
        )


@pytest.mark.parametrize("number", [1, 50])
def test_queries_do_not_grow_with_stories(stranger: Client, told: Told, number: int):
    image = picture()
    for each in range(number):
        told(f"Historie {each}", picture=image, picture_alt="Havnen")
    ask(stranger)

    with CaptureQueriesContext(connection) as seen:
        assert len(entries(ask(stranger))) == min(number, 20)

    assert len(seen) == 7

"""The page of stories: newest first, chosen by, a page at a time, and what it says when empty."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.pages import kept
from cms.stories.models import Kind
from panel.accounts.models import User
from tests.cms.stories.conftest import Told
from tests.factories.pages import picture
from tests.factories.stories import area, department, stories, story

INDEX = "/historier/"


def read(client: Client, query: str = "") -> str:
    answer = client.get(f"{INDEX}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def titles(text: str) -> list[str]:
    return re.findall(r'card-heading"><a href="[^"]*">([^<]*)</a>', text)


def test_newest_stand_first(stranger: Client, told: Told):
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    for days, title in ((3, "Onsdag"), (1, "Mandag"), (2, "Tirsdag")):
        with time_machine.travel(start + timedelta(days=days)):
            told(title)

    assert titles(read(stranger)) == ["Onsdag", "Tirsdag", "Mandag"]


def test_twelve_stand_on_a_page(stranger: Client, told: Told):
    for number in range(14):
        told(f"Historie {number}")

    first, second = read(stranger), read(stranger, "?page=2")

    assert len(titles(first)) == 12
    assert titles(second) == ["Historie 1", "Historie 0"]
    assert "14 historier" in first
    assert 'rel="next" href="?page=2"' in first
    assert "<title>Historier, side 2" in second
    assert f'rel="canonical" href="http://testserver{INDEX}?page=2"' in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999", "1.5", "", "%00", "१"])
def test_rubbish_for_a_page_is_answered(stranger: Client, told: Told, page: str):
    told()

    assert titles(read(stranger, f"?page={page}")) == ["Nye cykelstativer ved stationen"]


@pytest.fixture
def mixed(told: Told) -> None:
    """Three stories, each with a kind, a department and a place of its own; the third has none."""
    told("Vej", kind=Kind.NEWS, department=department("Veje"), place=area("Nord"))
    told("Skole", kind=Kind.PEOPLE, department=department("Skoler"), place=area("Syd"))
    told("Alle", kind=Kind.NEWS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=news", ["Alle", "Vej"]),
        ("?department=skoler", ["Skole"]),
        ("?kind=news&department=veje", ["Vej"]),
        ("?kind=&department=&place=", ["Alle", "Skole", "Vej"]),
        ("?kind=slet-ikke", ["Alle", "Skole", "Vej"]),
        ("?kind=behind", ["Alle", "Skole", "Vej"]),
        ("?department=%00&place=x'--", ["Alle", "Skole", "Vej"]),
        ("?place=99999999999999999999999", ["Alle", "Skole", "Vej"]),
    ],
)
def test_choosing(stranger: Client, mixed: None, query: str, found: list[str]):
    assert titles(read(stranger, query)) == found


def test_choosing_a_place(stranger: Client, mixed: None):
    text = read(stranger, f"?place={area('Syd').pk}")

    assert titles(text) == ["Skole"]
    assert "En historie: Syd" in " ".join(text.split())
    assert "selected>Syd" in text
    assert f'class="filters__reset" href="{INDEX}"' in text


def test_only_what_a_story_has_is_offered(stranger: Client, mixed: None):
    department("Havnen")
    text = read(stranger)

    assert re.findall(r'<option value="([^"]*)"', text.split("filters__do")[0]) == [
        *("", "news", "people"),
        *("", "skoler", "veje"),
        *("", str(area("Nord").pk), str(area("Syd").pk)),
    ]
    assert "filters__reset" not in text


def test_lists_with_nothing_to_choose_are_left_out(stranger: Client, told: Told):
    told()
    text = read(stranger)

    assert 'name="kind"' in text
    assert 'name="department"' not in text
    assert 'name="place"' not in text


def test_choices_stay_while_leafing(stranger: Client, told: Told):
    for number in range(13):
        told(f"Historie {number}", department=department("Veje"))

    assert 'href="?department=veje&amp;page=2"' in read(stranger, "?department=veje")
    assert titles(read(stranger, "?department=veje&page=2")) == ["Historie 0"]


def test_choice_without_stories_has_a_way_out(stranger: Client, mixed: None):
    text = read(stranger, "?kind=people&department=veje")

    assert titles(text) == []
    assert "Ingen historier svarer til dine valg" in text
    assert f'class="button button-secondary" href="{INDEX}"' in text


def test_before_the_first_story(stranger: Client, clerk: User):
    story(by=clerk)
    text = read(stranger)

    assert "Ingen historier endnu" in text
    assert "<select" not in text


def test_stories_of_the_other_language_are_on_its_own_page(stranger: Client, told: Told):
    told("På dansk", kind=Kind.NEWS)
    told("In English", language="en", kind=Kind.PEOPLE)

    assert titles(read(stranger)) == ["På dansk"]
    english = stranger.get(stories("en").url).content.decode()
    assert titles(english) == ["In English"]
    assert 'value="news"' not in english


@pytest.mark.parametrize("number", [1, 50])
def test_queries_do_not_grow_with_stories(stranger: Client, told: Told, number: int):
    for each in range(number):
        image = picture() if each % 25 == 0 else None
        told(
            f"Historie {each}",
            picture=image,
            picture_alt="Havnen" if image else "",
            department=department(f"Afdeling {each % 5}"),
            place=area(f"Sted {each % 5}"),
        )
    last = told("Den nyeste", picture=picture(), picture_alt="Havnen")
    assert last.live
    read(stranger)
    kept.forget()

    with CaptureQueriesContext(connection) as seen:
        read(stranger)

    assert len(seen) == 17

"""The list of departments, kept by editors and administrators."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.accounts.viewsets import deleting
from panel.conversations.models import Department
from panel.conversations.short_names import short_name
from tests.conftest import SignedIn
from tests.factories.stories import area, department, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(editor: User, signed_in: SignedIn) -> Client:
    return signed_in(editor)


def test_a_new_department_gets_its_short_name(browser: Client):
    Department.objects.create(name="Boern", slug="boern")
    browser.post(reverse("departments:add"), {"name": "Børn"})
    assert Department.objects.get(name="Børn").slug == "boern-2"


def test_the_short_name_stays_when_the_name_changes(browser: Client):
    roads = department("Vej og Park")
    browser.post(reverse("departments:edit", args=[roads.pk]), {"name": "By og Natur"})
    roads.refresh_from_db()
    assert (roads.name, roads.slug) == ("By og Natur", "vej-og-park")


@pytest.mark.parametrize(("name", "words"), [("departments", "afdelinger"), ("areas", "områder")])
def test_a_list_without_anything_says_so_and_where_to_begin(browser: Client, name: str, words: str):
    page = browser.get(reverse(f"{name}:index")).content.decode()
    assert f"Der er ingen {words} endnu." in page
    assert reverse(f"{name}:add") in page


@pytest.mark.parametrize("name", ["", "   ", "børn og unge", "BØRN OG UNGE"])
def test_a_name_that_is_none_or_taken_is_refused_in_words(browser: Client, name: str):
    department("Børn og Unge")
    answer = browser.post(reverse("departments:add"), {"name": name})
    assert answer.context["form"].errors["name"]
    assert Department.objects.count() == 1


def test_what_stories_rest_on_is_not_deleted(browser: Client, clerk: User):
    roads, harbour = department(), area()
    story(by=clerk, department=roads, place=harbour)
    for row, name in ((roads, "departments"), (harbour, "areas")):
        address = reverse(f"{name}:delete", args=[row.pk])
        page = browser.get(address).content.decode()
        assert "navnet er i brug: 1 historie." in page
        assert "Ja, slet" not in page
        assert reverse(f"{name}:edit", args=[row.pk]) in page
        browser.post(address)
        assert type(row).objects.filter(pk=row.pk).exists()


def test_what_nothing_rests_on_is_deleted(browser: Client):
    roads = department()
    address = reverse("departments:delete", args=[roads.pk])
    assert "cannot be deleted" not in browser.get(address).content.decode()
    browser.post(address)
    assert not Department.objects.exists()


def test_somebody_faster_is_told_of(browser: Client, clerk: User, monkeypatch: pytest.MonkeyPatch):
    """Nothing was in the way when the page was shown."""
    roads = department()
    story(by=clerk, department=roads)
    monkeypatch.setattr(deleting.DeleteUnlessUsed, "get_usage", lambda self: None)
    monkeypatch.setattr(deleting.DeleteUnlessUsed, "get_usage_url", lambda self: None)
    answer = browser.post(reverse("departments:delete", args=[roads.pk]))
    assert [str(each) for each in get_messages(answer.wsgi_request)]
    assert Department.objects.filter(pk=roads.pk).exists()


def test_comms_choose_among_departments_and_keep_none(clerk: User, signed_in: SignedIn):
    signed_in(clerk).post(reverse("departments:add"), {"name": "Kultur"})
    assert not Department.objects.exists()


def test_short_names_are_told_apart():
    assert short_name("Århus Å", ()) == "aarhus-aa"
    assert short_name("!!!", {"emne"}) == "emne-2"

"""The panel's staff screens, asked by those who may and those who may not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.members.actions import Told, tell
from panel.members.models import Area, ConsentText, Interest, Profile
from panel.members.viewsets.overview import Overview
from tests.conftest import SignedIn
from tests.factories.panel import a_member

pytestmark = pytest.mark.django_db

PAGES = ["panel:index", "consent_texts:index"]


@pytest.mark.parametrize("page", PAGES)
def test_comms_look(page: str, clerk: User, signed_in: SignedIn) -> None:
    assert signed_in(clerk).get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_specialist_does_not(page: str, specialist: User, signed_in: SignedIn) -> None:
    assert signed_in(specialist).get(reverse(page)).status_code in (302, 403)


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_led_to_the_door(page: str, stranger: Client) -> None:
    assert stranger.get(reverse(page)).status_code == 302


def test_the_numbers_name_nobody(analyst: User, signed_in: SignedIn) -> None:
    area = Area.objects.create(name="Havnen")
    members = [a_member() for _each in range(6)]
    Profile.objects.filter(member__in=members).update(area=area)
    page = signed_in(analyst).get(reverse("panel:index")).content.decode()
    assert "Havnen" in page
    assert not any(member.user.email in page for member in members)


def test_an_editor_writes_and_publishes_the_next_words(editor: User, signed_in: SignedIn) -> None:
    browser = signed_in(editor)
    assert browser.get(reverse("consent_texts:new")).status_code == 200
    browser.post(reverse("consent_texts:new"), {"language": "da", "text": "Nye ord"})
    draft = ConsentText.objects.get(version=2)
    assert draft.published_at is None
    browser.post(reverse("consent_texts:publish", args=[draft.pk]))
    assert ConsentText.objects.current("da") == draft
    assert browser.get(reverse("consent_texts:text", args=[draft.pk])).status_code == 200


def test_comms_cannot_publish(clerk: User, signed_in: SignedIn) -> None:
    draft = ConsentText.objects.create(version=2, language="da", text="Nye ord")
    signed_in(clerk).post(reverse("consent_texts:publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.published_at is None


def test_an_editor_keeps_the_list_of_areas(editor: User, signed_in: SignedIn) -> None:
    browser = signed_in(editor)
    browser.post(reverse("areas:add"), {"name": "Nordbyen", "order": 1})
    assert Area.objects.filter(name="Nordbyen").exists()
    assert browser.get(reverse("areas:index")).status_code == 200


def test_what_was_told_is_there_to_be_changed_and_stays(signed_in: SignedIn) -> None:
    member = a_member()
    area, interest = Area.objects.create(name="Havnen"), Interest.objects.create(name="Skoler")
    told = Told(age_band="40-49", area=area, gender="woman", interests=[interest])
    tell(member, told=told, by=member.user)
    browser = signed_in(member.user)

    page = browser.get(reverse("members:about"))
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    browser.post(reverse("members:about"), {**shown, "gender": ""})

    assert shown["interests"] == [interest.pk]
    assert b'value="40-49" selected' in page.content
    profile = Profile.objects.get(member=member)
    assert (profile.age_band, profile.area, profile.gender) == ("40-49", area, "")
    assert list(profile.interests.all()) == [interest]


def test_pages_are_headed_by_what_they_are(editor: User, signed_in: SignedIn) -> None:
    browser = signed_in(editor)
    text = ConsentText.objects.current("en")
    assert text is not None
    numbers = browser.get(reverse("panel:index"))
    words = browser.get(reverse("consent_texts:text", args=[text.pk]))

    assert numbers.context["breadcrumbs_items"][-1]["label"] == Overview.page_title
    assert words.context["breadcrumbs_items"][-1]["label"].startswith("Version 1 – ")

"""The municipality's own row: edited by those who may, with colours that can be read."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cms.pages.models import MunicipalitySettings
from panel.accounts.models import User
from tests.conftest import SignedIn


def settings_url() -> str:
    return reverse("wagtailsettings:edit", args=["pages", "municipalitysettings", 1])


def form_with(**changed: Any) -> dict[str, Any]:
    """What the settings form sends."""
    return {
        "name": "Prøvekøbing Kommune",
        "panel_name": "Medspil",
        "brand_colour": "#14505c",
        "accent_colour": "#f2b441",
        **changed,
    }


def test_fresh_install_has_the_name_of_the_environment(db: None):
    assert MunicipalitySettings.load().name == "Prøvekøbing Kommune"


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Prøvekøbing Kommune", "P"), ("Faaborg-Midtfyn Kommune", "F"), ("Ny By Kommune", "NB"),
     ("Kommune", "M"), ("", "M")],
)  # fmt: skip
def test_initials_stand_for_the_name(name: str, initials: str):
    assert MunicipalitySettings(name=name).initials == initials


def test_pale_colour_is_refused_with_its_contrast_and_one_that_works():
    owner = MunicipalitySettings(name="P", brand_colour="#ffcc00")

    with pytest.raises(ValidationError) as refusal:
        owner.clean_fields()

    sentence = " ".join(refusal.value.message_dict["brand_colour"])
    assert "1.4" in sentence
    assert "4.5" in sentence
    suggested = sentence.rstrip(".").split()[-1]
    MunicipalitySettings(name="P", brand_colour=suggested).clean_fields()


def test_dark_accent_is_refused_with_one_that_works():
    with pytest.raises(ValidationError) as refusal:
        MunicipalitySettings(name="P", accent_colour="#333333").clean_fields()

    suggested = " ".join(refusal.value.message_dict["accent_colour"]).rstrip(".").split()[-1]
    MunicipalitySettings(name="P", accent_colour=suggested).clean_fields()


@pytest.mark.parametrize("colour", ["red", "#12", "#14505c; }", "14505c", "#zzzzzz"])
def test_what_is_no_colour_is_refused_in_words(colour: str):
    with pytest.raises(ValidationError) as refusal:
        MunicipalitySettings(name="P", brand_colour=colour).clean_fields()
    assert "brand_colour" in refusal.value.message_dict


def test_database_refuses_what_is_no_colour(db: None):
    owner = MunicipalitySettings.load()
    with pytest.raises(IntegrityError), transaction.atomic():
        MunicipalitySettings.objects.filter(pk=owner.pk).update(brand_colour="red;}")


@pytest.mark.parametrize(
    ("cvr", "is_fine"), [("12345678", True), ("", True), ("1234", False), ("1234567a", False)]
)
def test_cvr_number_is_eight_digits(cvr: str, is_fine: bool):
    owner = MunicipalitySettings(name="P", cvr=cvr)
    if is_fine:
        owner.clean_fields()
    else:
        with pytest.raises(ValidationError):
            owner.clean_fields()


def test_editor_changes_the_colour_and_the_next_visitor_sees_it(
    editor: User, signed_in: SignedIn, stranger: Client
):
    before = stranger.get("/").content.decode()

    answer = signed_in(editor).post(settings_url(), form_with(brand_colour="#7a1f2b"))

    assert answer.status_code == 302, answer.context["form"].errors
    after = stranger.get("/").content.decode()
    assert "#14505c" in before
    assert "#7a1f2b" in after
    theme = after.split('href="/tema.css')[1].split('"')[0]
    assert theme != before.split('href="/tema.css')[1].split('"')[0]


def test_administrator_may_and_clerk_and_stranger_may_not(
    administrator: User, clerk: User, signed_in: SignedIn, stranger: Client
):
    assert signed_in(administrator).get(settings_url()).status_code == 200
    assert signed_in(clerk).get(settings_url()).status_code == 302
    assert "/login/" in stranger.get(settings_url())["Location"]

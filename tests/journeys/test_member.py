"""From an invitation's link to leaving again, on a phone: what an invited citizen goes through."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from playwright.sync_api import Page, expect

from panel.accounts.models import User
from panel.invitations.models import Invitation, InvitationState
from panel.members.models import Claim, Member
from tests.journeys.axe import sound
from tests.journeys.cast import link, mette
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, code, has_error, submit

__all__ = ["link", "mette"]  # fixtures

LANGUAGES = ["da", "en"]
PREFIX = {"da": "", "en": "/en"}


# --- Joining --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_invited_citizen_joins_sees_takes_along_and_leaves(
    link: str, open_page: OpenPage, language: str
):
    page = open_page(PREFIX[language] + link, width=PHONE)
    assert page.context.cookies() == [] or _only_csrf(page)
    sound(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bo Lind")
    submit(page)

    _give_address(page, "bo@example.dk")
    _give_code(page)
    _say_yes(page)
    _tell_about_oneself(page)
    sound(page)  # welcome, and a question
    page.locator("button[value=yes]").click()

    expect(page).to_have_url(re.compile("/min-side/$"))
    expect(page.locator("#claims + form")).to_contain_text("Bo Lind")
    assert Claim.objects.get().commenter.name == "Bo Lind"
    expect(page.get_by_text("bo@example.dk")).to_be_visible()
    expect(page.get_by_text("Havnen")).to_be_visible()
    sound(page)
    assert Invitation.objects.get().state == InvitationState.JOINED

    _take_along(page)
    _leave(page)


def _only_csrf(page: Page) -> bool:
    """A form needs a cookie against forgery, and none besides."""
    return {each["name"] for each in page.context.cookies()} <= {settings.CSRF_COOKIE_NAME}


def _give_address(page: Page, address: str) -> None:
    expect(page).to_have_url(re.compile("/deltag/$"))
    sound(page)
    submit(page)
    has_error(page)
    page.locator("[name=email]").fill("ikke en adresse")
    submit(page)
    has_error(page)
    page.locator("[name=email]").fill(address)
    submit(page)


def _give_code(page: Page) -> None:
    expect(page).to_have_url(re.compile("/deltag/kode/$"))
    sound(page)
    page.locator("[name=code]").fill("0000 0000")
    submit(page)
    has_error(page)
    page.locator("[name=code]").fill(code())
    submit(page)


def _say_yes(page: Page) -> None:
    expect(page).to_have_url(re.compile("/deltag/ja/$"))
    sound(page)
    page.locator("[name=birth_year]").fill("2020")
    submit(page)
    has_error(page)
    page.locator("[name=birth_year]").fill("1984")
    page.locator("label[for=id_agrees]").click()
    submit(page)


def _tell_about_oneself(page: Page) -> None:
    expect(page).to_have_url(re.compile("/deltag/om-dig/$"))
    sound(page)
    page.locator("[name=age_band]").select_option("40-49")
    page.locator("[name=area]").select_option(label="Havnen")
    page.get_by_text("Cykelstier").click()
    submit(page)
    expect(page).to_have_url(re.compile("/deltag/velkommen/$"))


def _take_along(page: Page) -> None:
    page.locator("a[href$='/min-side/mine-data/']").click()
    sound(page)
    with page.expect_download() as taken:
        page.locator("a[href$='/min-side/mine-data/fil/']").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(taken.value.path()).read_bytes()))
    data = json.loads(archive.read("mine-data.json"))
    assert "bo@example.dk" in json.dumps(data)
    page.locator("main .actions a").nth(1).click()


def _leave(page: Page) -> None:
    page.locator("a[href$='/min-side/forlad/']").click()
    sound(page)
    submit(page)
    expect(page).to_have_url(re.compile("/farvel/$"))
    sound(page)
    assert not Member.objects.exists()
    assert not User.objects.filter(email="bo@example.dk").exists()
    assert mail.outbox[-1].to == ["bo@example.dk"]


def test_anybody_joins_without_an_invitation(site: Any, open_page: OpenPage):
    page = open_page("/deltag/", width=PHONE)
    page.locator("[name=email]").fill("ny@example.dk")
    submit(page)
    page.locator("[name=code]").fill(code().replace(" ", ""))
    submit(page)
    page.locator("[name=birth_year]").fill("1984")
    page.locator("label[for=id_agrees]").click()
    submit(page)
    page.locator("main .actions a").first.click()  # skip telling anything

    expect(page).to_have_url(re.compile("/deltag/velkommen/$"))
    assert Member.objects.get().user.email == "ny@example.dk"


def test_joining_works_without_scripts(link: str, open_page: OpenPage):
    page = open_page(link, width=PHONE, java_script_enabled=False)
    submit(page)
    page.locator("[name=email]").fill("uden@example.dk")
    submit(page)
    page.locator("[name=code]").fill(code())
    submit(page)
    page.locator("[name=birth_year]").fill("1984")
    page.locator("[name=agrees]").check(force=True)
    submit(page)
    submit(page)

    assert Member.objects.get().user.email == "uden@example.dk"


# --- A member's own page --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_member_s_pages_are_sound(mette: Member, open_page: OpenPage, language: str):
    page = open_page(f"{PREFIX[language]}/min-side/", user=mette.user)
    for name in ("", "om-mig/", "mine-data/", "forlad/", "indsigelse/"):
        page.goto(f"{PREFIX[language]}/min-side/{name}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("h1")).to_have_count(1)
        sound(page)


def test_member_changes_what_they_told_and_takes_a_claim_back(mette: Member, open_page: OpenPage):
    page = open_page("/min-side/om-mig/", user=mette.user, width=PHONE)
    page.locator("[name=gender]").select_option("other")
    submit(page)
    expect(page.locator(".alert-success")).to_be_visible()
    sound(page)
    page.locator("form.with-button button").click()

    expect(page.locator("form.with-button")).to_have_count(0)
    assert not mette.claims.exists()

"""A citizen asks the municipality, and a communications officer answers them in a browser."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from panel.accounts.models import User
from panel.audit.models import Event
from panel.basis.models import Objection
from panel.conversations.models import Comment, Commenter
from panel.members.models import Member
from tests.factories.conversations import CommenterFactory, CommentFactory, PostFactory
from tests.factories.panel import a_member, open_gate
from tests.journeys.axe import sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import go

LINK = "https://network.example/posts/1001?comment_id=2002"


@pytest.fixture
def bo(site: Any) -> Commenter:
    """Somebody who wrote once, where a link leads to it."""
    open_gate()
    person: Commenter = CommenterFactory(name="Bo Lind")
    CommentFactory(
        post=PostFactory(channel=person.channel), commenter=person, url=LINK, text="Lygten er gået"
    )
    return person


def look_for(page: Page, words: str) -> None:
    page.goto("/admin/asking/")
    page.get_by_role("textbox", name=re.compile("^(Navn|Name)")).fill(words)
    go(page.locator("main form button[type=submit]"))


def choose(page: Page, word: str) -> None:
    """What the citizen asks for, and the page that says what will happen."""
    go(page.locator(f"main a[href$='/{word}/']"))
    sound_for_staff(page)


def confirm(page: Page) -> None:
    page.locator("main form button[type=submit]").click()


def test_officer_looks_a_citizen_up_copies_and_objects_for_them(
    bo: Commenter, open_page: OpenPage, clerk: User
) -> None:
    desk = open_page("/admin/", user=clerk)
    go(desk.get_by_role("link", name="En borger spørger"))
    sound_for_staff(desk)
    look_for(desk, LINK)
    sound_for_staff(desk)
    go(desk.get_by_role("link", name="Bo Lind"))
    sound_for_staff(desk)

    choose(desk, "copy")
    with desk.expect_download() as taken:
        confirm(desk)
    archive = zipfile.ZipFile(io.BytesIO(Path(taken.value.path()).read_bytes()))
    assert "Lygten er gået" in archive.read("mine-data.html").decode()
    go(desk.get_by_role("link", name="Annullér"))

    choose(desk, "object")
    assert not Objection.objects.exists()
    confirm(desk)

    expect(desk.locator(".messages .success")).to_be_visible()
    sound_for_staff(desk)
    assert Comment.objects.get().text == "Lygten er gået"
    look_for(desk, "Bo Lind")
    expect(desk.locator("main .help-block")).to_be_visible()
    sound_for_staff(desk)
    told = set(Event.objects.filter(by_id=clerk.pk).values_list("what", flat=True))
    assert {"person.looked_up", "person.copied", "objection.noted"} <= told


def test_officer_thinks_better_of_it_and_then_erases(
    bo: Commenter, open_page: OpenPage, clerk: User
) -> None:
    desk = open_page("/admin/asking/", user=clerk)
    look_for(desk, "lind")
    go(desk.get_by_role("link", name="Bo Lind"))
    choose(desk, "erase")
    go(desk.get_by_role("link", name="Annullér"))
    assert Commenter.objects.filter(pk=bo.pk).exists()

    choose(desk, "erase")
    confirm(desk)

    expect(desk.locator(".messages .success")).to_be_visible()
    assert not Commenter.objects.exists()
    assert Comment.objects.get().text == ""


def test_officer_erases_a_member_by_their_whole_address(
    site: Any, open_page: OpenPage, clerk: User
) -> None:
    email = a_member().user.email
    desk = open_page("/admin/asking/", user=clerk)
    look_for(desk, email.split("@")[0])
    expect(desk.locator("main .help-block")).to_be_visible()
    look_for(desk, email.upper())
    go(desk.get_by_role("link", name=email))
    sound_for_staff(desk)

    confirm(desk)

    expect(desk.locator(".messages .success")).to_be_visible()
    assert not Member.objects.exists()
    assert not User.objects.filter(email=email).exists()


def test_specialist_has_no_such_door(bo: Commenter, open_page: OpenPage, specialist: User) -> None:
    desk = open_page("/admin/", user=specialist)

    expect(desk.get_by_role("link", name="En borger spørger")).to_have_count(0)
    desk.goto(f"/admin/asking/{bo.public_id}/")
    expect(desk.locator("body")).not_to_contain_text("Bo Lind")

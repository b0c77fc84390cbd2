"""A story's way from the phone to the site: written, refused to its author, approved by another."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, expect

from cms.media.models import Picture
from cms.publishing import sweeping
from cms.publishing.actions import submit
from cms.publishing.models import Publication
from cms.review import actions as review
from cms.review.models import Approval, State
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.core.clock import now
from tests.cms.media.pictures import CANARY, canvas, exif, saved
from tests.factories.accounts import staff_with
from tests.factories.pages import every_block, picture
from tests.factories.stories import channel, put_live, rewrite, scheduled, stories, story, teaser
from tests.journeys.axe import sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, tab_to

# Where a picture says where it was taken.
GPS = 0x8825


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's."""
    monkeypatch.setattr(sweeping, "clock", now)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """What a phone takes: with place, time and camera in the file."""
    path = tmp_path / "IMG_2210.jpg"
    path.write_bytes(saved(canvas(size=(1600, 1200)), "JPEG", exif=exif(6).tobytes()))
    assert CANARY in path.read_bytes()
    return path


def files() -> Iterator[bytes]:
    """Everything that was stored."""
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def upload(page: Page, path: Path) -> None:
    page.goto("/admin/images/multiple/add/")
    page.locator("input[type=file]").set_input_files(path)
    form = page.locator("form[action*=create_from_uploaded_image]")
    form.locator("[name$=title]").fill("Stativerne")
    form.locator("[name$=description]").fill("Nye cykelstativer foran stationen")
    form.locator("[name$=people]").select_option("nobody")
    form.locator("button[type=submit]").click()
    expect(form).to_have_count(0)


def test_from_the_phone_s_photo_to_the_site(
    site: Any, open_page: OpenPage, clerk: User, editor: User, photo: Path
):
    index = stories()
    desk = open_page("/admin/", user=clerk)
    upload(desk, photo)
    shown = Picture.objects.get(title="Stativerne")
    desk.goto(f"/admin/pages/add/stories/storypage/{index.pk}/")
    desk.locator("[name=title]").fill("Ny cykelparkering på havnen")
    desk.locator("[name=lead]").fill("Nu er der plads til 200 cykler.")
    # A script makes the address of the title.
    expect(desk.locator("[name=slug]")).not_to_have_value("")
    with desk.expect_navigation(url="**/send/"):
        desk.locator("button[name=action-send-for-approval]").click()
    page = StoryPage.objects.get(title="Ny cykelparkering på havnen")
    expect(desk.locator(".help-critical")).to_be_visible()
    expect(desk.locator("main button[type=submit]")).to_have_count(0)

    rewrite(page, by=clerk, picture=shown, picture_alt="Nye cykelstativer", body=every_block(shown))
    desk.reload()
    with desk.expect_navigation(url="**/godkend/**"):
        desk.locator("main .asking button[type=submit]").click()
    approval = Approval.objects.get(page=page)
    expect(desk.locator("button[value=approve]")).to_have_count(0)
    expect(desk.locator("main")).to_contain_text("Eva Editor")

    phone = open_page("/admin/godkend/", user=editor, width=PHONE)
    tab_to(phone, f"a[href='/admin/godkend/{approval.pk}/']")
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
    tab_to(phone, "a[href='#decide']")
    phone.keyboard.press("Enter")
    tab_to(phone, "button[value=approve]")
    with phone.expect_navigation():
        phone.keyboard.press("Enter")

    assert Approval.objects.get(page=page).state == State.APPROVED
    assert sweeping.sweep() == 1
    citizen = open_page(StoryPage.objects.get(pk=page.pk).url)
    expect(citizen.locator("h1")).to_have_text("Ny cykelparkering på havnen")
    everything = list(files())
    assert everything
    for content in everything:
        assert CANARY not in content
        with Image.open(io.BytesIO(content)) as stored:
            assert not stored.getexif().get_ifd(GPS)


def test_an_edit_after_the_yes_stops_it(site: Any, open_page: OpenPage, clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=now() + timedelta(hours=1))
    desk = open_page(f"/admin/pages/{page.pk}/edit/", user=clerk)
    desk.locator(".messages a[href$='/tag-tilbage/']").click()
    desk.locator("[name=why]").fill("Tallet er forkert")
    with desk.expect_navigation(url="**/edit/"):
        desk.locator("main form button[type=submit]").click()

    expect(desk.locator("button[name=action-send-for-approval]")).to_be_visible()
    assert Approval.objects.get(pk=approval.pk).state == State.TAKEN_BACK
    assert Publication.objects.get().state == "cancelled"


def test_a_superuser_with_a_hand_in_it_is_refused(site: Any, open_page: OpenPage, editor: User):
    root = staff_with(name="Rita Rod", is_superuser=True)
    approval = submit(story(by=root), by=root)

    desk = open_page(f"/admin/godkend/{approval.pk}/", user=root)

    expect(desk.locator("main .help-info").first).to_contain_text("Eva Editor")
    expect(desk.locator("button[value=approve]")).to_have_count(0)


def test_a_no_needs_words_and_they_land_where_the_author_writes(
    site: Any, open_page: OpenPage, clerk: User, editor: User
):
    approval = submit(story(by=clerk), by=clerk)
    phone = open_page(f"/admin/godkend/{approval.pk}/", user=editor, width=PHONE)
    phone.locator("button[value=changes]").click()

    expect(phone.locator(".errors")).to_be_focused()
    assert phone.title().startswith("Fejl:")
    sound_for_staff(phone)
    phone.locator("[name=note]").fill("Er det 200 eller 300?")
    with phone.expect_navigation(url="**/godkend/"):
        phone.locator("button[value=changes]").click()

    desk = open_page(f"/admin/pages/{approval.page_id}/edit/", user=clerk)
    expect(desk.locator("main .help-warning").first).to_contain_text("Er det 200 eller 300?")


def test_the_pages_are_sound(site: Any, open_page: OpenPage, clerk: User, editor: User):
    staff_with(Role.EDITOR, name="Ella Editor")
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)
    image = picture("Solopgang", (1600, 900))
    rewrite(page, by=clerk, picture=image, picture_alt="Havnen i sol", body=every_block(image))
    teaser(StoryPage.objects.get(pk=page.pk), channel(), "Læs om stativerne", by=clerk)
    desk = open_page(f"/admin/historier/{page.pk}/send/", user=clerk)
    sound_for_staff(desk)
    desk.locator("[name=when][value=at]").check()
    desk.locator("[name=day]").fill("2027-03-28")
    desk.locator("[name=at]").fill("02:30")
    desk.locator(".asking button[type=submit]").click()
    expect(desk.locator(".errors")).to_be_focused()
    sound_for_staff(desk)
    approval = submit(StoryPage.objects.get(pk=page.pk), due_at=now() + timedelta(days=1), by=clerk)
    phone = open_page(f"/admin/godkend/{approval.pk}/", user=editor)
    sound_for_staff(phone)
    phone.goto("/admin/godkend/")
    sound_for_staff(phone)
    desk.goto(f"/admin/historier/{page.pk}/tag-tilbage/")
    sound_for_staff(desk)
    review.reject(approval, note="Nej", by=editor)
    phone.goto(f"/admin/godkend/{approval.pk}/")
    sound_for_staff(phone)

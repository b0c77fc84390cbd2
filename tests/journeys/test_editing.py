"""What editors meet when they make a page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from panel.accounts.models import User
from panel.conversations.models import Department
from tests.factories.stories import department, story
from tests.journeys.axe import at_widths, sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, tab_to


def test_clerk_opens_every_kind_of_page_and_nothing_is_refused(
    site: Any, open_page: OpenPage, clerk: User
):
    page = open_page("/admin/", user=clerk)
    for kind in site["da"].values():
        page.goto(f"/admin/pages/{kind.pk}/edit/")
        expect(page.locator("main form .footer button").first).to_be_visible()


def test_editor_is_told_which_colour_would_do(site: Any, open_page: OpenPage, editor: User):
    page = open_page("/admin/settings/pages/municipalitysettings/1/", user=editor)

    page.locator("[name=brand_colour]").fill("#ffcc00")
    page.locator("main form button[type=submit]").first.click()

    expect(page.locator(".error-message").first).to_contain_text("#8")


def test_editor_keeps_the_departments_with_the_keyboard(
    site: Any, open_page: OpenPage, editor: User, clerk: User
):
    story(by=clerk, department=department("Vej og Park"))
    page = open_page("/admin/departments/", user=editor, width=PHONE)
    sound_for_staff(page, PHONE)

    tab_to(page, "a[href$='/departments/new/']")
    page.keyboard.press("Enter")
    tab_to(page, "[name=name]")
    page.keyboard.type("vej og park")
    page.keyboard.press("Enter")
    expect(page.locator(".error-message")).to_be_visible()
    sound_for_staff(page, PHONE)
    page.locator("[name=name]").fill("Børn og Unge")
    page.keyboard.press("Enter")
    expect(page.locator(".messages .success")).to_contain_text("Børn og Unge")

    page.goto(f"/admin/departments/delete/{Department.objects.get(slug='vej-og-park').pk}/")
    sound_for_staff(page, PHONE)
    tab_to(page, "main a.button")
    page.keyboard.press("Enter")
    tab_to(page, "[name=name]")
    page.keyboard.type("By og Natur")
    page.keyboard.press("Enter")
    expect(page.locator(".messages .success")).to_contain_text("By og Natur")
    sound_for_staff(page, PHONE)


def test_a_list_says_its_name_on_a_phone_and_is_as_wide_as_a_tablet(
    site: Any, open_page: OpenPage, editor: User
):
    page = open_page("/admin/departments/", user=editor, width=PHONE)
    header = page.locator(".w-breadcrumbs").bounding_box()
    name = page.get_by_role("link", name="Afdelinger").last.bounding_box()
    assert header is not None
    assert name is not None
    assert name["x"] + name["width"] <= header["x"] + header["width"]

    for _width in at_widths(page, PHONE, 768):
        assert page.locator("table.listing").evaluate(
            "(table) => table.rows[0].offsetWidth >= document.querySelector('main').clientWidth"
        )

"""What editors meet when they make a page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from panel.accounts.models import User
from tests.journeys.conftest import OpenPage


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

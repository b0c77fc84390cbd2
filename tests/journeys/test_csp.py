"""The content security policy, kept by every screen of the administration (trust S10).

The crawl starts at the home of the staff screens and follows every link, one page of each kind; the
watch on every page (``axe.py``) complains of whatever the policy refused.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from panel.accounts.models import User
from tests.factories.accounts import UserFactory, with_totp
from tests.journeys.conftest import OpenPage

LINKS = """() => [...document.querySelectorAll("a[href]")].map((link) => link.href)"""
# What is no page: it would end the crawl, download something, or needs something chosen first.
NOT_A_PAGE = re.compile(r"export=|/(logout|preview|sprite|jsi18n|bulk|download)/")
# Every screen has a kind; fewer than this, and the crawl lost its way.
AT_LEAST = 45


@pytest.fixture
def boss() -> User:
    """Somebody who may see everything."""
    return with_totp(UserFactory(staff=True, is_superuser=True))


def kind_of(address: str) -> str:
    """Pages whose addresses differ in numbers only are of one kind."""
    return re.sub(r"\d+", "0", urlsplit(address).path)


def crawl(page: Page, origin: str) -> set[str]:
    """Open one staff page of every kind that links lead to; returns the kinds."""
    waiting, seen = [page.url], set()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in seen or not kind.startswith("/admin/") or NOT_A_PAGE.search(address):
            continue
        seen.add(kind)
        page.goto(address)
        # What scripts write after the page is there is held to the policy too.
        page.wait_for_timeout(250)
        waiting += [link for link in page.evaluate(LINKS) if link.startswith(origin)]
    return seen


@pytest.mark.timeout(600)
def test_no_staff_screen_breaks_the_policy(
    site: Any, open_page: OpenPage, live_server: Any, boss: User
):
    visited = crawl(open_page("/admin/", user=boss), live_server.url)

    assert len(visited) >= AT_LEAST, sorted(visited)


def test_date_fields_open_a_calendar(site: Any, open_page: OpenPage, boss: User):
    page = open_page("/admin/settings/pages/municipalitysettings/", user=boss)

    page.locator("#id_accessibility_renewed_on").focus()

    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)


def test_choosers_open_their_dialog(site: Any, open_page: OpenPage, boss: User):
    page = open_page("/admin/sites/new/", user=boss)

    page.locator("#id_root_page-chooser button:visible").first.click()

    expect(page.locator(".modal-dialog")).to_be_visible()


def test_rich_text_says_what_goes_where(site: Any, open_page: OpenPage, boss: User):
    page = open_page(f"/admin/pages/{site['da']['homepage'].pk}/edit/", user=boss)

    expect(page.locator(".Draftail-Editor").first).to_be_visible()
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules !== null)")


def test_policy_of_the_pages(stranger: Client, site: Any):
    for address in ("/", "/soeg/", "/konto/login/", "/admin/login/"):
        header = stranger.get(address, follow=True)["Content-Security-Policy"]
        policy = dict(part.strip().split(" ", 1) for part in header.split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert "unsafe" not in header
        assert "http" not in header

"""Staff read Danish: whatever a package says in English and has Danish words for is a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from panel.accounts.models import User
from tests.catalogues import Entry, read
from tests.journeys.conftest import OpenPage
from tests.test_danish import DOMAINS, merged, packages

# What somebody may see or hear: text, and the attributes that are read aloud or shown on hovering.
SAID = """() => {
  const said = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    if (["SCRIPT", "STYLE", "TEMPLATE"].includes(element.tagName)) continue;
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    for (const name of ["aria-label", "title", "placeholder", "data-w-tooltip-content-value"])
      said.add(element.getAttribute(name) ?? "");
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE) said.add(node.textContent.trim());
  }
  return [...said];
}"""

# Written into Wagtail's templates and scripts without a mark for translation.
WAGTAIL_CANNOT = {"Actions"}


@pytest.fixture(scope="module")
def english() -> set[str]:
    """What installed packages say and Danish has another word for."""
    words: set[str] = set()
    for domain in DOMAINS:
        danish = merged(domain)
        entries: list[Entry] = []
        for _name, folder in packages():
            source: Path = folder / "en/LC_MESSAGES" / f"{domain}.po"
            entries += read(source) if source.exists() else []
        words |= {entry.msgid for entry in entries}
        words -= {danish.gettext(entry.msgid) for entry in entries}
    return words - WAGTAIL_CANNOT


def in_danish(page: Page, english: set[str]) -> None:
    """Assert that nothing on ``page`` is English that could be Danish."""
    expect(page.locator("html")).to_have_attribute("lang", "da")
    assert english & set(page.evaluate(SAID)) == set(), page.url


def test_english_would_be_noticed(english: set[str]):
    assert {"Images", "Save draft", "Search all pages…", "Insert a block"} <= english
    assert "Status" not in english


Visit = Callable[[Page, Any], None]


def the_overview(page: Page, site: Any) -> None:
    page.goto("/admin/")
    expect(page.get_by_role("link", name="Billeder", exact=True)).to_be_visible()
    page.get_by_role("button", name="Rapporter").click()
    expect(page.get_by_role("link", name="Hjemmesidens historik")).to_be_visible()


def the_pages(page: Page, site: Any) -> None:
    page.goto(f"/admin/pages/{site['da']['homepage'].pk}/")
    expect(page.get_by_role("columnheader", name="Titel")).to_be_visible()


def the_editor(page: Page, site: Any) -> None:
    page.goto(f"/admin/pages/{site['da']['plainpage'].pk}/edit/")
    expect(page.get_by_role("button", name="Gem kladde").first).to_be_visible()
    expect(page.get_by_role("button", name="Indsæt en blok").first).to_be_visible()


def the_image_chooser(page: Page, site: Any) -> None:
    the_editor(page, site)
    page.get_by_role("button", name="Indsæt en blok").first.click()
    page.get_by_role("option", name="Billede", exact=True).click()
    page.get_by_role("button", name="Vælg et billede").locator("visible=true").first.click()
    expect(page.get_by_role("dialog").get_by_role("tab", name="Upload")).to_be_visible()


def the_images(page: Page, site: Any) -> None:
    page.goto("/admin/images/")
    expect(page.get_by_role("link", name="Tilføj et billede")).to_be_visible()


def the_account(page: Page, site: Any) -> None:
    page.goto("/admin/account/")
    expect(page.get_by_role("tab", name="Beskeder")).to_be_visible()


def the_history(page: Page, site: Any) -> None:
    page.goto(f"/admin/pages/{site['da']['plainpage'].pk}/history/")
    expect(page.locator("main")).to_contain_text("Udgivet version")


PLACES: tuple[Visit, ...] = (
    the_overview,
    the_pages,
    the_editor,
    the_image_chooser,
    the_images,
    the_account,
    the_history,
)


@pytest.mark.parametrize("place", PLACES, ids=lambda visit: visit.__name__)
def test_staff_read_danish_at(
    place: Visit, open_page: OpenPage, site: Any, editor: User, english: set[str]
):
    page = open_page("/admin/", user=editor)
    place(page, site)
    in_danish(page, english)

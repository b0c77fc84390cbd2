"""What a citizen does again and again: press the page's button, read the code, use the tab key."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import sound

PHONE = 320


def code() -> str:
    """The code in the newest letter."""
    found = re.search(r"\b\d{4} \d{4}\b", mail.outbox[-1].body)
    assert found is not None
    return found[0]


def go(link: Locator) -> None:
    """Press what leads to another page, and wait until that page is there."""
    with link.page.expect_navigation():
        link.click()


def submit(page: Page) -> None:
    """The one button of the page's form."""
    page.locator("main form button").first.click()


def tab_to(page: Page, selector: str) -> None:
    """Reach the element with the tab key alone; whatever has the focus on the way shows it."""
    page.locator(selector).first.wait_for()
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            ring = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            near = page.evaluate(
                "() => getComputedStyle(document.activeElement).boxShadow !== 'none'"
            )
            assert ring != "none" or near, f"{selector} does not show that it has the focus"
            return
    pytest.fail(f"The tab key never reaches {selector} on {page.url}")


def has_error(page: Page) -> None:
    """The page says what is wrong, in the title too, and the summary has the focus."""
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith(("Fejl:", "Error:"))
    sound(page)

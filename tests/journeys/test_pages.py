"""Every kind of page, as anybody meets it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect
from wagtail.models import get_page_models

from tests.journeys.axe import axe, no_sideways, sound
from tests.journeys.conftest import OpenPage


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_of_page_is_sound_at_every_width(site: Any, open_page: OpenPage, language: str):
    page = open_page("/")
    assert {kind._meta.model_name for kind in get_page_models()} - {"page"} == set(site[language])

    for kind in site[language].values():
        page.goto(kind.url)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("h1")).to_have_count(1)
        sound(page)


def test_page_leaves_no_cookie(site: Any, open_page: OpenPage):
    page = open_page("/")
    page.goto(site["da"]["panelpage"].url)

    assert page.context.cookies() == []


def test_language_switch_keeps_the_page(site: Any, open_page: OpenPage):
    page = open_page(site["da"]["panelpage"].url)

    page.get_by_role("link", name="English").click()

    expect(page).to_have_url(
        f"**{site['en']['panelpage'].url}".replace("**", page.url.split("/en/")[0])
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("About the panel")


def test_first_tab_skips_to_the_content(site: Any, open_page: OpenPage):
    page = open_page(site["da"]["plainpage"].url)

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_menu_opens_and_closes_by_keyboard_on_a_phone(site: Any, open_page: OpenPage):
    page = open_page("/", width=320)
    menu = page.locator("#site-menu")
    expect(menu).to_be_hidden()

    page.keyboard.press("Tab")  # skip link
    page.keyboard.press("Tab")  # the way home
    page.keyboard.press("Tab")  # the menu's button
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    axe(page)
    no_sideways(page)

    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == "site-menu"


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_works_without_scripts(site: Any, open_page: OpenPage, width: int):
    page = open_page("/", width=width, java_script_enabled=False)
    if width < 1088:
        page.get_by_role("button", name="Menu").first.click()

    page.locator(".site-nav").get_by_role("link", name=site["da"]["panelpage"].title).click()

    expect(page.locator("h1")).to_have_text(site["da"]["panelpage"].title)


def test_focus_is_seen_and_never_covered(site: Any, open_page: OpenPage):
    page = open_page(site["da"]["plainpage"].url)
    for _step in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const focused = document.activeElement;
              if (focused === document.body) return "end";
              const style = getComputedStyle(focused);
              const card = focused.closest(".link-card");
              const ring = style.outlineStyle !== "none" ||
                (card && getComputedStyle(card).outlineStyle !== "none");
              const box = focused.getBoundingClientRect();
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              if (ring && top && (focused.contains(top) || top.contains(focused))) return "";
              const over = top?.outerHTML.slice(0, 80);
              return `${focused.outerHTML.slice(0, 120)}: ring ${ring}, covered by ${over}`;
            }"""
        )
        if seen == "end":
            return
        assert seen == ""
    pytest.fail("The tab key never comes to the end of the page.")


def test_reduced_motion_moves_nothing(site: Any, open_page: OpenPage):
    page = open_page("/", reduced_motion="reduce")

    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
        }).map((element) => element.className)"""
    )

    assert moving == []


def test_text_spacing_by_hand_clips_nothing(site: Any, open_page: OpenPage):
    page = open_page(site["da"]["plainpage"].url, width=320)

    page.evaluate(
        """() => document.querySelectorAll("body *").forEach((element) => {
          element.style.lineHeight = "1.5"; element.style.letterSpacing = "0.12em";
          element.style.wordSpacing = "0.16em";
        })"""
    )

    no_sideways(page)

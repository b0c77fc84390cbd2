"""The detectors are alive: a sound page of ours, broken in one way, is no longer sound (A2).

A check that cannot fail proves nothing. Each break below is made in the browser on a page both
detectors have passed, and those that know the rule must name it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.act import act
from tests.journeys.axe import axe
from tests.journeys.conftest import OpenPage

LOGIN = "account_login"
HOME = "the front page"


@dataclass(frozen=True)
class Break:
    """One way to break a page, and what each detector that knows the rule calls it."""

    what: str
    where: str
    script: str
    axe: str = ""
    act: str = ""


BREAKS = (
    Break(
        "a field without its label",
        LOGIN,
        "document.querySelector('main label[for]').remove()",
        axe="label:",
        act="QW-ACT-R16:",
    ),
    Break(
        "an image without alternative text",
        HOME,
        "document.querySelector('main img').removeAttribute('alt')",
        axe="image-alt:",
        act="QW-ACT-R17:",
    ),
    Break(
        "a page without a language",
        HOME,
        "document.documentElement.removeAttribute('lang')",
        axe="html-has-lang:",
        act="QW-ACT-R2:",
    ),
    Break(
        "a language that is none",
        HOME,
        "document.documentElement.lang = 'dansk'",
        axe="html-lang-valid:",
        act="QW-ACT-R5:",
    ),
    Break(
        "a page without a title",
        HOME,
        "document.title = ''",
        axe="document-title:",
        act="QW-ACT-R1:",
    ),
    Break(
        "grey words on white",
        LOGIN,
        "document.querySelector('main p').style.color = '#bbb'",
        axe="color-contrast:",
        act="QW-ACT-R37:",
    ),
    Break(
        "a heading that skips a level",
        HOME,
        "document.querySelector('main h2').outerHTML = '<h4>Begynd her</h4>'",
        axe="heading-order:",
    ),
    Break(
        "two main regions",
        HOME,
        "document.querySelector('main').after(document.createElement('main'))",
        axe="landmark-no-duplicate-main:",
    ),
    Break(
        "a button without a name",
        LOGIN,
        "document.querySelector('main button[type=submit]').textContent = ''",
        axe="button-name:",
        act="QW-ACT-R11:",
    ),
    Break(
        "a link without a name",
        HOME,
        "document.querySelector('footer a[href]').textContent = ''",
        axe="link-name:",
        act="QW-ACT-R12:",
    ),
    Break(
        "a button that is called otherwise than it looks",
        LOGIN,
        "document.querySelector('main button[type=submit]').ariaLabel = 'Videre herfra'",
        axe="label-content-name-mismatch:",
        act="QW-ACT-R30:",
    ),
    Break(
        "no zoom on a phone",
        HOME,
        "document.querySelector('meta[name=viewport]').content += ', user-scalable=no'",
        axe="meta-viewport:",
        act="QW-ACT-R14:",
    ),
    Break(
        "a target too small for a thumb",
        LOGIN,
        """document.querySelector('main').insertAdjacentHTML('beforeend',
          '<p><button type=button>a</button><button type=button>b</button></p>');
        for (const button of document.querySelectorAll('main p:last-child button')) Object.assign(
          button.style, {width: '8px', height: '8px', padding: 0, minHeight: 0, border: 0});""",
        axe="target-size:",
    ),
)


def said(detector: Callable[[Page], None], page: Page) -> str:
    """What ``detector`` complains of; nothing where it finds nothing."""
    try:
        detector(page)
    except AssertionError as found:
        return str(found)
    return ""


@pytest.mark.parametrize("where", [HOME, LOGIN])
def test_detectors_see(where: str, site: Any, open_page: OpenPage):
    page = open_page("/" if where == HOME else reverse(where))
    broken = [each for each in BREAKS if each.where == where]
    assert len(broken) >= 5
    for each in broken:
        assert said(axe, page) + said(act, page) == ""

        page.evaluate(f"() => {{{each.script}}}")

        for detector, name in ((axe, each.axe), (act, each.act)):
            if name:
                assert f"\n{name}" in said(detector, page), each.what
        page.reload()

"""What a page is held to: axe, the ACT rules, reflow, and nothing from elsewhere.

axe finds less than a third of what can be wrong with a page; it is a floor, not a proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.journeys.act import act

AXE = Path(__file__).parent.parent / "vendor/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# A phone turned to 400 % of a desktop, a tablet, a desktop.
WIDTHS = (320, 768, 1280)

# Scripts hear of another width before the next frame is drawn. What fades or slides then has not
# got its colours and its place yet; what waits for a click never ends by itself.
SETTLE = """async () => {
  await new Promise((go) => { requestAnimationFrame(() => setTimeout(go)); setTimeout(go, 100); });
  const ends = (animation) => animation.effect.getComputedTiming().endTime < Infinity;
  document.getAnimations().filter(ends).forEach((animation) => animation.finish());
}"""

SUMMARY = """async (rules) => {
  const only = {type: "tag", values: rules};
  const kinds = ["violations"];
  const found = await axe.run(document, {runOnly: only, resultTypes: kinds, preload: false});
  return found.violations.map(({id, help, nodes}) => `${id}: ${help}\\n` + nodes.map(
    ({target, failureSummary}) => `    ${target.join(" ")} - ${failureSummary}`).join("\\n"));
}"""

# What sticks out to the right, named by its classes, so that the message says where to look.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .slice(0, 5)
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
}"""

# Wagtail cuts off what is wider than its pages: nothing scrolls, and nobody gets there. What a
# table or another box scrolls by itself is in reach.
OUT_OF_REACH = """() => {
  const scrolls = (element) => element && (
    (["auto", "scroll"].includes(getComputedStyle(element).overflowX)
      && element.scrollWidth > element.clientWidth) || scrolls(element.parentElement));
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll("main *")]
    .filter((element) => element.getBoundingClientRect().width > 0
      && element.getBoundingClientRect().right > width + 1 && !scrolls(element))
    .slice(0, 5)
    .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class")}`);
}"""


def axe(page: Page) -> None:
    """Assert that axe finds nothing on ``page`` as it is now; says what and where if it does."""
    page.wait_for_load_state()
    page.evaluate(SETTLE)
    with page.watch.looking_away():
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[str] = page.evaluate(SUMMARY, RULES)
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(found)


def no_sideways(page: Page) -> None:
    """Assert that nothing has to be scrolled sideways to be read (A4)."""
    found: list[str] = page.evaluate(STICKS_OUT)
    assert not found, f"{page.url} at {page.viewport_size} is too wide: {found}"


def in_reach(page: Page) -> None:
    """Assert that nothing on a staff screen is cut off where nobody can scroll to it."""
    found: list[str] = page.evaluate(OUT_OF_REACH)
    assert not found, f"{page.url} at {page.viewport_size} cuts off: {found}"


def at_widths(page: Page, *widths: int) -> Iterator[int]:
    """``page`` at every width in turn; afterwards nothing may stick out at any of them."""
    for width in widths or WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLE)
        yield width
        no_sideways(page)


def sound(page: Page) -> None:
    """Assert everything about ``page`` as it is: axe, ACT rules and reflow at every width."""
    for _width in at_widths(page):
        axe(page)
        act(page)


def sound_for_staff(page: Page, *widths: int) -> None:
    """Assert the same about a staff screen, where too wide means cut off; every width if none."""
    for _width in at_widths(page, *widths):
        axe(page)
        act(page)
        in_reach(page)


class Watch:
    """Listens to a page from its first request on; ``complaints`` says what was amiss.

    Requests to another origin, answers of 500, refusals of the content security policy, errors
    in scripts. An answer of 4xx is a complaint too, unless its path is in ``expected``.
    """

    def __init__(self, page: Page, origin: str) -> None:
        self.origin = urlsplit(origin).netloc
        self.complaints: list[str] = []
        self.expected: set[str] = set()
        self.looks = True
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._response)

    @contextmanager
    def looking_away(self) -> Iterator[None]:
        """While axe measures: it sets styles on elements, which the policy refuses."""
        self.looks = False
        yield
        self.looks = True

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.origin:
            self.complaints.append(f"request to another origin: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # The browser's own line about a failed request is told better by the response.
        is_bad = message.type in ("error", "warning")
        if self.looks and is_bad and "Failed to load resource" not in message.text:
            where = message.location.get("url", "")
            self.complaints.append(f"console on {where}: {message.text}")

    def _response(self, response: Any) -> None:
        path = urlsplit(response.url).path
        if response.status >= 500 or (response.status >= 400 and path not in self.expected):
            self.complaints.append(f"{response.status} for {path}")

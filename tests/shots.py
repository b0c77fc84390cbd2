"""The pictures of README, docs and user guide: ``python3 run.py shots [ADDRESS] [WHICH ...]``.

Start ``python3 run.py demo`` first. README's go to ``docs/images`` as PNG with few colours, the
guide's to ``docs/user-guide/images`` as WebP, in Danish and in English. WHICH are ``readme``,
``guide`` or names of pictures; without any all are taken.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs"
README, GUIDE = DOCS / "images", DOCS / "user-guide" / "images"
COLOURS = 256
QUALITY = 72
PHONE_WIDTH = 360
COMMS, EDITOR, MEMBER = "mikkel", "dorthe", "hanne"
LOCALES = {"da": "da-DK", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: of which page, as whom of the demo's people (a stranger without), how large.

    ``go`` leads on from the page to what is shown.
    """

    name: str
    path: str
    who: str = ""
    width: int = 1280
    height: int = 800
    go: Callable[[Page], object] = lambda page: None


def running_campaign(page: Page) -> None:
    """The campaign that is under way, from the list of campaigns."""
    page.get_by_role("link", name="Anden runde").click()


def open_link(page: Page) -> None:
    """What a citizen sees who scans the code on that campaign's poster."""
    running_campaign(page)
    link = page.locator("main a[href*='/k/']").first.get_attribute("href")
    page.context.clear_cookies()
    page.goto(link or "")


def first_shortlist(page: Page) -> None:
    """The newest list with people on it."""
    page.locator("main td.title a").first.click()


def list_of_stories(page: Page) -> None:
    """The newest, below the filters."""
    page.locator("main select").first.scroll_into_view_if_needed()
    page.mouse.wheel(0, 450)


def story(title: str) -> Callable[[Page], None]:
    """A story in the editor, from the search for it."""

    def go(page: Page) -> None:
        page.goto(f"/admin/pages/search/?q={title}")
        page.locator("main .listing a[href$='/edit/']").first.click()

    return go


def sending(title: str) -> Callable[[Page], None]:
    """Where a story is sent for approval, at the form."""

    def go(page: Page) -> None:
        story(title)(page)
        page.goto(page.url.replace("/pages/", "/historier/").replace("/edit/", "/send/"))
        page.locator("form.asking").scroll_into_view_if_needed()

    return go


def waiting(title: str) -> Callable[[Page], None]:
    """A story that waits for the editor's yes."""

    def go(page: Page) -> None:
        page.get_by_role("link", name=title).first.click()

    return go


def reading(title: str) -> Callable[[Page], None]:
    """The story itself, as it goes out."""

    def go(page: Page) -> None:
        waiting(title)(page)
        page.locator("main img").first.scroll_into_view_if_needed()

    return go


def deciding(title: str) -> Callable[[Page], None]:
    """The three buttons below it."""

    def go(page: Page) -> None:
        waiting(title)(page)
        page.locator(".deciding").scroll_into_view_if_needed()

    return go


def record(title: str) -> Callable[[Page], None]:
    """What is written down of a story that went out."""

    def go(page: Page) -> None:
        page.goto(f"/admin/udgivelser/?q={title}")
        page.locator("main a", has_text=title).first.click()

    return go


def first_to_post(page: Page) -> None:
    """What waits to be posted by hand, from the first page of the admin."""
    page.locator("main a[href*='/udgivelser/post/']").first.click()


def idea(words: str) -> Callable[[Page], None]:
    """One idea, from the list of them."""

    def go(page: Page) -> None:
        page.locator("main a", has_text=words).first.click()

    return go


# Stories of the demo, as their titles begin: one to be changed, and one that waits.
CHANGES, WAITS = "Hun kender alle", "Skolen, der vejer"

README_SHOTS = (
    Shot("home", "/"),
    Shot("candidates", "/admin/candidates/", COMMS, height=1100),
    Shot("shortlist", "/admin/shortlists/", COMMS, go=first_shortlist),
    Shot("campaign", "/admin/campaigns/", COMMS, height=900, go=running_campaign),
    Shot("open-link", "/admin/campaigns/", COMMS, PHONE_WIDTH, 740, go=open_link),
    Shot("join", "/deltag/", width=PHONE_WIDTH, height=740),
    Shot("my-page", "/min-side/", MEMBER, PHONE_WIDTH, 740),
    Shot("stories", "/historier/", height=1000, go=list_of_stories),
    Shot("approving", "/admin/godkend/", EDITOR, PHONE_WIDTH, 740, reading(WAITS)),
)
GUIDE_SHOTS = (
    Shot("write", "/admin/", COMMS, height=1100, go=story(CHANGES)),
    Shot("picture", "/admin/images/add/", COMMS, height=900),
    Shot("ask", "/admin/", COMMS, height=900, go=sending(CHANGES)),
    Shot("approve", "/admin/godkend/", EDITOR, PHONE_WIDTH, 740, waiting(WAITS)),
    Shot("decide", "/admin/godkend/", EDITOR, height=700, go=deciding(WAITS)),
    Shot("outgoing", "/admin/udgivelser/", COMMS, height=1000),
    Shot("pause", "/admin/udgivelser/pause/", COMMS, height=600),
    Shot("record", "/admin/", COMMS, height=1000, go=record("Balder lytter")),
    Shot("by-hand", "/admin/", COMMS, height=1100, go=first_to_post),
    Shot("ideas", "/admin/ideas/", COMMS, height=800),
    Shot("idea", "/admin/ideas/", COMMS, height=900, go=idea("Min nabo på 87")),
    Shot("tip", "/tip/", width=PHONE_WIDTH, height=740),
)


def speak(page: Page, language: str) -> None:
    """The language this colleague works in, unless it is that already."""
    page.goto("/admin/account/")
    choice = page.locator("select[name$=preferred_language]")
    if choice.input_value() != language:
        choice.select_option(language)
        page.locator("main form button[type=submit]").click()


def picture_of(browser: Browser, address: str, shot: Shot, language: str) -> Image.Image:
    """One picture, in a profile of its own; phones show two dots for each of a desktop's."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=2 if shot.width == PHONE_WIDTH else 1,
        locale=LOCALES[language],
    )
    page = context.new_page()
    if shot.who:
        page.goto("/demo/")
        page.locator(f"button[name=who][value^='{shot.who}']").first.click()
        page.wait_for_load_state()
        if shot.path.startswith("/admin/"):
            speak(page, language)
    page.goto(shot.path if shot.who or language == "da" else f"/{language}{shot.path}")
    shot.go(page)
    page.wait_for_load_state("networkidle")
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return taken


def readme(browser: Browser, address: str, which: Sequence[str]) -> None:
    """README's, in Danish as the demo is."""
    for shot in README_SHOTS:
        if not which or {shot.name, "readme"} & {*which}:
            few = picture_of(browser, address, shot, "da").quantize(COLOURS)
            few.save(README / f"{shot.name}.png", optimize=True)


def guide(browser: Browser, address: str, which: Sequence[str]) -> None:
    """The user guide's, in both languages."""
    for language in LOCALES:
        (GUIDE / language).mkdir(parents=True, exist_ok=True)
        for shot in GUIDE_SHOTS:
            if not which or {shot.name, "guide"} & {*which}:
                taken = picture_of(browser, address, shot, language)
                taken.save(GUIDE / language / f"{shot.name}.webp", quality=QUALITY, method=6)


def main(words: Sequence[str]) -> None:
    """Take them with the system's Chromium."""
    addresses = [word for word in words if "://" in word]
    address = addresses[0] if addresses else "http://127.0.0.1:8000"
    which = [word for word in words if word not in addresses]
    path = os.environ.get("MEDSPIL_CHROMIUM") or shutil.which("chromium")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        readme(browser, address, which)
        guide(browser, address, which)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

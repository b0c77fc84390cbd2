"""The pictures of README and docs, taken of a running demo: ``python3 run.py shots [ADDRESS]``.

Start ``python3 run.py demo`` first. The pictures go to ``docs/images``, with few colours so that
they stay small.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
COLOURS = 256
PHONE_WIDTH = 360
COMMS, MEMBER = "mikkel", "hanne"


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


SHOTS = (
    Shot("home", "/"),
    Shot("candidates", "/admin/candidates/", COMMS, height=1100),
    Shot("shortlist", "/admin/shortlists/", COMMS, go=first_shortlist),
    Shot("campaign", "/admin/campaigns/", COMMS, height=900, go=running_campaign),
    Shot("open-link", "/admin/campaigns/", COMMS, PHONE_WIDTH, 740, go=open_link),
    Shot("join", "/deltag/", width=PHONE_WIDTH, height=740),
    Shot("my-page", "/min-side/", MEMBER, PHONE_WIDTH, 740),
)


def take(browser: Browser, address: str, shot: Shot) -> None:
    """One picture, in a profile of its own; phones show two dots for each of a desktop's."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=2 if shot.width == PHONE_WIDTH else 1,
        locale="da-DK",
    )
    page = context.new_page()
    if shot.who:
        page.goto("/demo/")
        page.locator(f"button[name=who][value^='{shot.who}']").first.click()
        page.wait_for_load_state()
    page.goto(shot.path)
    shot.go(page)
    page.wait_for_load_state("networkidle")
    few = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    few.save(FOLDER / f"{shot.name}.png", optimize=True)
    context.close()


def main(address: str) -> None:
    """Take them all with the system's Chromium."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("MEDSPIL_CHROMIUM") or shutil.which("chromium")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        for shot in SHOTS:
            take(browser, address, shot)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")

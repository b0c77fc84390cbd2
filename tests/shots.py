"""The README's screenshots, taken of a running demo: ``python3 run.py shots [ADDRESS]``.

Start ``python3 run.py demo`` first. The pictures go to ``docs/images``.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"


def shoot(browser: Browser, address: str) -> None:
    """Front page, candidates as comms see them, and joining on a phone."""
    desk = browser.new_context(viewport={"width": 1280, "height": 800}, locale="da-DK").new_page()
    desk.goto(f"{address}/")
    desk.screenshot(path=FOLDER / "home.png")
    desk.goto(f"{address}/demo/")
    desk.locator("main button[type=submit]").first.click()
    desk.goto(f"{address}/admin/candidates/")
    desk.screenshot(path=FOLDER / "candidates.png")
    phone = browser.new_context(viewport={"width": 320, "height": 640}, locale="da-DK").new_page()
    phone.goto(f"{address}/deltag/")
    phone.screenshot(path=FOLDER / "join.png")


def main(address: str) -> None:
    """Take them all with the system's Chromium."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("MEDSPIL_CHROMIUM") or shutil.which("chromium")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        shoot(browser, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")

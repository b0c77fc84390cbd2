"""A real browser against a real server, watched for everything a page must not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cms.pages import frame, kept
from panel.accounts.models import User
from tests.conftest import SignedIn
from tests.factories.site import whole_site
from tests.journeys.axe import Watch

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/journeys" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; each gets its own profile. Skips where there is none."""
    path = os.environ.get("MEDSPIL_CHROMIUM") or shutil.which("chromium")
    if path is None:
        words = "Chromium is not installed, or MEDSPIL_CHROMIUM does not name it."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(words)
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    # The driver runs a loop in this thread. Django would think itself inside of it: refuse to ask
    # the database, and open connections of its own beside those the tests were set up with.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    known = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        for alias, connection in known.items():
            connections[alias] = connection
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, signed_in: SignedIn) -> Iterator[OpenPage]:
    """``open_page(path, user=None, width=1280, **context)``: a page in a fresh profile.

    ``context`` goes to playwright (``java_script_enabled=False``, ``reduced_motion="reduce"``).
    Every page carries its ``Watch`` as ``page.watch``; at the end none may have complaints.
    """
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def opened(path: str, *, user: User | None = None, width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="da-DK",
            timezone_id=settings.TIME_ZONE,
            **options,
        )
        contexts.append(context)
        if user is not None:
            key = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": key, "url": live_server.url}])
        page = context.new_page()
        watches.append(Watch(page, live_server.url))
        page.watch = watches[-1]
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    complaints = [complaint for watch in watches for complaint in watch.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def site(live_server: Any) -> Iterator[dict[str, dict[str, Any]]]:
    """Every kind of page in both languages, published; nothing kept from the test before."""
    frame.forget()
    kept.forget()
    yield whole_site()
    frame.forget()
    kept.forget()

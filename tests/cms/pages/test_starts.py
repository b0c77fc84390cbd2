"""Where to begin, on the first staff page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cms.pages.components import STARTS
from panel.accounts.models import User
from tests.conftest import SignedIn

HOME = "wagtailadmin_home"


def offered(browser: Any) -> list[str]:
    """The pages the first page leads to."""
    page = browser.get(reverse(HOME)).content.decode()
    panel = page[page.index('id="starts-section"') :].split("</section>")[0]
    return [start.page for start in STARTS if f'href="{reverse(start.page)}"' in panel]


def test_a_specialist_and_an_analyst_each_have_one_thing(
    specialist: User, analyst: User, signed_in: SignedIn
):
    assert offered(signed_in(specialist)) == ["threads:index"]
    assert offered(signed_in(analyst)) == ["panel:index"]


def test_comms_listen_find_invite_and_answer(clerk: User, signed_in: SignedIn):
    assert offered(signed_in(clerk)) == [
        "threads:index",
        "candidates:index",
        "campaigns:index",
        "panel:index",
        "asking:index",
    ]


@pytest.mark.parametrize("who", ["clerk", "editor", "specialist", "analyst", "administrator"])
def test_whatever_is_offered_opens(who: str, request: pytest.FixtureRequest, signed_in: SignedIn):
    browser = signed_in(request.getfixturevalue(who))
    for page in offered(browser):
        assert browser.get(reverse(page)).status_code == 200

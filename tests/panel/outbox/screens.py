"""The outbox's pages as somebody reads them: in the source's language, without the markup."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from panel.accounts.models import User
from panel.outbox.models import Outgoing

Browser = Callable[[User], Client]
INDEX = "outbox:index"
HOME = "wagtailadmin_home"


def in_english(*people: User) -> None:
    """Their staff screens are in the source's language."""
    for person in people:
        profile = UserProfile.get_for_user(person)
        profile.preferred_language = "en"
        profile.save()


def text(answer: Any) -> str:
    """What an answer says, tags and line breaks aside; the banner and the menu too."""
    found = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"\s+", " ", found)


def says(browser: Client, name: str, *args: Any, query: str = "") -> str:
    """The text of a page, once it answers as it should."""
    answer = browser.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return text(answer)


def markup(browser: Client, name: str, *args: Any, query: str = "") -> str:
    """The page as it is sent."""
    return browser.get(reverse(name, args=args) + query).content.decode()


def main_of(page: str) -> str:
    """What stands between the breadcrumbs and the end of ``markup``."""
    return page[page.index('id="main"') :]


def press(browser: Client, verb: str, row: Outgoing, **data: str) -> str:
    """What the page says after a button of an item was pressed."""
    return text(browser.post(reverse(f"outbox:{verb}", args=[row.pk]), data, follow=True))

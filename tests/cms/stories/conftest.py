"""Stories that are live, and a site that forgets between tests what it kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches

from cms.pages import frame, kept
from cms.stories.models import StoryPage
from panel.accounts.models import User
from tests.factories.stories import put_live, story

Told = Callable[..., StoryPage]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    frame.forget()
    kept.forget()
    caches["renditions"].clear()
    yield
    frame.forget()
    kept.forget()


@pytest.fixture
def told(clerk: User, editor: User) -> Told:
    """``told(title, **fields)``: a story the clerk wrote and the editor approved, live."""

    def tell(title: str = "Nye cykelstativer ved stationen", **fields: Any) -> StoryPage:
        page = story(by=clerk, title=title, **fields)
        return put_live(page, asked_by=clerk, by=editor)

    return tell

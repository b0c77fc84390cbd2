"""The site forgets between tests what it kept in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches

from cms.pages import frame, kept


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    frame.forget()
    kept.forget()
    caches["renditions"].clear()
    yield
    frame.forget()
    kept.forget()

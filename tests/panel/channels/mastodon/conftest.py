"""Nobody waits in these tests."""

from __future__ import annotations

from functools import partial

import pytest

from panel.channels.mastodon import adapter
from panel.channels.mastodon.client import Server


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long somebody would have waited."""
    pauses: list[float] = []
    monkeypatch.setattr(adapter, "Server", partial(Server, sleep=pauses.append))
    return pauses

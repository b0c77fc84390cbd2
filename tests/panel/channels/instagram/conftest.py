"""Nobody waits in these tests."""

from __future__ import annotations

from functools import partial

import pytest

from panel.channels.graph.client import Graph
from panel.channels.instagram import adapter


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long somebody would have waited."""
    pauses: list[float] = []
    monkeypatch.setattr(adapter, "Graph", partial(Graph, sleep=pauses.append))
    return pauses

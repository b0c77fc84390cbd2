"""A network that answers what a test says, in order, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest

from panel.channels.outgoing import Account, Act, Answer, NotReached, Outcome, Seen
from panel.core.clock import now
from panel.outbox import looking, sending
from panel.outbox.actions import settling

DONE = Outcome.DONE


class Scripted:
    """``answers`` are given one after the other; where none is left, everything is done."""

    def __init__(self) -> None:
        self.answers: list[Answer | Exception] = []
        self.asked: list[tuple[Account, Act]] = []
        self.there: list[Seen] = []
        self.looked_since: list[datetime] = []
        self.deaf: Answer | None = None
        self.meanwhile: Callable[[], Any] = lambda: None

    def send(self, account: Account, act: Act) -> Answer:
        """The next answer."""
        self.asked.append((account, act))
        self.meanwhile()
        number = len(self.asked)
        answer = self.answers.pop(0) if self.answers else Answer(DONE, external_id=f"p_{number}")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def find(self, account: Account, act: Act, *, since: datetime) -> Sequence[Seen]:
        """What ``there`` holds."""
        self.looked_since.append(since)
        if self.deaf:
            raise NotReached(self.deaf)
        return self.there


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """Every channel's network, for one test; the tests' clock is the database's."""
    made = Scripted()
    for module in (sending, looking, settling):
        monkeypatch.setattr(module, "database_now", now)
    for module in (sending, looking):
        monkeypatch.setattr(module, "sender_for", lambda _channel: made)
    return made

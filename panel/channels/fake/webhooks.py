"""Events, signed and sent: in a thread of its own, so that one may come before the answer does.

Repeated, shuffled, gathered and tried again, as the settings say.
"""

from __future__ import annotations

import hmac
import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened on one page."""

    page_id: str
    value: dict[str, Any]
    field: str = "feed"


@dataclass(slots=True)
class Manner:
    """Where events go, and how well behaved they are."""

    url: str = ""
    verify_token: str = ""
    batch: int = 1  # so many changes in one delivery
    hold: float = 0.0  # seconds to gather changes in, before any is sent
    repeats: int = 0  # so many times more, each
    shuffle: bool = False  # what was gathered goes out in any order
    seed: int = 1
    before_answer: bool = False  # the call that caused it is answered only after delivery
    tries: int = 3  # until a delivery is given up
    pause: float = 0.2  # seconds before the second try, doubled with each


@dataclass(slots=True)
class Delivery:
    """One delivery: what was sent, and what every try was answered; 0 for no answer at all."""

    body: str
    signature: str
    answers: list[int] = field(default_factory=list)


class Deliveries:
    """The thread that delivers, and what it has sent. Safe to call from any thread."""

    def __init__(self, secret: Callable[[], str]) -> None:
        self.manner, self.sent = Manner(), list[Delivery]()
        self._secret = secret
        self._waiting: list[Change] = []
        self._wake = threading.Condition()
        self._busy, self._rushed, self._since = False, False, 0.0
        self._thread: threading.Thread | None = None

    def put(self, change: Change) -> None:
        """Deliver it, soon. Where no address is set, it is forgotten."""
        with self._wake:
            if not self.manner.url:
                return
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting.append(change)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._wake.notify_all()

    def settle(self, seconds: float) -> bool:
        """Send what is held back, and wait until all is delivered; whether it was in time."""
        with self._wake:
            self._rushed = True
            self._wake.notify_all()
            done = self._wake.wait_for(lambda: not self._waiting and not self._busy, seconds)
            self._rushed = False
            return done

    def forget(self) -> None:
        """As if nothing had been sent, and send nowhere from now on."""
        with self._wake:
            self._waiting.clear()
            self.sent.clear()
            self.manner = Manner()

    def again(self) -> int:
        """Send everything once more, as it was, in another order; how many that is."""
        old = list(self.sent)
        random.Random(self.manner.seed).shuffle(old)  # noqa: S311 - an order, not a secret
        for one in old:
            self._deliver(one.body, self.manner)
        return len(old)

    def verify(self, challenge: str) -> tuple[int, str]:
        """Ask the address to prove itself, as when it is entered; what it answered."""
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": self.manner.verify_token,
        }
        return _ask(self.manner.url, "GET", "?" + urlencode(query), None, {})

    # --- In the thread ----------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._is_time():
                    self._wake.wait(self._left())
                changes, self._waiting, self._busy = self._waiting, [], True
                manner = self.manner
            for body in self._bodies(changes):
                self._deliver(body, manner)
            with self._wake:
                self._busy = False
                self._wake.notify_all()

    def _left(self) -> float | None:
        """Seconds until what is held back may go; nothing to wait for is waiting for ever."""
        if not self._waiting:
            return None
        return max(0.0, self._since + self.manner.hold - time.monotonic())

    def _is_time(self) -> bool:
        return bool(self._waiting) and (self._rushed or self._left() == 0.0)

    def _bodies(self, changes: list[Change]) -> list[str]:
        manner, draw = self.manner, random.Random(self.manner.seed)  # noqa: S311 - an order
        if manner.shuffle:
            draw.shuffle(changes)
        size = max(1, manner.batch)
        groups = [changes[start : start + size] for start in range(0, len(changes), size)]
        bodies = [one for group in groups for one in [_body(group)] * (1 + manner.repeats)]
        if manner.shuffle:
            draw.shuffle(bodies)
        return bodies

    def _deliver(self, body: str, manner: Manner) -> None:
        """Until it is taken, given up, or forgotten: then there is another manner."""
        raw = body.encode()
        seal = hmac.digest(self._secret().encode(), raw, "sha256").hex()
        delivery = Delivery(body, f"sha256={seal}")
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": delivery.signature}
        if self.manner is manner:
            self.sent.append(delivery)
        for number in range(max(1, manner.tries)):
            if number:
                time.sleep(manner.pause * 2 ** (number - 1))
            if self.manner is not manner:
                return
            status, _text = _ask(manner.url, "POST", "", raw, headers)
            delivery.answers.append(status)
            if status == 200:
                return


def _body(changes: list[Change]) -> str:
    """Changes as one delivery; its time is that of sending."""
    entries: dict[str, dict[str, Any]] = {}
    for change in changes:
        fresh: dict[str, Any] = {"id": change.page_id, "time": int(time.time()), "changes": []}
        entry = entries.setdefault(change.page_id, fresh)
        entry["changes"].append({"field": change.field, "value": change.value})
    return json.dumps({"object": "page", "entry": list(entries.values())}, separators=(",", ":"))


def _ask(
    url: str, method: str, query: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, str]:
    parts = urlsplit(url)
    if not parts.hostname:
        return 0, ""
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=TIMEOUT)
    try:
        connection.request(method, (parts.path or "/") + query, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()

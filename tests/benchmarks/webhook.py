"""Signed events into a running server, against a bare view that puts the same bytes into a row."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from panel.conversations.models import Delivery
from tests.benchmarks.measuring import Row
from tests.serving import server

EVENTS, SENDERS = 6_000, 8
SECRET = "bench-secret"
SLOWEST_MS = 500
APPLICATION = "tests.benchmarks.served.wsgi:application"


def run(scale: int) -> Iterable[Row]:
    """``webhook``: events a second that are checked, kept and acknowledged, ``ratio`` how much of
    the bare view's rate that is (goal 0.5). ``webhook_p99``: how long all but one in a hundred
    take at most. A scale below 60,000 sends fewer.
    """
    events = max(min(EVENTS, scale // 10), 40)
    with server(APPLICATION, FACEBOOK_APP_SECRET=SECRET) as port:
        send(port, "/bare/", "warm", SENDERS * 4)
        bare, _slowest = send(port, "/bare/", "bare", events)
        rate, slowest = send(port, "/webhooks/facebook/", "kept", events)
    assert Delivery.objects.filter(kind="facebook").count() == events
    yield Row("webhook", events, rate, "events/s", limit=bare, ratio=rate / bare)
    yield Row("webhook_p99", events, slowest, "ms", limit=SLOWEST_MS, ratio=slowest / SLOWEST_MS)


def send(port: int, path: str, name: str, events: int) -> tuple[float, float]:
    """Send so many different events by some at once: how many a second, and the slowest but one in
    a hundred in milliseconds.
    """
    bodies = [_body(f"{name}-{number}") for number in range(events)]
    start = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        shares = [bodies[place::SENDERS] for place in range(SENDERS)]
        taken = sorted(
            each for one in pool.map(lambda share: _sent(port, path, share), shares) for each in one
        )
    return events / (time.perf_counter() - start), 1000 * taken[len(taken) * 99 // 100]


def _sent(port: int, path: str, bodies: list[bytes]) -> list[float]:
    line, taken = HTTPConnection("127.0.0.1", port, timeout=60), []
    for body in bodies:
        seal = hmac.digest(SECRET.encode(), body, "sha256").hex()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={seal}"}
        start = time.perf_counter()
        line.request("POST", path, body, headers | {"Host": "localhost"})
        answer = line.getresponse()
        answer.read()
        taken.append(time.perf_counter() - start)
        assert answer.status == 200, (path, answer.status)
    line.close()
    return taken


def _body(name: str) -> bytes:
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": f"1_{name}",
        "post_id": "4711_1",
        "from": {"id": "77", "name": "Bo Borger"},
        "message": "Hvornår åbner svømmehallen igen?",
        "created_time": 1_790_000_000,
    }
    change = {"field": "feed", "value": value}
    entry = {"id": "4711", "time": 1_790_000_001, "changes": [change]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()

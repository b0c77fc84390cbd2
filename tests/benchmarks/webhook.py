"""Signed events into a running server, against a bare view that puts the same bytes into a row."""

from __future__ import annotations

import hmac
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from django.db import connections

from panel.conversations.models import Delivery
from tests.benchmarks.measuring import Row
from tests.faults.fleet import database_url

ROOT = Path(__file__).resolve().parents[2]
EVENTS, SENDERS = 6_000, 8
SECRET = "bench-secret"
SLOWEST_MS = 500
APPLICATION = "tests.benchmarks.served.wsgi:application"
START_SECONDS = 60


def run(scale: int) -> Iterable[Row]:
    """``webhook``: events a second that are checked, kept and acknowledged, ``ratio`` how much of
    the bare view's rate that is (goal 0.5). ``webhook_p99``: how long all but one in a hundred
    take at most. A scale below 60,000 sends fewer.
    """
    events = max(min(EVENTS, scale // 10), 40)
    with server() as port:
        send(port, "/bare/", "warm", SENDERS * 4)
        bare, _slowest = send(port, "/bare/", "bare", events)
        rate, slowest = send(port, "/webhooks/facebook/", "kept", events)
    assert Delivery.objects.filter(kind="facebook").count() == events
    yield Row("webhook", events, rate, "events/s", limit=bare, ratio=rate / bare)
    yield Row("webhook_p99", events, slowest, "ms", limit=SLOWEST_MS, ratio=slowest / SLOWEST_MS)


@contextmanager
def server() -> Iterator[int]:
    """gunicorn with two processes on the benchmark's database; the port it listens on."""
    connections.close_all()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ("-m", "gunicorn", "--workers=2", "--threads=4", "--log-level=error")
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    running = subprocess.Popen(
        [
            sys.executable,
            *words,
            f"--bind=127.0.0.1:{port}",
            "tests.benchmarks.served.wsgi:application",
        ],
        env=os.environ
        | {"DATABASE_URL": database_url(), "FACEBOOK_APP_SECRET": SECRET}
        | {"DJANGO_SETTINGS_MODULE": settings, "LOG_LEVEL": "ERROR"},
        cwd=ROOT,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(30)


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


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request("GET", "/healthz", headers={"Host": "localhost"})
                answer = line.getresponse()
                answer.read()
                if answer.status == 200:
                    return
        except OSError:
            pass
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.2)

"""A storm of events from a network: what is true and new is kept once, nothing else, no error (R4).

``MEDSPIL_FAULTS`` is the share of a minute of 500 deliveries a second; a tenth by default. What it
reached stands in the report; ``bench webhook`` holds the rate against a limit.
"""

from __future__ import annotations

import hmac
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest
from django.db import InterfaceError, OperationalError, connections
from django.urls import reverse

from panel.accounts.models import User
from panel.channels.models import Refused
from panel.conversations.intake import events
from panel.conversations.models import Comment, Delivery
from tests.conftest import SignedIn
from tests.factories.outbox import facebook_channel
from tests.faults.killing import forked
from tests.faults.test_listening import PAGE, comment
from tests.serving import server

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.1"))
SECONDS = max(4, round(60 * SHARE))
A_SECOND = 500
UNIQUE = SECONDS * A_SECOND // 5
SENDERS = 16
SECRET = "storm-secret"

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]


@dataclass(frozen=True, slots=True)
class Told:
    """One delivery as it is sent, and what must be answered."""

    body: bytes
    signature: str
    answer: int


def signed(body: bytes, *, secret: str = SECRET) -> str:
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


def hostile(draw: random.Random) -> list[Told]:
    """What is rightly signed and yet no event: cut, not JSON, of a wrong shape, far too much."""
    whole = comment(1, "add", 1, message="Bro")
    bodies = [
        whole[: draw.randrange(1, len(whole) - 1)],
        draw.randbytes(draw.randrange(1, 2_000)),
        b'{"object": "page", "entry": {"id": 1}}',
        json.dumps({"object": "page", "entry": [{"id": "\0", "changes": [None]}]}).encode(),
        comment(10**9, "add", 1, message="\udc00 \0"),
        b"[" * 50_000,
    ]
    kept = [Told(body, signed(body), 200) for body in bodies]
    return [*kept, Told(b"x" * (1024 * 1024 + 1), "", 413)]


def storm(draw: random.Random) -> list[Told]:
    """Each comment five times, one in a hundred signed wrongly, one in a thousand hostile."""
    true = [comment(number, "add", number, message=f"Nr. {number}") for number in range(UNIQUE)]
    sent = [Told(body, signed(body), 200) for body in true for _time in range(5)]
    false = draw.sample(true, max(1, len(sent) // 500))
    sent += [Told(body, signed(body, secret="x"), 403) for body in false for _time in range(5)]
    for _time in range(max(1, len(sent) // 7_000)):
        sent += hostile(draw)
    draw.shuffle(sent)
    return sent


def send(port: int, deliveries: list[Told]) -> tuple[float, list[float], Counter[str]]:
    """Send them at their rate, whatever the answers take: the seconds from when each was due until
    it was answered, and the wrong answers.
    """
    wrong: Counter[str] = Counter()
    start = time.perf_counter() + 0.5

    def one_sender(place: int) -> list[float]:
        taken = []
        with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as line:
            for number in range(place, len(deliveries), SENDERS):
                told, due = deliveries[number], start + number / A_SECOND
                time.sleep(max(0.0, due - time.perf_counter()))
                seal = {"X-Hub-Signature-256": told.signature}
                line.request("POST", "/webhooks/facebook/", told.body, seal)
                answer = line.getresponse()
                answer.read()
                taken.append(time.perf_counter() - due)
                if answer.status != told.answer:
                    wrong[f"{answer.status} instead of {told.answer}"] += 1
        return taken

    with ThreadPoolExecutor(SENDERS) as pool:
        taken = sorted(one for each in pool.map(one_sender, range(SENDERS)) for one in each)
    return time.perf_counter() - start, taken, wrong


def look(port: int, path: str, cookies: str, seconds: float) -> list[float]:
    """Open a staff page every second meanwhile: how long each took."""
    taken, until = [], time.perf_counter() + seconds
    while (start := time.perf_counter()) < until:
        with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as line:
            line.request("GET", path, headers={"Cookie": cookies})
            answer = line.getresponse()
            assert answer.status == 200, answer.status
            answer.read()
        taken.append(time.perf_counter() - start)
        time.sleep(max(0.0, start + 1 - time.perf_counter()))
    return sorted(taken)


def read_on() -> None:
    """What the worker does every two seconds, until it is killed."""
    while True:
        try:
            events.read()
        except (OperationalError, InterfaceError):
            connections.close_all()
        time.sleep(2)


@contextmanager
def beside(body: Callable[[], None]) -> Iterator[None]:
    """A process that does something meanwhile."""
    pid = forked(body)
    try:
        yield
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)


def percent(sorted_ones: list[float], share: int) -> float:
    """The time that so many in a hundred did not exceed, in milliseconds."""
    return 1000 * sorted_ones[len(sorted_ones) * share // 100]


@pytest.mark.django_db(transaction=True)
def test_what_is_true_and_new_is_kept_once(clerk: User, signed_in: SignedIn):
    channel = facebook_channel(external_id=PAGE)
    deliveries = storm(random.Random(4))
    cookies = signed_in(clerk).cookies.output(attrs=[], header="", sep=";").strip()
    with beside(read_on), server(FACEBOOK_APP_SECRET=SECRET) as port, ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look, port, reverse("threads:index"), cookies, SECONDS)
        lasted, taken, wrong = send(port, deliveries)
        pages = looking.result()
    started = time.perf_counter()
    events.read()
    print(
        f"storm: {len(deliveries)} deliveries, {len(deliveries) / lasted:.0f} a second;"
        f" answered in {percent(taken, 50):.0f} ms, 99 of 100 in {percent(taken, 99):.0f} ms;"
        f" staff pages, 95 of 100, in {percent(pages, 95):.0f} ms;"
        f" what was left was read in {time.perf_counter() - started:.1f} s"
    )

    assert wrong == Counter()
    stored = Comment.objects.filter(channel=channel)
    texts = dict(stored.exclude(external_id=f"1_{10**9}").values_list("external_id", "text"))
    assert texts == {f"1_{number}": f"Nr. {number}" for number in range(UNIQUE)}
    assert not Delivery.objects.filter(read_at__isnull=True, given_up_at__isnull=True).exists()
    not_ours = sum(told.answer == 403 for told in deliveries)
    assert sum(Refused.objects.values_list("times", flat=True)) == not_ours

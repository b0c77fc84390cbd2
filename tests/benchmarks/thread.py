"""A page of a thread: the same questions and the same work for ten comments as for thousands."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from panel.channels.models import Channel
from panel.conversations.models import Post
from tests.benchmarks import town
from tests.benchmarks.browser import clerk
from tests.benchmarks.measuring import Row, cpu_ms
from tests.factories.conversations import ChannelFactory, said, take

SIZES = (10, 200, 5_000)
GOAL_MS = 30


def run(scale: int) -> Iterable[Row]:
    """Three threads on the page that staff read; ``scale`` does not matter."""
    town.empty()
    channel, browser = ChannelFactory(), clerk()
    fewest = 0
    for size in SIZES:
        address = _thread(channel, size)
        browser.get(address)
        questions = _questions(browser, address)
        fewest = fewest or questions
        spent = cpu_ms(lambda address=address: browser.get(address))  # type: ignore[misc]
        yield Row("thread", size, spent, "ms CPU", limit=GOAL_MS, ratio=spent / GOAL_MS)
        yield Row(
            "thread_queries", size, questions, "queries", limit=fewest, ratio=questions / fewest
        )
    town.empty()


def _thread(channel: Channel, size: int) -> str:
    """A thread where a third answers; its address."""
    name = f"p{size}"
    take(
        channel,
        *[
            said(
                f"{name}-{number}",
                f"Kommentar {number} om lys på vejen og salt til skolen",
                by=f"u{number % 300}",
                post=name,
                to=f"{name}-{number - number % 3}" if number % 3 == 2 else "",
                likes=number % 9,
                url=f"https://example.dk/{number}",
            )
            for number in range(size)
        ],
    )
    return reverse("threads:thread", args=[Post.objects.get(external_id=name).public_id])


def _questions(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as context:
        assert browser.get(address).status_code == 200
    return len(context)

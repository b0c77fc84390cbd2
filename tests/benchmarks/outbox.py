"""Ten thousand posts due at once, two workers, our fake network: how many a second get there."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.test import override_settings

from panel.channels.actions import add_channel
from panel.channels.fake.control import FakeNetwork
from panel.channels.models import Channel
from panel.channels.outgoing import Act, Verb
from panel.channels.sending import account_of, sender_for
from panel.core.clock import now
from panel.outbox.models import Outgoing, State
from panel.outbox.payloads import kept
from tests.benchmarks.measuring import Row
from tests.benchmarks.team import workers

POSTS = 10_000
PAGE, TOKEN = "4711", "EAAforthebench0123456789"
# For workers to start, before anything is due.
AHEAD = timedelta(seconds=20)


def run(scale: int) -> Iterable[Row]:
    """``outbox``: posts a second from the moment they are due until the last is noted as sent; the
    limit is what one process gets through to the same network when it notes nothing, and ``ratio``
    how many times as much that is. A scale below 100,000 takes fewer posts.
    """
    posts = max(min(POSTS, scale // 10), 20)
    with FakeNetwork() as network:
        network.add_page(PAGE, token=TOKEN)
        names = {"FACEBOOK_GRAPH_URL": network.url, "FACEBOOK_APP_SECRET": network.app_secret}
        with override_settings(**names):
            channel = add_channel(
                kind="facebook", slug="bench", name="Bench", external_id=PAGE, token=TOKEN, by=None
            )
            alone = _alone(channel, max(posts // 10, 20))
            due = _hand_over(channel, posts)
            with workers(**names):
                took = _until_all_are_sent(due)
        there = Counter(post.message for post in network.posts())
    assert len(there) == posts + 1
    assert [words for words, times in there.items() if times > 1] == [_text("alone")]
    rate = posts / took
    yield Row("outbox", posts, rate, "posts/s", limit=alone, ratio=alone / rate)


def _text(number: object) -> str:
    return f"Opslag {number}."


def _alone(channel: Channel, calls: int) -> float:
    """Posts a second through the same adapter, with no outbox around it."""
    sender, account = sender_for(channel), account_of(channel)
    start = time.perf_counter()
    for _call in range(calls):
        sender.send(account, Act(Verb.POST, text=_text("alone")))
    return calls / (time.perf_counter() - start)


def _hand_over(channel: Channel, posts: int) -> float:
    """The rows, due in a moment; that moment, as the clock has it."""
    due = now() + AHEAD
    Outgoing.objects.bulk_create(
        [
            Outgoing(
                key=f"bench:{number}",
                channel=channel,
                title=_text(number),
                payload=kept(Act(Verb.POST, text=_text(number))),
                due_at=due,
                next_at=due,
            )
            for number in range(posts)
        ],
        batch_size=1000,
    )
    return due.timestamp()


def _until_all_are_sent(due: float) -> float:
    while Outgoing.objects.exclude(state=State.SENT).exists():
        time.sleep(0.25)
    return time.time() - due

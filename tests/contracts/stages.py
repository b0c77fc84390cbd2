"""Where senders are tried: a made-up network, and answers that were recorded.

A stage stands for one network. It can be told what happens to the next post, in words that mean the
same on each: those of ``Plot``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Protocol

import httpx
from django.test import override_settings

from panel.channels.facebook.adapter import Facebook
from panel.channels.fake.control import FakeNetwork
from panel.channels.outgoing import Account
from panel.channels.protocol import Sender
from tests.panel.channels.facebook.graph import Answered, Recorded, refuses, says

PAGE, KEY = "100200300", "EAAkanariefuglNoegle"


class Plot(StrEnum):
    """What happens to the next post."""

    GOOD = "it is taken"
    REFUSED = "it is refused for what it says"
    DEAD_KEY = "the key was revoked"
    LIMIT = "too much was asked"
    BROKEN_BEFORE = "the network breaks down before it is there"
    BROKEN_AFTER = "the network breaks down when it is there"
    CUT_BEFORE = "the line is cut before it is there"
    CUT_AFTER = "the line is cut when it is there"
    SILENCE = "nothing comes back"
    NONSENSE = "what comes back means nothing, and it is there"


HAPPENS = frozenset({Plot.GOOD, Plot.BROKEN_AFTER, Plot.CUT_AFTER, Plot.NONSENSE})
"""Where a post is there afterwards."""


class Stage(Protocol):
    """One network."""

    sender: Sender
    account: Account

    def will(self, plot: Plot) -> None:
        """Decide what becomes of the next post."""


class FacebookOnFake:
    """The adapter as it runs, against a made-up network over real HTTP."""

    def __init__(self, network: FakeNetwork) -> None:
        self.network = network
        self.sender: Sender = Facebook()
        self.account = Account(PAGE, KEY)
        network.reset()
        network.add_page(PAGE, name="Byen", token=KEY)

    def will(self, plot: Plot) -> None:
        kinds = {
            Plot.REFUSED: ("code", {"code": 368}),
            Plot.LIMIT: ("http_429", {"minutes": 7}),
            Plot.BROKEN_BEFORE: ("error_before", {}),
            Plot.BROKEN_AFTER: ("error_after", {}),
            Plot.CUT_BEFORE: ("drop_before", {}),
            Plot.CUT_AFTER: ("drop_after", {}),
            Plot.SILENCE: ("hang", {}),
            Plot.NONSENSE: ("garbage", {}),
        }
        if plot is Plot.DEAD_KEY:
            self.network.revoke(KEY)
        elif plot in kinds:
            kind, words = kinds[plot]
            # A picture that nobody sees yet is no post.
            self.network.fault(kind, method="POST", path="*/feed", times=1, **words)


class FacebookAsRecorded:
    """The adapter against what Graph was heard to answer."""

    def __init__(self) -> None:
        self.graph = Recorded()
        self.sender: Sender = Facebook(self.graph)
        self.account = Account(PAGE, KEY)

    def will(self, plot: Plot) -> None:
        usage = json.dumps({PAGE: [{"type": "pages", "estimated_time_to_regain_access": 7}]})
        answers: dict[Plot, Answered] = {
            Plot.GOOD: says({"id": f"{PAGE}_1"}),
            Plot.REFUSED: refuses(368, status=403),
            Plot.DEAD_KEY: refuses(190, 460, status=401),
            Plot.LIMIT: refuses(4, status=429, headers={"x-business-use-case-usage": usage}),
            Plot.BROKEN_BEFORE: refuses(2, status=500, is_transient=True),
            Plot.BROKEN_AFTER: refuses(1, status=500),
            Plot.CUT_BEFORE: httpx.RemoteProtocolError("cut"),
            Plot.CUT_AFTER: httpx.ReadError("cut"),
            Plot.SILENCE: httpx.ReadTimeout("silence"),
            Plot.NONSENSE: httpx.Response(200, text="<html>"),
        }
        self.graph.answers = [answers[plot]]


@contextmanager
def stage(name: str, network: FakeNetwork) -> Iterator[Stage]:
    """A stage by its name, ready to be played on."""
    if name == "facebook, recorded":
        yield FacebookAsRecorded()
        return
    with override_settings(
        FACEBOOK_GRAPH_URL=network.url,
        FACEBOOK_APP_ID=network.app_id,
        FACEBOOK_APP_SECRET=network.app_secret,
        NETWORK_READ_SECONDS=0.5,
    ):
        yield FacebookOnFake(network)


STAGES = ("facebook, made up", "facebook, recorded")

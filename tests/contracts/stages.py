"""Where senders are tried: a made-up network, and answers that were recorded.

A stage stands for one network. It can be told what happens to the next post, in words that mean the
same on each: those of ``Plot``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import Any, Protocol

import httpx
from django.test import override_settings

from panel.channels.facebook.adapter import Facebook
from panel.channels.fake.control import FakeNetwork
from panel.channels.fake.told import Posted
from panel.channels.instagram.adapter import Instagram
from panel.channels.mastodon.adapter import Mastodon
from panel.channels.outgoing import Account, Act
from panel.channels.protocol import Sender
from tests.factories.network_pictures import Shelf
from tests.panel.channels.facebook import graph
from tests.panel.channels.facebook.graph import Answered
from tests.panel.channels.instagram import recorded as instagram
from tests.panel.channels.mastodon import recorded

PAGE, KEY = "100200300", "EAAkanariefuglNoegle"
NAME = "kommune"


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
        """Decide what becomes of the next post, or reply."""

    def fits(self, act: Act) -> Act:
        """``act`` in the form this network takes: with a picture, where it takes none without."""


FAULTS: dict[Plot, tuple[str, dict[str, Any]]] = {
    Plot.REFUSED: ("code", {"code": 368}),
    Plot.LIMIT: ("http_429", {"minutes": 7}),
    Plot.BROKEN_BEFORE: ("error_before", {}),
    Plot.BROKEN_AFTER: ("error_after", {}),
    Plot.CUT_BEFORE: ("drop_before", {}),
    Plot.CUT_AFTER: ("drop_after", {}),
    Plot.SILENCE: ("hang", {}),
    Plot.NONSENSE: ("garbage", {}),
}


class MadeUp:
    """An adapter as it runs, against a made-up network over real HTTP.

    ``posting``, ``uploading`` and ``replying`` are where posts, pictures and replies go, without
    the version. ``keeps_uploads``: pictures lie there before there is a post.
    """

    posting: str
    uploading: str
    keeps_uploads = True
    # For how long it may be silent, in seconds.
    patience = 0.5
    replying = "*/comments"
    sender: Sender
    account: Account

    def __init__(self, network: FakeNetwork) -> None:
        self.network = network
        network.reset()

    def id_of(self, post: Posted) -> str:
        """What the network calls a post, on this side of it."""
        raise NotImplementedError

    def fits(self, act: Act) -> Act:
        return act

    def small_key(self) -> Account:
        """The account with a key that may look and not write."""
        raise NotImplementedError

    def others_key(self) -> Account:
        """The account with a key that is somebody else's."""
        raise NotImplementedError

    def will(self, plot: Plot) -> None:
        """Decide what becomes of the next post: a picture that nobody sees yet is none."""
        if plot is Plot.DEAD_KEY:
            self.network.revoke(KEY)
        elif plot in FAULTS:
            kind, words = FAULTS[plot]
            for path in (self.posting, self.replying):
                self.network.fault(kind, method="POST", path=path, times=1, **words)


class FacebookOnFake(MadeUp):
    """The page."""

    posting, uploading = "*/feed", "*/photos"

    def __init__(self, network: FakeNetwork) -> None:
        super().__init__(network)
        self.sender = Facebook()
        self.account = Account(PAGE, KEY)
        network.add_page(PAGE, name="Byen", token=KEY)

    def id_of(self, post: Posted) -> str:
        return post.id

    def small_key(self) -> Account:
        self.network.add_token("EAAsmall", page=PAGE, scopes=["pages_show_list"])
        return Account(PAGE, "EAAsmall")

    def others_key(self) -> Account:
        return Account("999", KEY)


class MastodonOnFake(MadeUp):
    """The account."""

    posting, uploading = "*/v1/statuses", "*/v2/media"

    def __init__(self, network: FakeNetwork) -> None:
        super().__init__(network)
        self.sender = Mastodon()
        self.account = Account(f"@{NAME}@social.example", KEY, network.url)
        network.add_account(NAME, id=PAGE, name="Byen", token=KEY)

    def id_of(self, post: Posted) -> str:
        return post.id.rpartition("_")[2]

    def small_key(self) -> Account:
        self.network.add_token("small", page=PAGE, scopes=["read"])
        return replace(self.account, token="small")

    def others_key(self) -> Account:
        self.network.add_account("nabo", id="7", token="theirs")
        return replace(self.account, token="theirs")


class InstagramOnFake(MadeUp):
    """The account. The network fetches its pictures from a shelf in this process."""

    posting, uploading, keeps_uploads = "*/media_publish", "*/media", False
    patience = 1.0

    def __init__(self, network: FakeNetwork) -> None:
        super().__init__(network)
        self.sender = Instagram()
        self.account = Account(PAGE, KEY)
        self.shelf = Shelf.shared()
        network.add_instagram(NAME, id=PAGE, name="Byen", token=KEY)

    def id_of(self, post: Posted) -> str:
        return post.id.rpartition("_")[2]

    def fits(self, act: Act) -> Act:
        return self.shelf.with_pictures(act)

    def small_key(self) -> Account:
        self.network.add_token("small", page=PAGE, scopes=["instagram_basic"])
        return replace(self.account, token="small")

    def others_key(self) -> Account:
        self.network.add_instagram("nabo", id="7", token="theirs")
        return replace(self.account, token="theirs")


class FacebookAsRecorded:
    """The adapter against what Graph was heard to answer."""

    def __init__(self) -> None:
        self.graph = graph.Recorded()
        self.sender: Sender = Facebook(self.graph)
        self.account = Account(PAGE, KEY)

    def will(self, plot: Plot) -> None:
        says, refuses = graph.says, graph.refuses
        usage = json.dumps({PAGE: [{"type": "pages", "estimated_time_to_regain_access": 7}]})
        answers: dict[Plot, Answered] = LOST | {
            Plot.GOOD: says({"id": f"{PAGE}_1"}),
            Plot.REFUSED: refuses(368, status=403),
            Plot.DEAD_KEY: refuses(190, 460, status=401),
            Plot.LIMIT: refuses(4, status=429, headers={"x-business-use-case-usage": usage}),
            Plot.BROKEN_BEFORE: refuses(2, status=500, is_transient=True),
            Plot.BROKEN_AFTER: refuses(1, status=500),
        }
        self.graph.answers = [answers[plot]]

    def fits(self, act: Act) -> Act:
        return act


class InstagramAsRecorded:
    """The adapter against what Instagram is documented to answer."""

    def __init__(self) -> None:
        self.graph = graph.Recorded()
        self.sender: Sender = Instagram(self.graph)
        self.account = Account(PAGE, KEY)

    def will(self, plot: Plot) -> None:
        refuses = graph.refuses
        usage = json.dumps({PAGE: [{"type": "instagram", "estimated_time_to_regain_access": 7}]})
        answers: dict[Plot, Answered] = LOST | {
            Plot.GOOD: graph.says({"id": "17900001"}),
            Plot.REFUSED: refuses(25, 2207050),
            Plot.DEAD_KEY: refuses(190, 460, status=401),
            Plot.LIMIT: refuses(80002, status=400, headers={"x-business-use-case-usage": usage}),
            Plot.BROKEN_BEFORE: refuses(2, status=500, is_transient=True),
            Plot.BROKEN_AFTER: refuses(-1, 2207001, status=500),
        }
        afterwards = instagram.permalink() if plot is Plot.GOOD else instagram.ready()
        before = [instagram.quota(), instagram.made(), instagram.ready()]
        self.graph.answers = [*before, answers[plot], afterwards]

    def fits(self, act: Act) -> Act:
        return Shelf.shared().with_pictures(act)


class MastodonAsRecorded:
    """The adapter against what Mastodon is documented to answer."""

    def __init__(self) -> None:
        self.server = recorded.Recorded()
        self.sender: Sender = Mastodon(self.server)
        self.account = replace(recorded.ACCOUNT, token=KEY)

    def will(self, plot: Plot) -> None:
        refuses = recorded.refuses
        answers: dict[Plot, Answered] = LOST | {
            Plot.GOOD: recorded.says(recorded.status()),
            Plot.REFUSED: refuses(422, "Validation failed: Text can't be blank"),
            Plot.DEAD_KEY: refuses(401, "The access token was revoked"),
            Plot.LIMIT: recorded.limited(),
            Plot.BROKEN_BEFORE: refuses(503, "There was a temporary problem"),
            Plot.BROKEN_AFTER: refuses(500),
        }
        self.server.answers = [answers[plot]]

    def fits(self, act: Act) -> Act:
        return act


LOST: dict[Plot, Answered] = {
    Plot.CUT_BEFORE: httpx.RemoteProtocolError("cut"),
    Plot.CUT_AFTER: httpx.ReadError("cut"),
    Plot.SILENCE: httpx.ReadTimeout("silence"),
    Plot.NONSENSE: httpx.Response(200, text="<html>"),
}
RECORDED: dict[str, Callable[[], Stage]] = {
    "facebook, recorded": FacebookAsRecorded,
    "instagram, recorded": InstagramAsRecorded,
    "mastodon, recorded": MastodonAsRecorded,
}
MADE_UP: dict[str, type[MadeUp]] = {
    "facebook, made up": FacebookOnFake,
    "instagram, made up": InstagramOnFake,
    "mastodon, made up": MastodonOnFake,
}


@contextmanager
def stage(name: str, network: FakeNetwork) -> Iterator[Stage]:
    """A stage by its name, ready to be played on."""
    if name in RECORDED:
        yield RECORDED[name]()
        return
    with made_up_stage(name, network) as ready:
        yield ready


@contextmanager
def made_up_stage(name: str, network: FakeNetwork) -> Iterator[MadeUp]:
    """One that remembers."""
    with override_settings(
        FACEBOOK_GRAPH_URL=network.url,
        FACEBOOK_APP_ID=network.app_id,
        FACEBOOK_APP_SECRET=network.app_secret,
        NETWORK_PRIVATE_HOSTS=["127.0.0.1"],
        NETWORK_READ_SECONDS=MADE_UP[name].patience,
    ):
        yield MADE_UP[name](network)


STAGES = (*MADE_UP, *RECORDED)

"""Whatever the network does and whoever dies: nothing is posted or answered twice, and nothing is
lost in silence (R2).

``MEDSPIL_FAULTS`` is the share of the full size (10,000 posts, a fifth of the calls going wrong,
200 workers killed); by default 300 posts and 40 kills, and in ``run.py test`` half of it on each
database. The network is our fake one, in a process of its own, over real HTTP.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connections
from pytest_django.live_server_helper import LiveServer

from panel.channels.actions import set_token
from panel.channels.fake.control import FakeNetwork
from panel.channels.models import Channel
from panel.channels.outgoing import Act, Outcome, Picture, Verb
from panel.core.clock import now
from panel.outbox import actions, looking, sending
from panel.outbox.models import Attempt, Lane, Outgoing, State
from panel.outbox.models.outgoing import LOOKS
from tests.factories.network_pictures import jpeg
from tests.factories.outbox import (
    TOKEN,
    facebook_channel,
    instagram_channel,
    mastodon_channel,
)
from tests.faults.killing import DEATHS, Killing, is_ours, points

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(7200),
]

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.03"))
POSTS = max(150, round(10_000 * SHARE))
KILLS = max(40, round(200 * SHARE))
CRASHES = max(1, round(20 * SHARE))
POINTS = points("outbox.")
# One in so many is a reply.
REPLIES = 4
OPEN = (State.DUE, State.CLAIMED, State.SENDING)
# A fifth of all calls that post: each kind by itself, and each of them ambiguous or not.
FAULTS: dict[str, dict[str, Any]] = {
    "error_before": {},
    "error_after": {},
    "drop_before": {},
    "drop_after": {},
    "garbage": {},
    "http_429": {"minutes": 0},
    "hang": {"done": "first", "seconds": 2},
}


@pytest.fixture
def network(settings: Any) -> Iterator[FakeNetwork]:
    with FakeNetwork() as made:
        settings.FACEBOOK_GRAPH_URL = made.url
        settings.FACEBOOK_APP_SECRET = made.app_secret
        settings.NETWORK_READ_SECONDS = 0.4
        settings.OUTBOX_LEASE_SECONDS = 1.0
        yield made


@pytest.fixture
def page(network: FakeNetwork, transactional_db: None) -> Channel:
    channel = facebook_channel()
    network.add_page(channel.external_id, token=TOKEN)
    return channel


@pytest.fixture
def account(network: FakeNetwork, settings: Any, transactional_db: None) -> Channel:
    settings.NETWORK_PRIVATE_HOSTS = ["127.0.0.1"]
    channel = mastodon_channel(network.url)
    name = channel.external_id.split("@")[1]
    network.add_account(name, id="14715", token=TOKEN)
    return channel


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes minutes takes tenths of a second, and few are taken at once."""
    monkeypatch.setattr(sending, "AT_ONCE", 4)
    monkeypatch.setattr(sending, "FIRST_WAIT", timedelta(seconds=0.05))
    monkeypatch.setattr(sending, "LONGEST_WAIT", timedelta(seconds=0.3))
    monkeypatch.setattr(sending, "SOON", timedelta(seconds=0.1))
    monkeypatch.setattr(looking, "NEXT_LOOK", (timedelta(seconds=0.2),) * LOOKS)


class Posts:
    """Posts to be sent, each with words of its own; with ``asked``, the ids of comments, every
    fourth of them is a reply to one.
    """

    def __init__(self, channel: Channel, asked: Sequence[str] = ()) -> None:
        self.channel, self.asked, self.made = channel, asked, 0

    def add(self, how_many: int) -> None:
        for _post in range(how_many):
            self.made += 1
            actions.hand_over(
                key=f"faults:{self.made}",
                channel=self.channel,
                act=self.act(f"Opslag {self.made:05}."),
                title=f"Opslag {self.made}",
                due_at=now(),
            )

    def act(self, words: str) -> Act:
        if not self.asked or self.made % REPLIES:
            return Act(Verb.POST, text=words)
        comment = self.asked[self.made // REPLIES % len(self.asked)]
        return Act(Verb.REPLY, text=words, answers=comment, top=comment)


def is_done() -> bool:
    """Nothing is to be sent or looked for any more."""
    doubtful = Outgoing.objects.filter(state=State.UNKNOWN, looks__lt=LOOKS)
    return not (Outgoing.objects.filter(state__in=OPEN) | doubtful).exists()


def work() -> None:
    """What a worker does for the outbox, until there is nothing more."""
    until = time.time() + 600
    while time.time() < until:
        try:
            if is_done():
                return
            sending.deliver()
            looking.recover()
            looking.look()
        except (OperationalError, InterfaceError):
            connections.close_all()
        time.sleep(0.05)


@pytest.fixture
def killing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killing]:
    log = tmp_path / "kills"
    monkeypatch.setenv("MEDSPIL_KILL_LOG", str(log))
    made = Killing(
        log,
        work=work,
        is_done=is_done,
        points=POINTS,
        kills=KILLS,
        # Four are taken at a time: that moment comes four times more seldom than the others.
        often="outbox.claimed:0.08,outbox.*:0.02",
        crashes=CRASHES,
    )
    yield made
    made.end()


def told_of(network: FakeNetwork) -> Counter[str]:
    """How often each post stands on the page, and each reply under a comment."""
    posts = (post.message for post in network.posts() if post.by_app)
    pages = {post.page_id for post in network.posts()}
    replies = (
        each.message for each in network.comments() if (each.author or {}).get("id") in pages
    )
    return Counter((*posts, *replies))


def words_in(*states: str) -> set[str]:
    rows = Outgoing.objects.filter(state__in=states)
    return {payload["text"] for payload in rows.values_list("payload", flat=True)}


def test_killed_at_any_time_nothing_is_posted_twice_and_nothing_lost(
    network: FakeNetwork, page: Channel, killing: Killing, in_a_hurry: None
):
    for kind, words in FAULTS.items():
        for path in ("*/feed", "*/comments"):
            network.fault(kind, method="POST", path=path, share=0.03, seed=7, **words)
    post = network.post_by_hand(page.external_id, "Hvad synes I?")
    posts = Posts(page, [network.comment(post, f"Et spørgsmål {each}") for each in range(5)])
    posts.add(POSTS)

    killing.run(lambda: posts.add(20))

    there = told_of(network)
    assert {words: times for words, times in there.items() if times > 1} == {}
    # What we say is sent stands there, once; what we say is not, does not.
    assert words_in(State.SENT) <= there.keys()
    assert not words_in(State.FAILED) & there.keys()
    # In doubt is only what the network or a death left in doubt, and all of it waits for a person:
    # looking finds whatever is there, so what is left is not.
    assert not words_in(State.UNKNOWN) & there.keys()
    assert all(row.asks for row in Outgoing.objects.filter(state=State.UNKNOWN))
    states = Counter(Outgoing.objects.values_list("state", flat=True))
    assert set(states) <= {State.SENT, State.UNKNOWN, State.FAILED}
    assert sum(states.values()) == posts.made
    replies = Outgoing.objects.filter(verb=Verb.REPLY)
    assert replies.filter(state=State.SENT).count() > posts.made // REPLIES / 2
    unclear = Attempt.objects.filter(outcome=Outcome.UNKNOWN).values("outgoing").distinct()
    assert states[State.UNKNOWN] <= unclear.count()
    assert not Attempt.objects.filter(ended_at__isnull=True).exists()
    call_command("verify_audit")
    hits = killing.hits()
    assert sorted(hits) == POINTS
    assert min(hits.values()) >= DEATHS
    assert killing.killed() >= KILLS
    assert killing.crashed >= (CRASHES if is_ours() else 0)


def test_a_person_settles_what_is_left_and_all_of_it_stands_there_once(
    network: FakeNetwork, page: Channel, in_a_hurry: None, clerk: Any
):
    network.fault("error_before", method="POST", path="*/feed", share=0.5, seed=3)
    Posts(page).add(40)
    work()
    left = list(Outgoing.objects.asking())
    assert left
    network.behave()

    for row in left:
        actions.is_not_there(row, seen=row.tries, by=clerk)
    work()

    assert set(told_of(network).values()) == {1}
    assert len(told_of(network)) == 40
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_dead_key_loses_nothing_and_a_new_one_sends_it_all(
    network: FakeNetwork, page: Channel, in_a_hurry: None
):
    posts = Posts(page)
    posts.add(10)
    sending.deliver()
    network.revoke(TOKEN)
    posts.add(10)
    for _round in range(5):
        sending.deliver()
    assert Outgoing.objects.filter(state=State.DUE).count() == 10
    asked = sum(call.method == "POST" for call in network.requests())

    network.add_token("EAAnew" * 6, page=page.external_id)
    set_token(page, token="EAAnew" * 6, by=None)
    work()

    # One call found the key dead; nothing was tried with it after that.
    assert asked == 11
    assert set(told_of(network).values()) == {1}
    assert len(told_of(network)) == 20


def test_a_network_that_is_gone_is_left_alone_and_gets_everything_when_it_is_back(
    network: FakeNetwork, page: Channel, settings: Any
):
    address, settings.FACEBOOK_GRAPH_URL = settings.FACEBOOK_GRAPH_URL, "http://127.0.0.1:9"
    Posts(page).add(20)
    sending.deliver()
    assert Attempt.objects.count() == sending.PATIENCE
    assert Lane.objects.quiet(now()).exists()

    settings.FACEBOOK_GRAPH_URL = address
    # A while later.
    Lane.objects.update(quiet_until=now())
    Outgoing.objects.update(next_at=now())
    work()

    assert len(told_of(network)) == 20
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.SENT}


# --- Instagram ------------------------------------------------------------------------------------


class Pictured(Posts):
    """Each with a picture, which the network fetches from us."""

    def act(self, text: str) -> Act:
        return Act(Verb.POST, text=text, pictures=(Picture(jpeg(), "En bro"),))


@pytest.fixture
def gallery(network: FakeNetwork, settings: Any, live_server: LiveServer) -> Channel:
    settings.SITE_URL = live_server.url
    settings.NETWORK_READ_SECONDS = 2
    settings.OUTBOX_LEASE_SECONDS = 10
    channel = instagram_channel()
    network.add_instagram("fjordby", id=channel.external_id, token=TOKEN)
    return channel


def test_on_instagram_nothing_is_posted_twice_and_nothing_lost(
    network: FakeNetwork, gallery: Channel, in_a_hurry: None
):
    slow = FAULTS | {"hang": {"done": "first", "seconds": 3}}
    for kind, words in slow.items():
        for path, share in (("*/media", 0.02), ("*/media_publish", 0.05)):
            network.fault(kind, method="POST", path=path, share=share, seed=7, **words)
    lie = {"code": 4, "subcode": 2207051, "status": 400, "done": "first"}
    network.fault("code", method="POST", path="*/media_publish", share=0.05, seed=9, **lie)
    network.settings(posts_a_day=1000)
    posts = Pictured(gallery)
    posts.add(60)
    work()

    there = told_of(network)
    assert set(there.values()) == {1}
    assert words_in(State.SENT) == there.keys()
    left = Outgoing.objects.exclude(state=State.SENT)
    assert all(row.asks for row in left)
    assert left.count() == 60 - len(there) > 0
    assert {photo.sha256 for photo in network.photos()} == {sha256(jpeg()).hexdigest()}


def test_on_instagram_an_answer_lost_after_the_post_is_one_post(
    network: FakeNetwork, gallery: Channel, in_a_hurry: None
):
    network.fault("drop_after", method="POST", path="*/media_publish", times=1)
    Pictured(gallery).add(1)
    work()

    [row] = Outgoing.objects.all()
    [post] = network.posts()
    assert (row.state, row.tries, row.external_id) == (State.SENT, 1, post.id.split("_")[1])


def test_on_instagram_a_day_that_is_full_loses_nothing(
    network: FakeNetwork, gallery: Channel, in_a_hurry: None
):
    network.settings(posts_a_day=1)
    Pictured(gallery).add(3)
    for _round in range(3):
        sending.deliver()
    assert len(network.posts()) == 1
    assert Outgoing.objects.filter(state=State.DUE).count() == 2

    network.settings(posts_a_day=50)
    Lane.objects.update(quiet_until=now())
    work()

    assert set(told_of(network).values()) == {1}
    assert len(told_of(network)) == 3


# --- Mastodon -------------------------------------------------------------------------------------


def test_on_mastodon_nothing_is_posted_twice_and_nothing_lost(
    network: FakeNetwork, account: Channel, in_a_hurry: None
):
    for kind, words in FAULTS.items():
        network.fault(kind, method="POST", path="*/v1/statuses", share=0.06, seed=7, **words)
    posts = Posts(account)
    posts.add(100)
    work()

    there = told_of(network)
    assert set(there.values()) == {1}
    assert words_in(State.SENT) == there.keys()
    left = Outgoing.objects.exclude(state=State.SENT)
    assert all(row.asks for row in left)
    assert left.count() == 100 - len(there) > 0


def test_on_mastodon_an_answer_lost_after_the_post_is_one_post(
    network: FakeNetwork, account: Channel, in_a_hurry: None
):
    network.fault("drop_after", method="POST", path="*/v1/statuses", times=1)
    Posts(account).add(1)
    work()

    [row] = Outgoing.objects.all()
    [post] = network.posts()
    assert (row.state, row.tries, row.external_id) == (State.SENT, 1, post.id.split("_")[1])


def test_on_mastodon_a_person_who_is_wrong_about_it_posts_nothing_twice(
    network: FakeNetwork, account: Channel, in_a_hurry: None, clerk: Any
):
    network.fault("drop_after", method="POST", path="*/v1/statuses", times=1)
    Posts(account).add(1)
    sending.deliver()
    [row] = Outgoing.objects.all()

    actions.is_not_there(row, seen=row.tries, by=clerk)
    sending.deliver()

    row.refresh_from_db()
    [post] = network.posts()
    assert (row.state, row.tries, row.external_id) == (State.SENT, 2, post.id.split("_")[1])

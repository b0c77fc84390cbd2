"""Reading a page: everything comes, once, however often; and only what is gone is taken for gone.

The network is our fake one, over real HTTP.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from panel.channels.fake.control import FakeNetwork
from panel.channels.keys import KeyState
from panel.channels.models import Channel, Credential, Hearing
from panel.conversations import tasks
from panel.conversations.intake import polling
from panel.conversations.models import Comment, Post
from tests.factories.outbox import TOKEN, facebook_channel

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[FakeNetwork]:
    with FakeNetwork() as made:
        yield made


@pytest.fixture
def network(running: FakeNetwork, settings: Any) -> Iterator[FakeNetwork]:
    settings.FACEBOOK_GRAPH_URL = running.url
    settings.FACEBOOK_APP_SECRET = running.app_secret
    settings.NETWORK_READ_SECONDS = 2
    yield running
    running.reset()


@pytest.fixture
def page(network: FakeNetwork) -> Channel:
    channel = facebook_channel()
    network.add_page(channel.external_id, token=TOKEN)
    return channel


@pytest.fixture
def post(network: FakeNetwork, page: Channel) -> str:
    return network.post_by_hand(page.external_id, "Ny bro over åen", reactions=7, shares=2)


def polled(channel: Channel) -> dict[str, Any]:
    return polling.poll(channel).as_dict()


def test_posts_comments_and_answers_come_with_who_wrote_them(
    network: FakeNetwork, page: Channel, post: str
):
    first = network.comment(post, "Hvornår åbner den?", author=("77", "Bo Borger"), likes=3)
    network.comment(first, "I maj.", author=(page.external_id, "Byen"))

    told = polled(page)

    assert told["posts"] == {"added": 1, "updated": 0}
    assert told["comments"] == {"added": 2, "updated": 0, "removed": 0}
    assert (told["calls"], told["errors"]) == (1, [])
    stored = Post.objects.get()
    assert (stored.text, stored.reactions, stored.shares, stored.stated_comments) == (
        "Ny bro over åen",
        7,
        2,
        2,
    )
    question, answer = Comment.objects.order_by("id")
    assert (question.text, question.likes) == ("Hvornår åbner den?", 3)
    assert question.commenter is not None
    assert (question.commenter.name, question.commenter.is_page) == ("Bo Borger", False)
    assert answer.parent == question
    assert answer.commenter is not None
    assert answer.commenter.is_page
    assert Hearing.objects.get(channel=page).read_at


def test_reading_again_changes_nothing(network: FakeNetwork, page: Channel, post: str):
    network.comment(post, "Hej")
    polled(page)
    told = polled(page)
    assert told["comments"] == {"added": 0, "updated": 0, "removed": 0}
    assert told["posts"] == {"added": 0, "updated": 0}


def test_every_page_is_read_empty_ones_too(network: FakeNetwork, page: Channel):
    network.settings(page_size=3, gaps=True)
    for number in range(8):
        made = network.post_by_hand(page.external_id, f"Opslag {number}")
        for comment in range(number):
            network.comment(made, f"Kommentar {number}.{comment}")
    told = polled(page)
    assert (Post.objects.count(), Comment.objects.count()) == (8, 28)
    assert told["errors"] == []


def test_pages_that_lead_in_a_circle_end(network: FakeNetwork, page: Channel):
    network.settings(page_size=1, loop=True)
    for number in range(3):
        network.post_by_hand(page.external_id, f"Opslag {number}")
    assert polled(page)["errors"] == ["loop"]


def test_other_words_are_taken_over(network: FakeNetwork, page: Channel, post: str):
    comment = network.comment(post, "Hvornåe åbner den?")
    polled(page)
    network.edit(comment, "Hvornår åbner den?")
    told = polled(page)
    assert told["comments"]["updated"] == 1
    assert Comment.objects.get().text == "Hvornår åbner den?"


def test_what_is_gone_without_a_word_is_found_and_emptied(
    network: FakeNetwork, page: Channel, post: str
):
    network.comment(post, "Bliver")
    gone = network.comment(post, "Fortrudt", author=("78", "Ida"))
    polled(page)
    network.remove(gone, silently=True)
    told = polled(page)
    assert told["comments"]["removed"] == 1
    tombstone = Comment.objects.get(external_id=gone)
    assert tombstone.removed_at
    assert (tombstone.text, tombstone.commenter) == ("", None)
    assert Comment.objects.present().count() == 1


def test_a_post_that_is_gone_is_emptied(network: FakeNetwork, page: Channel, post: str):
    polled(page)
    network.remove(post, silently=True)
    polled(page)
    stored = Post.objects.get()
    assert stored.removed_at
    assert stored.text == ""


def test_what_is_missing_from_a_list_but_still_there_stays(
    network: FakeNetwork, page: Channel, post: str, monkeypatch: pytest.MonkeyPatch
):
    network.comment(post, "Bliver")
    network.comment(post, "Bliver også")
    polled(page)
    asked: list[str] = []

    class Shortsighted:
        def __init__(self, real: Any) -> None:
            self.real = real

        @property
        def calls(self) -> int:
            return int(self.real.calls)

        def threads(self, since: Any) -> Any:
            for thread in self.real.threads(since):
                yield type(thread)(thread.post, thread.comments[:1], is_whole=True)

        def is_there(self, external_id: str) -> bool:
            asked.append(external_id)
            return bool(self.real.is_there(external_id))

    real = polling.reader_of(page)
    assert real

    class Reader:
        def reading(self, account: Any) -> Any:
            return Shortsighted(real.reading(account))

    monkeypatch.setattr(polling, "reader_of", lambda channel: Reader())
    told = polled(page)
    assert len(asked) == 1
    assert told["comments"]["removed"] == 0
    assert Comment.objects.present().count() == 2


def test_where_no_comments_are_shown_any_more_none_is_taken_for_gone(
    network: FakeNetwork, page: Channel, post: str
):
    """A permission that was lost looks like an empty page."""
    for number in range(3):
        network.comment(post, f"Nummer {number}")
    polled(page)
    for comment in network.comments():
        network.remove(comment.id, silently=True)
    told = polled(page)
    assert told["comments"]["removed"] == 0
    assert Comment.objects.present().count() == 3


def test_a_network_that_stops_keeps_what_was_read_and_says_so(
    network: FakeNetwork, page: Channel, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("panel.channels.graph.client.PAUSE_SECONDS", 0)
    monkeypatch.setattr(polling, "THREADS_AT_ONCE", 1)
    network.settings(page_size=2)
    for number in range(6):
        network.post_by_hand(page.external_id, f"Opslag {number}")
    network.fault("error_before", method="GET", path="*/feed", skip=1)
    told = polled(page)
    assert told["errors"] == ["2"]
    assert Post.objects.count() == 2
    hearing = Hearing.objects.get(channel=page)
    assert (hearing.read_at, hearing.read_code) == (None, "2")


def test_what_passes_is_asked_again(
    network: FakeNetwork, page: Channel, post: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("panel.channels.graph.client.PAUSE_SECONDS", 0)
    network.fault("error_before", method="GET", path="*/feed", times=2)
    told = polled(page)
    assert (told["errors"], told["calls"], told["posts"]["added"]) == ([], 3, 1)


def test_a_dead_key_is_noted_once_for_the_whole_channel(
    network: FakeNetwork, page: Channel, post: str
):
    network.revoke(TOKEN)
    assert polled(page)["errors"] == ["190/460"]
    assert Credential.objects.get().state == KeyState.EXPIRED


def test_comments_without_an_author_are_kept_and_nobodys(
    network: FakeNetwork, page: Channel, post: str
):
    network.settings(without_from=True)
    network.comment(post, "En")
    network.comment(post, "To")
    polled(page)
    assert Comment.objects.count() == 2
    assert not Comment.objects.exclude(commenter=None).exists()


def test_the_command_prints_what_scripts_rely_on(network: FakeNetwork, page: Channel, post: str):
    network.comment(post, "Hej")
    out = StringIO()
    call_command("poll", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "channels": [
            {
                "slug": page.slug,
                "posts": {"added": 1, "updated": 0},
                "comments": {"added": 1, "updated": 0, "removed": 0},
                "calls": 1,
                "errors": [],
            }
        ]
    }


def test_the_command_tells_people_too_and_fails_where_reading_failed(
    network: FakeNetwork, page: Channel, post: str
):
    out, err = StringIO(), StringIO()
    call_command("poll", "--channel", page.slug, "--since", "2020-01-01", stdout=out)
    assert f"{page.slug}: posts +1" in out.getvalue()
    network.revoke(TOKEN)
    with pytest.raises(SystemExit):
        call_command("poll", stdout=out, stderr=err)
    assert "190/460" in err.getvalue()


@pytest.mark.parametrize("words", [["--channel", "nowhere"], ["--since", "i går"]])
def test_the_command_says_what_it_cannot_do(words: list[str]):
    with pytest.raises(CommandError):
        call_command("poll", *words)


def test_a_channel_without_a_network_cannot_be_read(db: None):
    channel = Channel.objects.create(kind="byhand", slug="ude", name="Ude", scope="x")
    with pytest.raises(CommandError, match="ude"):
        call_command("poll", "--channel", channel.slug)


def test_the_worker_reads_channels_in_use(network: FakeNetwork, page: Channel, post: str):
    tasks.poll.call(page.pk)
    assert Post.objects.count() == 1
    Channel.objects.update(is_active=False)
    network.post_by_hand(page.external_id, "Senere")
    tasks.poll.call(page.pk)
    assert polling.readable() == []
    assert Post.objects.count() == 1

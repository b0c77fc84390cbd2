"""A citizen asks on the network, and is answered from the thread: once, in the page's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from panel.accounts.models import User
from panel.channels.fake.control import FakeNetwork
from panel.channels.models import Channel
from panel.conversations.actions import answering
from panel.conversations.intake import events
from panel.conversations.models import Post, Tally
from panel.core.clock import now
from panel.outbox import looking, sending
from panel.outbox.actions import end_pause, pause
from panel.outbox.models import Outgoing, State
from tests.factories.outbox import TOKEN, facebook_channel
from tests.journeys.axe import sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, go, tab_to

QUESTION = "Hvornår åbner svømmehallen igen?"
ANSWER = "Den åbner på mandag kl. 6."


@pytest.fixture
def network(settings: Any, live_server: LiveServer) -> Iterator[FakeNetwork]:
    with FakeNetwork() as running:
        settings.FACEBOOK_GRAPH_URL = running.url
        settings.FACEBOOK_APP_ID = running.app_id
        settings.FACEBOOK_APP_SECRET = running.app_secret
        settings.FACEBOOK_VERIFY_TOKEN = "ordet"
        settings.SITE_URL = live_server.url
        settings.NETWORK_READ_SECONDS = 2
        yield running


@pytest.fixture
def page(site: Any, network: FakeNetwork, live_server: LiveServer) -> Channel:
    channel = facebook_channel(name="Byens Facebook-side")
    network.add_page(channel.external_id, name="Byen", token=TOKEN)
    network.webhooks(f"{live_server.url}/webhooks/facebook/", verify_token="ordet")
    return channel


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's, and what takes minutes takes none."""
    monkeypatch.setattr(answering, "database_now", now)
    monkeypatch.setattr(sending, "SOON", timedelta(0))
    monkeypatch.setattr(looking, "NEXT_LOOK", (timedelta(0),))


def listen(network: FakeNetwork) -> None:
    assert network.settle()
    events.read()


@pytest.fixture
def question(network: FakeNetwork, page: Channel) -> str:
    """The id of what a citizen asked."""
    post = network.post_by_hand(page.external_id, "Svømmehallen er lukket for rengøring.")
    asked = network.comment(post, QUESTION, author=("77", "Bo Borger"))
    network.comment(asked, "Det vil jeg også vide", author=("78", "Ane Andersen"))
    listen(network)
    return asked


def thread() -> str:
    return f"/admin/threads/{Post.objects.get().public_id}/"


def write(desk: Page, words: str) -> None:
    """Open the first comment's form and write, by keyboard alone."""
    tab_to(desk, "a[href*='?reply=']")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator("#reply textarea")).to_be_focused()
    desk.keyboard.type(words)


def ours(network: FakeNetwork, page: Channel) -> list[str]:
    """What the page has written under posts."""
    return [
        each.message
        for each in network.comments()
        if (each.author or {}).get("id") == page.external_id
    ]


def test_answered_by_keyboard_on_a_phone_and_back_from_the_network_once(
    network: FakeNetwork, page: Channel, question: str, open_page: OpenPage, clerk: User
):
    desk = open_page(thread(), user=clerk, width=PHONE)
    write(desk, ANSWER)
    form = desk.locator("#reply")
    expect(form).to_contain_text("Byens Facebook-side")
    expect(form.locator("[data-reply-left]")).to_contain_text("7.974")
    sound_for_staff(desk)
    tab_to(desk, "#reply button")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator("article[id^=r-]")).to_contain_text(ANSWER)
    sound_for_staff(desk)

    before = Tally.objects.count()
    sending.deliver()
    desk.goto(desk.url.split("/admin/")[0] + thread())
    expect(desk.locator("article[id^=r-] .outbox-state--good")).to_be_visible()
    assert ours(network, page) == [ANSWER]

    # It comes back as one of the page's own comments: it stands there once, and nobody counts it.
    listen(network)
    desk.reload()
    expect(desk.get_by_text(ANSWER)).to_have_count(1)
    expect(desk.locator("article[id^=r-]")).to_have_count(0)
    assert Tally.objects.count() == before
    sound_for_staff(desk)


def test_an_answer_lost_on_the_way_is_found_and_not_sent_again(
    network: FakeNetwork, page: Channel, question: str, open_page: OpenPage, clerk: User
):
    network.fault("drop_after", method="POST", path="*/comments", times=1)
    desk = open_page(thread(), user=clerk)
    write(desk, ANSWER)
    # Twice, as somebody does where nothing seems to happen.
    desk.locator("#reply button").dblclick()
    expect(desk.locator("article[id^=r-]")).to_have_count(1)
    sending.deliver()
    assert Outgoing.objects.get().state == State.UNKNOWN
    # Its echo is here before anybody knows its id.
    listen(network)
    desk.goto(desk.url.split("/admin/")[0] + thread())
    expect(desk.get_by_text(ANSWER)).to_have_count(1)

    assert looking.look() == 1
    desk.reload()
    expect(desk.get_by_text(ANSWER)).to_have_count(1)
    assert ours(network, page) == [ANSWER]
    assert Outgoing.objects.get().state == State.SENT


def test_a_pause_is_told_before_one_writes_and_a_comment_that_is_gone_afterwards(
    network: FakeNetwork,
    page: Channel,
    question: str,
    open_page: OpenPage,
    clerk: User,
    colleague: User,
):
    pause(reason="Storm over byen", by=colleague, channel=page)
    desk = open_page(thread(), user=clerk, width=PHONE)
    write(desk, ANSWER)
    expect(desk.locator("#reply")).to_contain_text("Storm over byen")
    sound_for_staff(desk)
    go(desk.locator("#reply button"))
    network.remove(question, silently=True)
    end_pause(by=colleague, channel=page)
    sending.deliver()
    desk.reload()
    shown = desk.locator("article[id^=r-]")
    expect(shown.locator(".outbox-state--bad")).to_be_visible()
    sound_for_staff(desk)
    go(shown.locator("a").last)
    expect(desk.locator("main")).to_contain_text(ANSWER)
    sound_for_staff(desk)
    assert ours(network, page) == []

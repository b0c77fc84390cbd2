"""A citizen writes on the page, and it stands before staff within seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from panel.accounts.models import User
from panel.channels.fake.control import FakeNetwork
from panel.channels.models import Channel
from panel.conversations.intake import events
from tests.factories.outbox import TOKEN, facebook_channel
from tests.journeys.axe import sound_for_staff
from tests.journeys.conftest import OpenPage

QUESTION = "Hvornår åbner svømmehallen igen?"


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
def page(site: Any, network: FakeNetwork) -> Channel:
    channel = facebook_channel(name="Byens Facebook-side")
    network.add_page(channel.external_id, name="Byen", token=TOKEN, subscribed=False)
    return channel


def test_the_page_is_asked_to_tell_and_a_comment_comes_and_goes(
    network: FakeNetwork,
    page: Channel,
    open_page: OpenPage,
    administrator: User,
    live_server: LiveServer,
) -> None:
    address = f"{live_server.url}/webhooks/facebook/"
    desk = open_page(f"/admin/channels/{page.pk}/", user=administrator)
    line = desk.locator("section[aria-labelledby=channel-line]")
    expect(line.locator("code")).to_have_text(address)
    sound_for_staff(desk)

    # What is entered at the network: it asks whether we know the word.
    network.webhooks(address, verify_token="ordet")
    assert network.verify("4711") == (200, "4711")
    line.locator("form button").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".messages .success")).to_be_visible()

    post = network.post_by_hand(page.external_id, "Svømmehallen er lukket for rengøring.")
    comment = network.comment(post, QUESTION, author=("77", "Bo Borger"))
    assert network.settle()
    assert events.read() == 2

    desk.goto(f"{live_server.url}/admin/threads/")
    thread = desk.get_by_role("link", name="Svømmehallen er lukket for rengøring.")
    expect(thread).to_be_visible()
    thread.click()
    expect(desk.get_by_text(QUESTION)).to_be_visible()
    expect(desk.get_by_text("Bo Borger").first).to_be_visible()
    sound_for_staff(desk)

    network.remove(comment)
    assert network.settle()
    events.read()
    desk.reload()
    expect(desk.get_by_text(QUESTION)).to_have_count(0)

    desk.goto(f"{live_server.url}/admin/channels/{page.pk}/")
    expect(line).to_contain_text("Netværket fortalte os sidst noget")
    sound_for_staff(desk)

"""Comments and a post vanish on the page, and nobody here did it: staff see it within seconds."""

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
from panel.conversations.models import Vanishing
from tests.factories.outbox import TOKEN, facebook_channel
from tests.journeys.axe import sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, tab_to

LOST = "Svømmehallen er lukket for rengøring."
BANNER = "aside.outbox-banner"


@pytest.fixture
def network(settings: Any, live_server: LiveServer) -> Iterator[FakeNetwork]:
    with FakeNetwork() as running:
        settings.FACEBOOK_GRAPH_URL = running.url
        settings.FACEBOOK_APP_ID = running.app_id
        settings.FACEBOOK_APP_SECRET = running.app_secret
        settings.FACEBOOK_VERIFY_TOKEN = "ordet"
        settings.SITE_URL = live_server.url
        yield running


@pytest.fixture
def page(site: Any, network: FakeNetwork, live_server: LiveServer) -> Channel:
    channel = facebook_channel(name="Byens Facebook-side", external_id="100200300")
    network.add_page(channel.external_id, name="Byen", token=TOKEN)
    network.webhooks(f"{live_server.url}/webhooks/facebook/", verify_token="ordet")
    return channel


def test_three_comments_and_a_post_vanish_and_somebody_settles_it_by_keyboard(
    network: FakeNetwork,
    page: Channel,
    open_page: OpenPage,
    editor: User,
    live_server: LiveServer,
) -> None:
    lost = network.post_by_hand(page.external_id, LOST)
    kept = network.post_by_hand(page.external_id, "Broen åbner på mandag.")
    comments = [
        network.comment(kept, f"Er det nu sikkert nok? {number}", author=(f"7{number}", "Bo"))
        for number in range(4)
    ]
    assert network.settle()
    events.read()

    desk = open_page("/admin/", user=editor, width=PHONE)
    expect(desk.locator(BANNER)).to_have_count(0)
    network.remove(comments[0])
    assert network.settle()
    events.read()
    desk.reload()
    expect(desk.locator(BANNER)).to_have_count(0)

    for comment in comments[1:3]:
        network.remove(comment)
    network.remove(lost)
    assert network.settle()
    events.read()
    desk.reload()
    expect(desk.locator(f"{BANNER} li")).to_have_count(2)
    sound_for_staff(desk)

    found = Vanishing.objects.get(thing="post")
    tab_to(desk, f"{BANNER} a[href$='/vanished/{found.pk}/']")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator("main .thread-text")).to_have_text(LOST)
    sound_for_staff(desk)

    # Without a reason it is asked again.
    desk.watch.expected.add(f"/admin/vanished/{found.pk}/settle/")
    tab_to(desk, "input[name=verdict]")
    desk.keyboard.press("Space")
    tab_to(desk, ".vanished-verdict button")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.title().startswith("Fejl:")
    sound_for_staff(desk)
    expect(desk.locator("input[name=verdict]").first).to_be_checked()
    tab_to(desk, "textarea[name=why]")
    desk.keyboard.type("Tina tog det ned efter aftale.")
    tab_to(desk, ".vanished-verdict button")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator("main blockquote")).to_have_text("Tina tog det ned efter aftale.")
    expect(desk.locator(f"{BANNER} li")).to_have_count(1)
    sound_for_staff(desk)
    assert Vanishing.objects.open().get().thing == "comment"

    desk.goto(f"{live_server.url}/admin/vanished/")
    expect(desk.locator("table.outbox tbody tr")).to_have_count(2)
    sound_for_staff(desk)
    desk.goto(f"{live_server.url}/admin/vanished/?state=open&channel={page.pk}")
    expect(desk.locator("table.outbox tbody tr")).to_have_count(1)
    desk.locator("table.outbox tbody a").click()
    expect(desk.get_by_text("Er det nu sikkert nok?")).to_have_count(0)
    sound_for_staff(desk)

"""An administrator connects a Facebook page, and hears what its key is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from panel.accounts.models import User
from panel.channels.fake.control import FakeNetwork
from panel.channels.models import Channel
from panel.channels.sending import account_of
from tests.journeys.axe import sound
from tests.journeys.conftest import OpenPage

PAGE, KEY = "100200300", "EAAkanariefuglNoegle"


@pytest.fixture
def network(settings: Any) -> Iterator[FakeNetwork]:
    with FakeNetwork() as running:
        settings.FACEBOOK_GRAPH_URL = running.url
        settings.FACEBOOK_APP_ID = running.app_id
        settings.FACEBOOK_APP_SECRET = running.app_secret
        running.add_page(PAGE, name="Byens side", token=KEY)
        yield running


def connect(desk: Page) -> None:
    """Fill in the form with the keyboard alone."""
    desk.locator("[name=kind][value=facebook]").focus()
    desk.keyboard.press("Space")
    for name, value in (
        ("name", "Byen"),
        ("slug", "byen"),
        ("external_id", PAGE),
        ("token", KEY),
    ):
        desk.locator(f"main [name={name}]").focus()
        desk.keyboard.type(value)
    desk.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_from_a_pasted_key_to_a_dead_one(
    network: FakeNetwork, open_page: OpenPage, administrator: User, scripts: bool
) -> None:
    desk = open_page("/admin/channels/new/", user=administrator, java_script_enabled=scripts)
    if scripts:
        sound(desk)
    connect(desk)
    key = desk.locator("section[aria-labelledby=channel-key]")
    expect(key).to_be_visible()
    channel = Channel.objects.get(slug="byen")
    assert account_of(channel).token == KEY

    test = key.locator("form button")
    test.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".messages")).to_contain_text("Byens side")
    to_replace = desk.locator(f"section a[href='/admin/channels/{channel.pk}/key/']")
    if scripts:
        sound(desk)
        to_replace.click()
        expect(desk.locator("main [name=token]")).to_be_visible()
        sound(desk)
        desk.go_back()

    network.revoke(KEY)
    desk.locator("section[aria-labelledby=channel-key] form button").click()
    expect(desk.locator(".messages .error")).to_be_visible()
    network.add_token("EAAny", page=PAGE)
    to_replace.click()
    desk.locator("main [name=token]").fill("EAAny")
    desk.locator("main form button").click()
    expect(desk.locator("section[aria-labelledby=channel-key] form button")).to_be_visible()
    desk.locator("section[aria-labelledby=channel-key] form button").click()
    expect(desk.locator(".messages .success")).to_contain_text("Byens side")
    assert KEY not in desk.content()
    assert "EAAny" not in desk.content()

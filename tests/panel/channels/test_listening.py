"""A channel's line to its network: asked for, in two halves, and shown in words.

The network is our fake one, over real HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from panel.accounts.models import User
from panel.audit.models import Event
from panel.channels import actions, hearing
from panel.channels.fake.control import FakeNetwork
from panel.channels.models import Channel, Hearing
from panel.channels.outgoing import NotReached
from panel.core.clock import now
from tests.conftest import SignedIn
from tests.factories.conversations import ChannelFactory
from tests.factories.outbox import TOKEN, facebook_channel

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[FakeNetwork]:
    with FakeNetwork() as made:
        yield made


@pytest.fixture
def network(running: FakeNetwork, settings: Any) -> Iterator[FakeNetwork]:
    settings.FACEBOOK_GRAPH_URL = running.url
    settings.FACEBOOK_APP_ID = running.app_id
    settings.FACEBOOK_APP_SECRET = running.app_secret
    settings.FACEBOOK_VERIFY_TOKEN = "ordet"
    settings.SITE_URL = "https://panel.example.dk"
    yield running
    running.reset()


@pytest.fixture
def page(network: FakeNetwork) -> Channel:
    channel = facebook_channel()
    network.add_page(channel.external_id, name="Byen", token=TOKEN, subscribed=False)
    return channel


def listen(channel: Channel, by: User) -> Any:
    return actions.listen(channel, by=by)


def test_the_pages_half_is_made_and_the_apps_is_looked_at(
    network: FakeNetwork, page: Channel, administrator: User
):
    found = listen(page, administrator)
    assert (found.page, found.app) == (True, False)
    assert "under Webhooks" in hearing.ears_told(found)

    network.webhooks("https://panel.example.dk/webhooks/facebook/")
    found = listen(page, administrator)
    assert (found.page, found.app) == (True, True)
    assert Event.objects.filter(what="channel.listened").count() == 2


def test_what_is_there_already_is_not_asked_for_again(
    network: FakeNetwork, page: Channel, administrator: User
):
    listen(page, administrator)
    before = len(network.requests())
    listen(page, administrator)
    asked = network.requests(after=before)
    assert {request.method for request in asked} == {"GET"}


def test_an_app_that_tells_somebody_else_does_not_tell_us(
    network: FakeNetwork, page: Channel, administrator: User
):
    network.webhooks("https://elsewhere.example.dk/webhooks/facebook/")
    assert listen(page, administrator).app is False


def test_without_an_app_only_one_half_can_be_seen(
    network: FakeNetwork, page: Channel, administrator: User, settings: Any
):
    settings.FACEBOOK_APP_ID = ""
    found = listen(page, administrator)
    assert (found.page, found.app) == (True, None)
    assert "cannot be seen" in hearing.ears_told(found)


def test_a_key_that_may_not_is_told_which_permission_it_lacks(
    network: FakeNetwork, page: Channel, administrator: User
):
    network.fault("code", method="POST", path="*/subscribed_apps", code=200)
    with pytest.raises(NotReached) as refused:
        listen(page, administrator)
    assert "pages_manage_metadata" in hearing.why_deaf(refused.value)
    assert not Event.objects.filter(what="channel.listened").exists()


def test_a_channel_without_a_network_has_no_line(administrator: User):
    channel = ChannelFactory(kind="byhand")
    assert hearing.line_of(channel) is None
    with pytest.raises(actions.NoEars):
        listen(channel, administrator)


def test_the_button_says_what_came_of_it(
    network: FakeNetwork, page: Channel, administrator: User, signed_in: SignedIn
):
    desk = signed_in(administrator)
    answer = desk.post(f"/admin/channels/{page.pk}/listen/", follow=True)
    assert "men appen fortæller det ikke til os endnu" in answer.content.decode()
    network.revoke(TOKEN)
    answer = desk.post(f"/admin/channels/{page.pk}/listen/", follow=True)
    assert "Netværket svarede ikke (190/460)" in answer.content.decode()


def shown(channel: Channel, administrator: User, signed_in: SignedIn) -> str:
    return signed_in(administrator).get(f"/admin/channels/{channel.pk}/").content.decode()


def test_the_page_says_how_it_is_heard(
    network: FakeNetwork, page: Channel, administrator: User, signed_in: SignedIn
):
    text = shown(page, administrator, signed_in)
    assert "Siden er ikke læst endnu" in text
    assert "https://panel.example.dk/webhooks/facebook/" in text

    hearing.was_read(page, at=now())
    hearing.told([page], at=now())
    hearing.refused(page.kind)
    text = shown(page, administrator, signed_in)
    assert "Sidst læst helt igennem" in text
    assert "Netværket fortalte os sidst noget" in text
    assert "1 kald afvist" in text

    hearing.was_not_read(page, at=now(), code="timeout")
    assert "prøves igen inden for ti minutter" in shown(page, administrator, signed_in)
    Hearing.objects.update(read_at=now() - timedelta(hours=2))
    assert "slået fejl i et stykke tid" in shown(page, administrator, signed_in)


def test_the_page_says_which_setting_is_missing(
    network: FakeNetwork, page: Channel, administrator: User, signed_in: SignedIn, settings: Any
):
    settings.FACEBOOK_VERIFY_TOKEN = ""
    text = shown(page, administrator, signed_in)
    assert "først sætte FACEBOOK_VERIFY_TOKEN" in text
    assert "Lad siden fortælle os" not in text

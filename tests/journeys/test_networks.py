"""A story goes to a network that drops its answers: it stands there once, and a person settles what
nobody can know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from cms.publishing import sweeping
from cms.publishing.actions import handing
from panel.accounts.models import User
from panel.channels.fake.control import FakeNetwork
from panel.channels.models import Channel
from panel.core.clock import now
from panel.outbox import looking, sending
from panel.outbox.models import Outgoing, State
from panel.outbox.models.outgoing import LOOKS
from tests.factories.outbox import TOKEN, facebook_channel
from tests.factories.pages import picture
from tests.factories.stories import scheduled, story, teaser
from tests.journeys.axe import sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, go

WORDS = "Nu er der plads til 200 cykler."


@pytest.fixture
def network(settings: Any) -> Iterator[FakeNetwork]:
    with FakeNetwork() as running:
        settings.FACEBOOK_GRAPH_URL = running.url
        settings.FACEBOOK_APP_SECRET = running.app_secret
        settings.NETWORK_READ_SECONDS = 2
        yield running


@pytest.fixture
def page(site: Any, network: FakeNetwork) -> Channel:
    channel = facebook_channel(name="Byens Facebook-side")
    network.add_page(channel.external_id, name="Byen", token=TOKEN)
    return channel


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's, and what takes minutes takes none."""
    monkeypatch.setattr(sweeping, "clock", now)
    monkeypatch.setattr(sending, "SOON", timedelta(0))
    monkeypatch.setattr(looking, "NEXT_LOOK", (timedelta(0),))


def put_out(channel: Channel, clerk: User, editor: User) -> Outgoing:
    """A story with a picture, approved and live, tried once on the network."""
    made = story(by=clerk, picture=picture(), picture_alt="Solen over havnen")
    teaser(made, channel, WORDS, by=clerk)
    scheduled(made, asked_by=clerk, by=editor)
    sweeping.sweep()
    sending.deliver()
    return Outgoing.objects.get()


def there(network: FakeNetwork) -> Counter[bool]:
    return Counter(WORDS in post.message for post in network.posts())


def test_posted_though_the_answer_was_lost(
    network: FakeNetwork, page: Channel, open_page: OpenPage, clerk: User, editor: User
):
    network.fault("drop_after", method="POST", path="*/photos", times=1)
    row = put_out(page, clerk, editor)
    assert row.state == State.UNKNOWN
    desk = open_page("/admin/udgivelser/", user=clerk)
    expect(desk.locator("main")).to_contain_text("måske slået op: netværket bliver spurgt")

    assert looking.look() == 1
    handing.follow_outbox()

    desk.reload()
    expect(desk.locator("main")).to_contain_text("slået op kl.")
    link = desk.locator(".outgoing__channels a")
    assert link.get_attribute("href") == Outgoing.objects.get().url
    assert there(network) == {True: 1}
    desk.goto(desk.url.replace("udgivelser/", f"outbox/{row.pk}/"))
    expect(desk.locator("main")).to_contain_text("Solen over havnen")
    sound_for_staff(desk)


def test_a_person_looks_and_sends_it_again_by_keyboard_on_a_phone(
    network: FakeNetwork, page: Channel, open_page: OpenPage, clerk: User, editor: User
):
    network.fault("error_before", method="POST", path="*/photos", times=1)
    row = put_out(page, clerk, editor)
    for _look in range(LOOKS):
        looking.look()
    desk = open_page("/admin/", user=clerk, width=PHONE)
    banner = desk.locator(".outbox-banner")
    expect(banner).to_contain_text("har brug for dig")
    go(banner.locator("a").last)
    go(desk.locator("main a", has_text=row.title))
    expect(desk.locator("main")).to_contain_text("Måske")
    sound_for_staff(desk)

    go(desk.locator(f"form[action$='/{row.pk}/is-not-there/'] button"))
    expect(desk.locator(".messages .success")).to_be_visible()
    sending.deliver()
    handing.follow_outbox()

    desk.reload()
    expect(desk.locator("main")).to_contain_text("Sendt")
    expect(desk.locator(".outbox-banner")).to_have_count(0)
    assert there(network) == {True: 1}


def test_a_dead_key_is_on_every_page_and_a_new_one_sends_what_waited(
    network: FakeNetwork, page: Channel, open_page: OpenPage, clerk: User, editor: User
):
    network.revoke(TOKEN)
    row = put_out(page, clerk, editor)
    assert row.state == State.DUE
    desk = open_page("/admin/udgivelser/", user=clerk)
    banner = desk.locator(".outbox-banner")
    expect(banner).to_contain_text("Byens Facebook-side")
    sound_for_staff(desk)
    network.add_token("EAAnyNoegle0123456789", page=page.external_id)

    go(banner.locator(f"a[href*='/channels/{page.pk}/']").first)
    desk.goto(f"{desk.url.split('/admin/')[0]}/admin/channels/{page.pk}/key/")
    desk.locator("main [name=token]").fill("EAAnyNoegle0123456789")
    go(desk.locator("main form button"))
    expect(desk.locator(".outbox-banner")).to_have_count(0)
    sending.deliver()

    assert there(network) == {True: 1}


def test_pause_a_channel_and_let_it_go_on(
    network: FakeNetwork, page: Channel, open_page: OpenPage, clerk: User, editor: User
):
    desk = open_page(f"/admin/outbox/channels/{page.pk}/", user=clerk, width=PHONE)
    sound_for_staff(desk)
    desk.locator("main [name=reason]").fill("Storm over byen")
    go(desk.locator("main form button"))
    expect(desk.locator(".outbox-banner")).to_contain_text("Storm over byen")
    assert put_out(page, clerk, editor).state == State.DUE
    assert there(network) == {}
    desk.reload()
    sound_for_staff(desk)

    go(desk.locator("main form button"))
    expect(desk.locator(".outbox-banner")).to_have_count(0)
    sending.deliver()

    assert there(network) == {True: 1}

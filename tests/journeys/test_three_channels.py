"""A story with two pictures goes out on three channels at its minute, nowhere twice, though both
networks lose their answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from cms.publishing import sweeping
from cms.publishing.actions import handing, submit
from cms.stories.models import Pictures, StoryPage
from panel.accounts.models import User
from panel.channels.fake.control import FakeNetwork
from panel.channels.models import Channel
from panel.core.clock import now
from panel.outbox import looking, sending
from panel.outbox.models import Outgoing, State
from tests.factories.outbox import TOKEN, facebook_channel, mastodon_channel
from tests.factories.pages import block, picture
from tests.factories.stories import story, teaser
from tests.journeys.axe import sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, go

WORDS = "Nu er der plads til 200 cykler."
OTHER = "toothemmelig0123456789"
ALTS = ["Solen over havnen", "Tomme stativer"]


@pytest.fixture
def network(settings: Any) -> Iterator[FakeNetwork]:
    with FakeNetwork() as running:
        settings.FACEBOOK_GRAPH_URL = running.url
        settings.FACEBOOK_APP_SECRET = running.app_secret
        settings.NETWORK_PRIVATE_HOSTS = ("127.0.0.1",)
        settings.NETWORK_READ_SECONDS = 2
        yield running


@pytest.fixture
def channels(site: Any, network: FakeNetwork) -> list[Channel]:
    page = facebook_channel(name="Byens Facebook-side")
    account = mastodon_channel(network.url, name="Byen på Mastodon", token=OTHER)
    network.add_page(page.external_id, name="Byen", token=TOKEN)
    network.add_account(account.external_id.split("@")[1], id="4712", token=OTHER)
    return [page, account]


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's, and what takes minutes takes none."""
    monkeypatch.setattr(sweeping, "clock", now)
    monkeypatch.setattr(sending, "SOON", timedelta(0))
    monkeypatch.setattr(looking, "NEXT_LOOK", (timedelta(0),))


def written(by: User, channels: list[Channel]) -> StoryPage:
    image = {"image": picture("Stativerne").pk, "alt_text": ALTS[1], "decorative": False}
    made = story(
        by=by,
        picture=picture(),
        picture_alt=ALTS[0],
        body=[block("picture", {"image": image, "caption": ""})],
    )
    for channel in channels:
        teaser(made, channel, WORDS, by=by, pictures=Pictures.ALL)
        made = StoryPage.objects.get(pk=made.pk)
    return made


def test_two_pictures_on_three_channels_and_nowhere_twice(
    network: FakeNetwork, channels: list[Channel], open_page: OpenPage, clerk: User, editor: User
):
    page = written(clerk, channels)
    asked = submit(page, due_at=None, by=clerk)
    phone = open_page(f"/admin/godkend/{asked.pk}/", user=editor, width=PHONE)
    shown = phone.locator(".channels__pictures")
    expect(shown).to_have_count(2)
    expect(shown.first.locator("img")).to_have_count(2)
    sound_for_staff(phone)
    go(phone.locator("button[value=approve]"))

    network.fault("drop_after", method="POST", path="*/feed", times=1)
    network.fault("drop_after", method="POST", path="*/statuses", times=1)
    assert sweeping.sweep() == 1
    sending.deliver()
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.UNKNOWN}
    assert looking.look() == 2
    handing.follow_outbox()

    citizen = open_page(StoryPage.objects.get(pk=page.pk).url)
    expect(citizen.locator("h1")).to_have_text(page.title)
    posts = {post.page_id: post for post in network.posts()}
    assert (len(network.posts()), len(posts)) == (2, 2)
    for post in posts.values():
        assert WORDS in post.message
        assert [photo.alt for photo in post.photos] == ALTS
    sent = Outgoing.objects.values_list("state", flat=True)
    assert list(sent) == [State.SENT, State.SENT]
    desk = open_page("/admin/udgivelser/", user=clerk)
    expect(desk.locator(".outgoing__channels a")).to_have_count(2)
    sound_for_staff(desk)

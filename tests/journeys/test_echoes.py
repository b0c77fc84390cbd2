"""From what was sent to what citizens say about it, and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from panel.accounts.models import User
from panel.core.clock import now
from panel.outbox.models import State
from tests.factories.conversations import said
from tests.factories.outbox import attempt, facebook_channel, outgoing
from tests.journeys.axe import sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE
from tests.panel.conversations.vanishing import hear, post

WORDS = "Nu er der plads til 200 cykler."
URL = "https://www.facebook.com/100200300_8"


def test_a_post_and_its_thread_lead_to_one_another(
    site: Any, open_page: OpenPage, clerk: User
) -> None:
    channel = facebook_channel(external_id="100200300")
    row = outgoing(channel=channel, state=State.SENT, external_id="p7")
    hear(channel, post(7, text=WORDS, posted_at=now()), said(1, post="p7"))

    desk = open_page(f"/admin/outbox/{row.pk}/", user=clerk, width=PHONE)
    sound_for_staff(desk)
    desk.locator("main a[href*='/threads/']").click()
    expect(desk.locator("main .thread-text").first).to_have_text(WORDS)
    sound_for_staff(desk)
    desk.locator(f"main a[href$='/outbox/{row.pk}/']").click()
    expect(desk.locator("main a[href*='/threads/']")).to_be_visible()


def test_an_echo_with_the_same_words_is_proposed_and_a_person_decides(
    site: Any, open_page: OpenPage, clerk: User
) -> None:
    channel = facebook_channel(external_id="100200300")
    row = outgoing(channel=channel, state=State.UNKNOWN)
    attempt(row, started_at=now() - timedelta(minutes=1))
    hear(channel, post(8, text=WORDS, posted_at=now(), url=URL))

    desk = open_page(f"/admin/outbox/{row.pk}/", user=clerk, width=PHONE)
    expect(desk.locator("input[name=url]")).to_have_value(URL)
    sound_for_staff(desk)
    row.refresh_from_db()
    assert row.state == State.UNKNOWN

    desk.locator("form[action$='/is-there/'] button").click()
    expect(desk.locator(".messages .success")).to_be_visible()
    expect(desk.locator("main a[href*='/threads/']")).to_be_visible()
    sound_for_staff(desk)

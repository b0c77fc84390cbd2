"""The calendar in a colleague's own calendar, by a secret address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.publishing import actions, limiting, sweeping
from cms.publishing.models import CalendarKey
from panel.accounts.models import User
from panel.audit.models import Event
from panel.core.clock import now
from panel.core.logs import without_secrets
from tests.cms.publishing.planned import in_english, later, planned, says
from tests.conftest import SignedIn
from tests.factories.stories import scheduled, story

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, clerk: User, specialist: User) -> None:
    """The tests' clock is the database's, and everybody reads English."""
    monkeypatch.setattr(sweeping, "clock", now)
    in_english(clerk, specialist)


def place(token: str, language: str = "/en") -> str:
    return f"{language}/kalender/{token}.ics"


def read(browser: Client, token: str) -> dict[str, dict[str, str]]:
    """Each event's lines, by its summary."""
    answer = browser.get(place(token))
    assert answer.status_code == 200
    lines = answer.content.replace(b"\r\n ", b"").decode().split("\r\n")
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        key, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event: dict[str, str] = {}
        elif line == "END:VEVENT":
            found[event["SUMMARY"]] = event
        elif "event" in locals():
            event[key] = value
    return found


def test_who_has_the_address_reads_titles_states_and_times(
    clerk: User, editor: User, stranger: Client
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    actions.submit(story(by=clerk, title="Lamper"), due_at=now() + DAY, by=clerk)
    actions.submit(story(by=clerk, title="Uden tid"), by=clerk)
    scheduled(story(by=clerk, title="Ude"), asked_by=clerk, by=editor)
    sweeping.sweep()
    token = actions.make_calendar_key(by=clerk)

    answer = stranger.get(place(token))
    found = read(stranger, token)

    assert list(found) == ["Live: Ude", "Approved: Cykler", "Waiting for approval: Lamper"]
    assert found["Approved: Cykler"]["STATUS"] == "CONFIRMED"
    assert found["Waiting for approval: Lamper"]["STATUS"] == "TENTATIVE"
    assert found["Approved: Cykler"]["URL"].endswith(reverse("outgoing:record", args=[approval.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    for person in (clerk, editor):
        assert str(person) not in answer.content.decode()
        assert person.email not in answer.content.decode()


def test_in_danish_under_the_danish_address(clerk: User, editor: User, stranger: Client):
    planned("Cykler", by=clerk, approved_by=editor)
    said = stranger.get(place(actions.make_calendar_key(by=clerk), "")).content.decode()
    assert "SUMMARY:Godkendt: Cykler" in said


def test_a_moved_story_is_the_same_event_with_a_higher_number(
    clerk: User, editor: User, stranger: Client
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    token = actions.make_calendar_key(by=clerk)
    (before,) = read(stranger, token).values()
    with later(minutes=1):
        actions.move(approval, due_at=now() + 2 * DAY, why="Regn", by=clerk)
    (after,) = read(stranger, token).values()

    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]
    assert after["DTSTART"] > before["DTSTART"]


def test_a_wrong_address_is_not_there(clerk: User, stranger: Client):
    actions.make_calendar_key(by=clerk)
    for token in ("x", "", CalendarKey.objects.get().token_hash, "ø" * 32):
        assert stranger.get(place(token)).status_code == 404
    assert stranger.post(place("x")).status_code == 405


def test_a_new_address_closes_the_one_before(clerk: User, stranger: Client):
    old = actions.make_calendar_key(by=clerk)
    new = actions.make_calendar_key(by=clerk)
    assert stranger.get(place(old)).status_code == 404
    assert stranger.get(place(new)).status_code == 200
    assert actions.close_calendar(by=clerk)
    assert stranger.get(place(new)).status_code == 404
    assert not actions.close_calendar(by=clerk)
    events = Event.objects.filter(what__startswith="calendar_key.").order_by("sequence")
    assert [event.what for event in events] == [
        *("calendar_key.made", "calendar_key.renewed", "calendar_key.closed"),
    ]
    assert {event.by_id for event in events} == {clerk.pk}
    assert new not in str([event.detail for event in events])


@pytest.mark.parametrize(
    "changed", [{"is_active": False}, {"is_staff": False}, {"groups": []}], ids=str
)
def test_it_stops_when_the_colleague_does_not_work_here_any_more(
    changed: dict[str, Any], clerk: User, stranger: Client
):
    token = actions.make_calendar_key(by=clerk)
    for name, value in changed.items():
        clerk.groups.set(value) if name == "groups" else setattr(clerk, name, value)
    clerk.save()
    assert stranger.get(place(token)).status_code == 404


def test_only_a_hash_is_stored_and_no_log_tells_the_address(clerk: User):
    token = actions.make_calendar_key(by=clerk)
    assert token not in str(CalendarKey.objects.values().get())
    assert token not in without_secrets(f"Not Found: {place(token)}")


def test_one_network_cannot_try_for_ever(
    clerk: User, stranger: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limiting, "AN_HOUR", 2)
    token = actions.make_calendar_key(by=clerk)
    answers = [stranger.get(place(each)).status_code for each in ("x", token, token)]
    assert answers == [404, 200, 429]
    with later(hours=1):
        assert stranger.get(place(token)).status_code == 200


def test_as_many_queries_for_many_as_for_few(clerk: User, editor: User, stranger: Client):
    token = actions.make_calendar_key(by=clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            read(stranger, token)
        return len(seen)

    planned("Nr. 0", by=clerk, approved_by=editor)
    read(stranger, token)
    few = queries()
    for number in range(1, 6):
        planned(f"Nr. {number}", by=clerk, approved_by=editor)
    assert queries() == few


# --- The page where it is made --------------------------------------------------------------------


def test_a_colleague_makes_an_address_sees_it_once_and_closes_it(
    specialist: User, stranger: Client, signed_in: SignedIn
):
    browser = signed_in(specialist)
    page = reverse("outgoing:own_calendar")
    assert "Make an address" in says(browser, page)

    made = browser.post(page, {"make": ""})
    address = made.content.decode().split('type="url" readonly value="')[1].split('"')[0]
    assert "no-store" in made["Cache-Control"]
    key = address.partition("/kalender/")[2].removesuffix(".ics")
    assert stranger.get(place(key)).status_code == 200
    said = says(browser, page)
    assert address not in said
    assert "You have had an address since" in said

    answer = browser.post(page, {"close": ""}, follow=True).content.decode()
    assert "The address is closed." in answer
    assert not CalendarKey.objects.exists()


def test_a_stranger_makes_none(stranger: Client, member: User, signed_in: SignedIn):
    for browser in (stranger, signed_in(member)):
        browser.post(reverse("outgoing:own_calendar"), {"make": ""})
    assert not CalendarKey.objects.exists()

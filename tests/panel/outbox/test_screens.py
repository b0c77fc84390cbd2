"""The list of what was sent to the networks, and the page of each with its verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from panel.accounts.models import User
from panel.channels.outgoing import Act, Outcome, Picture, Verb
from panel.core.clock import now
from panel.outbox import actions
from panel.outbox.models import Outgoing, State
from panel.outbox.models.outgoing import LOOKS
from tests.conftest import SignedIn
from tests.factories.outbox import attempt, facebook_channel, outgoing
from tests.panel.outbox.screens import HOME, INDEX, Browser, main_of, markup, press, says

pytestmark = pytest.mark.django_db

POST = "https://www.facebook.com/1_2"


def asking(**fields: object) -> Outgoing:
    """In doubt, and looked for in vain."""
    row = outgoing(state=State.UNKNOWN, looks=LOOKS, code="timeout", **fields)
    attempt(row)
    return row


def state_of(row: Outgoing) -> str:
    return str(Outgoing.objects.get(pk=row.pk).state)


# --- The list -------------------------------------------------------------------------------------


def test_what_needs_somebody_comes_first_and_what_is_over_last(reads: Browser, clerk: User):
    outgoing(state=State.SENT, title="Er sendt", url=POST)
    outgoing(state=State.DUE, title="Er på vej", due_at=now() + timedelta(hours=1))
    outgoing(state=State.MISSED, title="Kom for sent")
    outgoing(state=State.FAILED, title="Blev afvist", code="324")
    asking(title="Er i tvivl")
    outgoing(state=State.CANCELLED, title="Blev stoppet", why="Regn")

    said = main_of(markup(reads(clerk), INDEX))

    needs = ['id="needs"', "Er i tvivl", "Blev afvist", "Kom for sent"]
    order = [*needs, 'id="under_way"', "Er på vej", 'id="over"', "Er sendt"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert f'href="{POST}"' in said


def test_every_state_is_said_in_words(reads: Browser, clerk: User):
    hour = timedelta(hours=1)
    states = {
        "Held back": outgoing(state=State.HELD),
        "Goes out in a moment": outgoing(state=State.CLAIMED),
        "Is being sent just now": outgoing(state=State.SENDING),
        "Perhaps sent: we ask the network": outgoing(state=State.UNKNOWN),
        "Perhaps sent: look whether it is there": asking(),
        "Could not be sent yet, is tried again": outgoing(next_at=now() + hour, tries=2),
        "Goes out at": outgoing(due_at=now() + timedelta(minutes=1)),
        "Sent 1 March 2025 at": outgoing(
            state=State.SENT, sent_at=now().replace(year=2025, month=3, day=1, hour=12)
        ),
        "Not sent. The network could not use the picture.": outgoing(
            state=State.FAILED, code="324"
        ),
        "Too late: it was to go out": outgoing(state=State.MISSED),
        "Stopped: Regn": outgoing(state=State.CANCELLED, why="Regn"),
    }
    browser = reads(clerk)

    for words, row in states.items():
        assert words in says(browser, "outbox:item", row.pk)
        assert words in says(browser, INDEX)


def test_what_came_too_late_stops_asking_after_a_week(reads: Browser, clerk: User):
    week = timedelta(days=8)
    outgoing(state=State.MISSED, due_at=now() - 2 * week, latest_at=now() - week)

    said = main_of(markup(reads(clerk), INDEX))

    assert 'id="needs"' not in said
    assert 'id="over"' in said


def test_the_list_can_be_narrowed_by_state_and_by_channel(reads: Browser, clerk: User):
    facebook_channel()
    other = facebook_channel(name="Bibliotekets side")
    outgoing(title="Rådhusets")
    outgoing(title="Bibliotekets", channel=other)
    outgoing(title="Afvist", state=State.FAILED)
    outgoing(title="Stoppet", state=State.CANCELLED, why="Nej")
    browser = reads(clerk)

    assert "Rådhusets" not in says(browser, INDEX, query=f"?channel={other.pk}")
    assert "Bibliotekets" in says(browser, INDEX, query=f"?channel={other.pk}")
    for group, title in (("needs", "Afvist"), ("under_way", "Rådhusets"), ("stopped", "Stoppet")):
        said = says(browser, INDEX, query=f"?group={group}")
        titles = ("Rådhusets", "Afvist", "Stoppet")
        assert [each for each in titles if each in said] == [title]
    assert "Nothing fits." in says(browser, INDEX, query="?group=sent")


@pytest.mark.parametrize("query", ["?group=nonsense", "?channel=x", "?page=x", "?page=-3"])
def test_a_filter_that_makes_no_sense_breaks_nothing(reads: Browser, clerk: User, query: str):
    outgoing()

    assert "Nye cykelstativer" in says(reads(clerk), INDEX, query=query)


def test_what_is_over_comes_in_pages(reads: Browser, clerk: User):
    for number in range(27):
        sent_at = now() - timedelta(hours=number)
        outgoing(state=State.SENT, title=f"Nr. {number:02}", sent_at=sent_at)
    outgoing(title="På vej")
    browser = reads(clerk)

    first, second = says(browser, INDEX), says(browser, INDEX, query="?page=2")

    assert "Nr. 00" in first
    assert "Page 1 of 2" in first
    assert "Nr. 26" not in first
    assert "Nr. 26" in second
    assert "På vej" not in second


def test_more_than_a_page_holds_is_a_click_away(
    reads: Browser, clerk: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("panel.outbox.reports.sections.AT_MOST", 1)
    outgoing()
    outgoing()
    browser = reads(clerk)

    assert "?group=under_way" in markup(browser, INDEX)
    assert "There are more" not in says(browser, INDEX, query="?group=under_way")


def test_an_empty_list_says_what_comes_here_and_how_to_connect(
    reads: Browser, clerk: User, editor: User, specialist: User
):
    for who in (clerk, editor, specialist):
        said = says(reads(who), INDEX)
        assert "Nothing has been sent to a network yet." in said
        assert "No channel is connected" in said
    assert reverse("channels:new") in markup(reads(clerk), INDEX)
    assert reverse("channels:new") not in markup(reads(specialist), INDEX)

    facebook_channel()
    said = says(reads(clerk), INDEX)
    assert "No channel is connected" not in said
    assert "Facebook-siden What is due goes out at once" in said


def test_the_list_costs_the_same_however_long_it_is(reads: Browser, clerk: User):
    browser = reads(clerk)

    def fill(number: int) -> None:
        for _each in range(number):
            channel = facebook_channel()
            for state in (State.DUE, State.FAILED, State.SENT):
                outgoing(state=state, channel=channel)
            row = outgoing(state=State.FAILED, channel=channel)
            actions.give_up(row, why="Nej", by=clerk)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(reverse(INDEX))
        return len(asked)

    fill(1)
    cost()
    before = cost()
    fill(6)

    assert cost() == before


def test_the_pages_cost_few_queries(
    reads: Browser, clerk: User, django_assert_max_num_queries: Callable[..., object]
):
    row = asking()
    browser = reads(clerk)
    browser.get(reverse(INDEX))

    for path in (
        reverse(INDEX),
        reverse("outbox:item", args=[row.pk]),
        reverse("outbox:channel", args=[row.channel_id]),
    ):
        with django_assert_max_num_queries(24):
            browser.get(path)


# --- Who sees it ----------------------------------------------------------------------------------


def test_every_colleague_may_look_and_only_some_may_settle(
    reads: Browser, clerk: User, editor: User, administrator: User, specialist: User, analyst: User
):
    row = asking()

    for who in (clerk, editor, administrator):
        assert "It is there: link it" in says(reads(who), "outbox:item", row.pk)
    for who in (specialist, analyst):
        said = says(reads(who), "outbox:item", row.pk)
        assert "It is there: link it" not in said
        assert "decides what becomes of it" in said
        answer = reads(who).post(reverse("outbox:is_not_there", args=[row.pk]))
        assert answer["Location"] == reverse(HOME)
    assert state_of(row) == State.UNKNOWN


def test_a_stranger_and_a_member_are_sent_away(stranger: Client, signed_in: SignedIn, member: User):
    row = asking()
    paths = [reverse(INDEX), reverse("outbox:item", args=[row.pk])]
    paths.append(reverse("outbox:send_again", args=[row.pk]))

    for browser in (stranger, signed_in(member)):
        for path in paths:
            assert browser.get(path).status_code in (302, 403)
            assert browser.post(path).status_code in (302, 403)


def test_the_menu_shows_it_to_colleagues(reads: Browser, clerk: User, specialist: User):
    for who in (clerk, specialist):
        assert reverse(INDEX) in markup(reads(who), HOME)


# --- One of them ----------------------------------------------------------------------------------


def test_a_page_says_exactly_what_is_sent(reads: Browser, specialist: User):
    act = Act(
        Verb.POST,
        text="Første linje\n\nAnden <b>linje</b>",
        link="https://panel.example/historier/1/",
        pictures=(Picture(b"a", alt="To cykler ved et stativ"), Picture(b"b")),
    )
    row = outgoing(act=act, latest_at=now() + timedelta(days=1))

    said = says(reads(specialist), "outbox:item", row.pk)

    assert "Anden <b>linje</b>" in said
    assert "https://panel.example/historier/1/" in said
    assert "2 pictures To cykler ved et stativ Without words" in said
    assert "No limit" not in said


def test_a_thing_that_is_not_there_is_not_found(reads: Browser, clerk: User):
    assert reads(clerk).get(reverse("outbox:item", args=[99])).status_code == 404


def test_looking_is_not_deciding(reads: Browser, clerk: User):
    row = asking()

    for verb in ("is_there", "is_not_there", "give_up", "send_again", "cancel"):
        assert reads(clerk).get(reverse(f"outbox:{verb}", args=[row.pk])).status_code == 405


# --- In doubt -------------------------------------------------------------------------------------


def test_while_it_is_looked_for_there_is_nothing_to_do_yet(reads: Browser, clerk: User):
    row = outgoing(state=State.UNKNOWN, looks=1, code="timeout")
    attempt(row)

    said = says(reads(clerk), "outbox:item", row.pk)

    assert "We ask the network whether it is there; nothing to do yet." in said
    assert "Looked for on the network once, and not found." in said
    assert "It is there: link it" in said
    assert "Noted: the post is there." in press(reads(clerk), "is_there", row, url=POST)
    assert state_of(row) == State.SENT


def test_somebody_saw_it_and_links_it(reads: Browser, editor: User):
    row = asking()

    said = press(reads(editor), "is_there", row, url=f" {POST} ")

    assert "Eva Editor found on the network what was in doubt." in said
    found = Outgoing.objects.get()
    assert (found.state, found.url) == (State.SENT, POST)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "This field is required."),
        ("her", "This is no address. Copy it from the network."),
        ("javascript:alert(1)", "This is no address. Copy it from the network."),
    ],
)
def test_what_is_no_address_is_said_beside_the_field(
    reads: Browser, clerk: User, url: str, why: str
):
    row = asking()

    answer = reads(clerk).post(reverse("outbox:is_there", args=[row.pk]), {"url": url})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert why in page
    assert f'value="{url}"' in page or not url
    assert "Error:" in page
    assert state_of(row) == State.UNKNOWN


def test_somebody_looked_in_vain_and_sends_it_again(reads: Browser, clerk: User):
    row = asking()
    assert "has looked" not in says(reads(clerk), "outbox:item", row.pk)

    said = press(reads(clerk), "is_not_there", row, tries=str(row.tries))

    assert "It is to be sent again." in said
    assert "Karen Klerk did not find on the network what was in doubt" in said
    assert state_of(row) == State.DUE


def test_it_is_not_there_and_shall_not_be(reads: Browser, administrator: User):
    row = asking()
    browser = reads(administrator)
    path = reverse("outbox:give_up", args=[row.pk])
    assert browser.post(path, {"why": " "}).status_code == 422
    assert state_of(row) == State.UNKNOWN

    said = press(browser, "give_up", row, why="Det er forældet")

    assert "Stopped by Åse Administrator: Det er forældet" in said
    assert state_of(row) == State.CANCELLED


# --- Refused, too late, and under way -------------------------------------------------------------


@pytest.mark.parametrize("state", [State.FAILED, State.MISSED])
def test_what_was_not_sent_can_be_sent_again(reads: Browser, clerk: User, state: str):
    row = outgoing(state=state)

    assert "It is to be sent again." in press(reads(clerk), "send_again", row)
    assert state_of(row) == State.DUE


def test_what_the_network_refused_says_why_and_what_to_do(reads: Browser, editor: User):
    row = outgoing(state=State.FAILED, code="368")

    said = says(reads(editor), "outbox:item", row.pk)

    assert "it takes it for abuse" in said
    assert "See on the page what the network writes about it." in said
    assert "It is given up." in press(reads(editor), "give_up", row, why="Glem det")
    assert state_of(row) == State.CANCELLED


@pytest.mark.parametrize("state", [State.HELD, State.DUE, State.CLAIMED])
def test_what_is_not_begun_can_be_stopped_with_a_reason(reads: Browser, clerk: User, state: str):
    row = outgoing(state=state)
    browser = reads(clerk)
    assert browser.post(reverse("outbox:cancel", args=[row.pk])).status_code == 422

    assert "Stopped by Karen Klerk: Regn" in press(browser, "cancel", row, why="Regn")
    assert state_of(row) == State.CANCELLED


def test_who_comes_too_late_is_told_so(reads: Browser, clerk: User):
    row = outgoing(state=State.SENT)

    said = press(reads(clerk), "cancel", row, why="Regn")

    assert "Somebody was quicker than you" in said
    assert "Do not send it" not in said
    assert state_of(row) == State.SENT


def test_what_is_over_offers_nothing(reads: Browser, clerk: User):
    for row in (outgoing(state=State.SENT), outgoing(state=State.CANCELLED, why="Nej")):
        assert "What now?" not in says(reads(clerk), "outbox:item", row.pk)


# --- What happened --------------------------------------------------------------------------------


def test_the_story_tells_every_step_in_its_order(reads: Browser, clerk: User, editor: User):
    row = outgoing(state=State.UNKNOWN, looks=LOOKS, due_at=now() - timedelta(hours=1))
    ago = now() - timedelta(minutes=50)
    attempt(row, started_at=ago, outcome=Outcome.NOT_TRIED, code="4", trace="Atrace1")
    pause = actions.pause(reason="Storm", by=editor, channel=row.channel)
    attempt(row, started_at=now())
    actions.end_pause(by=clerk, channel=row.channel)
    actions.is_not_there(row, seen=row.tries, by=clerk)

    said = says(reads(clerk), "outbox:item", row.pk)

    told = [
        "Handed over to be sent.",
        "Try 1. It was not posted. We had asked the network too much",
        "It took 2.0 seconds.",
        "Code 4 Trace for the network’s support Atrace1",
        "Eva Editor paused the channel. Storm",
        "Try 2. Nobody knows whether it was posted. The network did not answer in time.",
    ]
    assert pause.pk
    places = [said.index(words) for words in told]
    assert places == sorted(places)
    assert "Karen Klerk let it go on." in said
    assert "sent it again" in said


def test_a_pause_of_before_or_after_is_none_of_its_story(reads: Browser, clerk: User):
    early = actions.pause(reason="Før", by=clerk)
    actions.end_pause(by=clerk)
    type(early).objects.update(started_at=now() - timedelta(days=2))
    type(early).objects.update(ended_at=now() - timedelta(days=1))
    row = outgoing(state=State.SENT, due_at=now() - timedelta(hours=1))
    attempt(row, started_at=now() - timedelta(minutes=59), outcome=Outcome.DONE, code="")
    actions.pause(reason="Bagefter", by=clerk, channel=row.channel)

    said = main_of(markup(reads(clerk), "outbox:item", row.pk))

    assert "The network took it." in said
    assert "Før" not in said
    assert "Bagefter" not in said


def test_what_was_found_by_looking_says_so(reads: Browser, clerk: User):
    row = outgoing(state=State.SENT, url=POST)
    attempt(row, started_at=now() - timedelta(minutes=3))

    said = says(reads(clerk), "outbox:item", row.pk)

    assert "Found on the network, where it has stood since" in said


def test_who_settled_it_is_known_when_the_trail_is_not_any_more(reads: Browser, clerk: User):
    outgoing(state=State.CANCELLED, settled_by=clerk, settled_at=now(), why="Regn")
    missed = outgoing(state=State.MISSED)
    browser = reads(clerk)

    cancelled = Outgoing.objects.get(state=State.CANCELLED)
    said = says(browser, "outbox:item", cancelled.pk)
    assert "Karen Klerk decided what is to become of it." in said
    assert "Not begun in time: too late." in says(browser, "outbox:item", missed.pk)

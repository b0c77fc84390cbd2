"""Threads and comments to read, and the decisions made from there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from panel.accounts.models import User
from panel.channels.incoming import IncomingAuthor, IncomingPost, IncomingRemoval
from panel.channels.models import Channel
from panel.conversations import actions
from panel.conversations.models import Comment, Department, Post
from panel.conversations.reports.keyset import Place
from tests.conftest import SignedIn
from tests.factories.conversations import START, ChannelFactory, said, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return ChannelFactory(name="Byens side")


@pytest.fixture
def browser(clerk: User, signed_in: SignedIn) -> Client:
    return signed_in(clerk)


def post(name: str = "p1") -> Post:
    return Post.objects.get(external_id=name)


def comment(number: int) -> Comment:
    return Comment.objects.get(external_id=f"c{number}")


def thread(browser: Client, asked: str = "", name: str = "p1") -> str:
    answer = browser.get(reverse("threads:thread", args=[post(name).public_id]) + asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def listed(browser: Client, **asked: Any) -> str:
    answer = browser.get(reverse("comments:index"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


# --- A thread -------------------------------------------------------------------------------------


def test_a_thread_shows_who_wrote_what_and_who_answered(browser: Client, channel: Channel):
    take(
        channel,
        IncomingPost("p1", "Salt på vejene", START, reach=900, author=IncomingAuthor("k", "Byen")),
        said(1, "Tak for salt", by="anna", likes=3, url="https://example.dk/1"),
        said(2, "Enig", by="bo", to="c1"),
    )
    shown = thread(browser)
    assert shown.index("Tak for salt") < shown.index("Enig")
    assert all(word in shown for word in ("Anna", "Bo", "900", "https://example.dk/1"))


def test_what_is_gone_hidden_or_nobodys_is_said_in_words(
    browser: Client, channel: Channel, clerk: User
):
    take(channel, said(1, "Væk"), said(2, "Skjult"), said(3, "Ukendt", by=None), said(4, "  "))
    take(channel, IncomingRemoval("c1", START))
    actions.hide(comment(2), rule="Hold en god tone", by=clerk)
    shown = thread(browser)
    assert "Væk" not in shown
    assert "Hold en god tone" in shown
    assert shown.count("thread-gone") == 3


def test_citizens_words_are_text_and_nothing_else(browser: Client, channel: Channel):
    take(channel, said(1, "<script>alert(1)</script> 010190-1234", by=IncomingAuthor("a", "<b>A")))
    shown = thread(browser)
    assert "<script>alert" not in shown
    assert "<b>A" not in shown
    assert "010190-1234" not in shown


def test_a_thread_is_read_page_by_page_forth_and_back(browser: Client, channel: Channel):
    take(channel, *[said(n, f"Nummer {n}.") for n in range(120)])
    seen, asked, pages = [], "", []
    while True:
        shown = thread(browser, asked)
        pages.append(shown)
        seen += [n for n in range(120) if f"Nummer {n}." in shown]
        if "after=" not in shown:
            break
        asked = "?after=" + shown.split("after=")[1].split('"')[0]
    assert seen == list(range(120))
    back = thread(browser, "?before=" + pages[2].split("before=")[1].split('"')[0])
    assert all(f"Nummer {n}." in back for n in range(50, 100))
    assert "before=" in back
    assert "before=" not in pages[0]


@pytest.mark.parametrize("bent", ["x", "", "1.", "ffffffffffffffffff.1", "1.-1", "zz.zz", "9" * 99])
def test_a_bent_address_is_the_first_page(browser: Client, channel: Channel, bent: str):
    take(channel, said(1, "Den første"))
    assert "Den første" in thread(browser, f"?after={bent}")


def test_a_place_comes_back_from_its_text():
    place = Place(START + timedelta(microseconds=7), 99)
    assert Place.parsed(str(place)) == place


def test_many_answers_are_cut_and_their_own_page_has_all(browser: Client, channel: Channel):
    take(channel, said(0, "Spørgsmål"), *[said(n, f"Svar {n}.", to="c0") for n in range(1, 70)])
    assert "Svar 3." in thread(browser)
    assert "Svar 4." not in thread(browser)
    address = reverse("comments:answers", args=[comment(0).public_id])
    first = browser.get(address).content.decode()
    assert "Svar 50." in first
    assert "Svar 51." not in first
    rest = browser.get(address + "?after=" + first.split("after=")[1].split('"')[0])
    assert "Svar 69." in rest.content.decode()


def test_answers_to_answers_stand_under_the_comment(browser: Client, channel: Channel):
    take(channel, said(1), said(2, "Svar på svar", to="c5", by="bo"), said(5, to="c1", by="carl"))
    assert "Svar på svar" in thread(browser)


def test_ten_comments_ask_as_many_questions_as_thousands(browser: Client, channel: Channel):
    def questions(name: str, count: int) -> int:
        take(
            channel,
            *[
                said(
                    f"{name}-{n}",
                    f"Tekst {n}",
                    by=f"u{n % 40}",
                    post=name,
                    to=f"{name}-{n // 3}" if n % 3 else "",
                )
                for n in range(count)
            ],
        )
        thread(browser, name=name)
        with CaptureQueriesContext(connection) as context:
            thread(browser, name=name)
        return len(context)

    assert questions("p10", 10) == questions("p2000", 2000)


def test_comments_without_a_post_have_a_thread_of_their_own(browser: Client, channel: Channel):
    take(channel, said(1, "Løs", post=""))
    assert "Løs" in thread(browser, name="")
    assert reverse("threads:thread", args=[post("").public_id]) in (
        browser.get(reverse("threads:index")).content.decode()
    )


# --- Lists ----------------------------------------------------------------------------------------


def test_threads_are_found_by_words_channel_department_and_time(browser: Client, channel: Channel):
    take(
        channel,
        IncomingPost("p1", "Øst for byen", START, "Veje"),
        IncomingPost("p2", "Skolestart", START + timedelta(days=40), "Skoler"),
        said(1, post="p1"),
    )
    address = reverse("threads:index")
    roads = Department.objects.get(name="Veje")

    def found(**asked: Any) -> list[bool]:
        shown = browser.get(address, asked).content.decode()
        return ["Øst for byen" in shown, "Skolestart" in shown]

    assert found() == [True, True]
    assert found(q="øst") == [True, False]
    assert found(department=roads.pk) == [True, False]
    assert found(since="2026-02-01") == [False, True]
    assert found(is_competition="true") == [False, False]
    assert found(channel=channel.pk) == [True, True]


def test_comments_are_found_by_words_in_danish(browser: Client, channel: Channel):
    take(channel, said(1, "ÆBLER på øen"), said(2, "Pærer"))
    assert "ÆBLER" in listed(browser, q="æbler")
    assert "Pærer" not in listed(browser, q="æbler")
    assert "Pærer" in listed(browser, q="pærer")


def test_comments_are_found_by_channel_time_and_hiding(
    browser: Client, channel: Channel, clerk: User
):
    other = ChannelFactory(name="Anden side")
    take(channel, said(1, "Januar"), said(2, "Marts", at=START + timedelta(days=60)))
    take(other, said(3, "Fremmed"))
    actions.hide(comment(2), rule="Hold en god tone", by=clerk)

    def found(**asked: Any) -> list[bool]:
        shown = listed(browser, **asked)
        return [f">{word}<" in shown for word in ("Januar", "Marts", "Fremmed")]

    assert found() == [True, True, True]
    assert found(channel=other.pk) == [False, False, True]
    assert found(since="2026-02-01", until="2026-12-31") == [False, True, False]
    assert found(hidden="true") == [False, True, False]
    assert found(hidden="false") == [True, False, True]
    assert found(competition="false") == [True, True, True]
    assert found(since="vrøvl") == [True, True, True]


def test_comments_are_listed_newest_first_page_by_page(browser: Client, channel: Channel):
    take(channel, *[said(n, f"Nummer {n}.", post=f"p{n % 3}") for n in range(70)])
    first = listed(browser, q="nummer")
    assert first.index("Nummer 69.") < first.index("Nummer 68.")
    assert "Nummer 19." not in first
    address = first.split('href="?')[1].split('"')[0].replace("&amp;", "&")
    assert "q=nummer" in address
    second = browser.get(f"{reverse('comments:index')}?{address}").content.decode()
    assert "Nummer 19." in second
    assert "Nummer 20." not in second


def test_with_nothing_to_read_the_page_shows_the_way(browser: Client):
    assert reverse("imports:new") in listed(browser)
    assert reverse("imports:new") in browser.get(reverse("threads:index")).content.decode()


# --- Decisions ------------------------------------------------------------------------------------


def test_a_clerk_hides_a_comment_and_shows_it_again(browser: Client, channel: Channel):
    take(channel, said(1, "Grimt"), said(2, "Svar", to="c1"))
    address = reverse("comments:hide", args=[comment(2).public_id])
    assert "Svar" in browser.get(address).content.decode()
    answer = browser.post(address, {"rule": "other", "other": "Ingen reklame"}, follow=True)
    assert comment(2).hidden_rule == "Ingen reklame"
    assert f"c-{comment(2).public_id}" in answer.content.decode()
    browser.post(reverse("comments:show", args=[comment(2).public_id]))
    assert comment(2).hidden_at is None


def test_another_rule_must_be_written_out(browser: Client, channel: Channel):
    take(channel, said(1))
    address = reverse("comments:hide", args=[comment(1).public_id])
    browser.post(address, {"rule": "other", "other": ""})
    assert comment(1).hidden_at is None
    browser.post(address, {"rule": "other", "other": "Ingen reklame"})
    assert comment(1).hidden_rule == "Ingen reklame"
    assert browser.post(address, {"rule": "other", "other": "Igen"}).status_code == 302
    assert comment(1).hidden_rule == "Ingen reklame"


def test_a_clerk_marks_a_competition_and_takes_it_back(browser: Client, channel: Channel):
    take(channel, said(1))
    address = reverse("threads:compete", args=[post().public_id])
    for wanted in ("true", "true", "false"):
        browser.post(address, {"is_competition": wanted})
        assert post().is_competition is (wanted == "true")


def test_a_clerk_sets_a_department(browser: Client, channel: Channel):
    take(channel, said(1))
    roads = Department.objects.create(slug="veje", name="Veje")
    address = reverse("threads:department", args=[post().public_id])
    for wanted in (roads.pk, roads.pk, 999):
        browser.post(address, {"department": wanted})
    assert post().department == roads


DECISIONS = ["comments:hide", "comments:show", "threads:compete", "threads:department"]


@pytest.mark.parametrize("name", DECISIONS)
@pytest.mark.parametrize("who", ["specialist", "analyst", "member"])
def test_nobody_else_decides(
    channel: Channel, signed_in: SignedIn, request: pytest.FixtureRequest, name: str, who: str
):
    take(channel, said(1))
    about = comment(1) if name.startswith("comments") else post()
    answer = signed_in(request.getfixturevalue(who)).post(
        reverse(name, args=[about.public_id]), {"rule": "other", "other": "x"}
    )
    assert answer.status_code in (302, 403)
    assert comment(1).hidden_at is None
    assert not post().is_competition


def test_a_specialist_reads_and_is_offered_no_decision(
    channel: Channel, specialist: User, signed_in: SignedIn
):
    take(channel, said(1))
    shown = thread(signed_in(specialist))
    assert "/hide/" not in shown
    assert "/competition/" not in shown


@pytest.mark.parametrize("who", ["analyst", "member"])
@pytest.mark.parametrize("name", ["threads:index", "comments:index"])
def test_who_needs_no_words_reads_none(
    signed_in: SignedIn, request: pytest.FixtureRequest, name: str, who: str
):
    answer = signed_in(request.getfixturevalue(who)).get(reverse(name))
    assert answer.status_code in (302, 403)


def test_a_stranger_is_sent_to_the_door(channel: Channel, client: Client):
    take(channel, said(1))
    answer = client.get(reverse("threads:thread", args=[post().public_id]))
    assert answer.status_code == 302

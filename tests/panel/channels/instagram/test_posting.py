"""A post is prepared where nobody sees it, and then published once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from panel.channels.instagram import posting
from panel.channels.instagram.posting import HOME, PAUSES
from panel.channels.outgoing import Account, Outcome, Trouble
from tests.panel.channels.facebook.graph import Answered, refuses, says
from tests.panel.channels.instagram.recorded import (
    ACCOUNT,
    ID,
    LINK,
    act,
    done,
    instagram,
    made,
    permalink,
    quota,
    ready,
    status,
)

CUT = httpx.ReadError("cut")
PUBLISH = f"POST {ID}/media_publish"


def test_one_picture_is_prepared_and_published():
    adapter, graph = instagram(quota(), made(), ready(), done(), permalink())
    answer = adapter.send(ACCOUNT, act("Åbent hus.", link="https://byen.dk/a"))
    assert (answer.outcome, answer.external_id, answer.url) == (Outcome.DONE, "17900001", LINK)
    assert graph.calls == [
        f"GET {ID}/content_publishing_limit",
        f"POST {ID}/media",
        "GET 17800001",
        PUBLISH,
        "GET 17900001",
    ]
    assert graph.form(1) == {
        "caption": "Åbent hus.\n\nhttps://byen.dk/a",
        "image_url": "https://byen.dk/0.jpg",
        "alt_text": "Billede 0",
    }
    assert graph.form(3) == {"creation_id": "17800001"}
    assert all(call.headers["authorization"].startswith("Bearer ") for call in graph.asked)


def test_several_pictures_are_an_album_and_only_it_has_the_words():
    parts = [made("1"), ready(), made("2"), ready(), made("3"), ready()]
    adapter, graph = instagram(quota(), *parts, done(), permalink())
    assert adapter.send(ACCOUNT, act(pictures=2)).outcome == Outcome.DONE
    assert graph.form(1) == {
        "is_carousel_item": "true",
        "image_url": "https://byen.dk/0.jpg",
        "alt_text": "Billede 0",
    }
    assert graph.form(5) == {
        "media_type": "CAROUSEL",
        "children": "1,2",
        "caption": "Åbent hus.",
    }
    assert graph.form(7) == {"creation_id": "3"}


def test_a_decorative_picture_has_no_words_of_its_own():
    adapter, graph = instagram(quota(), made(), ready(), done(), permalink())
    picture = replace(act().pictures[0], alt="")
    adapter.send(ACCOUNT, replace(act(), pictures=(picture,)))
    assert "alt_text" not in graph.form(1)


def test_calls_are_signed_where_the_app_has_a_secret(settings):
    settings.FACEBOOK_APP_SECRET = "hemmeligt"
    adapter, graph = instagram(quota(), made(), ready(), done(), permalink())
    adapter.send(ACCOUNT, act())
    assert all("appsecret_proof" in str(call.url) + call.content.decode() for call in graph.asked)


@pytest.mark.parametrize(
    ("account", "wanted", "code"),
    [
        (ACCOUNT, replace(act(), pictures=(replace(act().pictures[0], address=""),)), "no_address"),
        (replace(ACCOUNT, external_id="fjordby"), act(), "no_account"),
    ],
)
def test_what_cannot_be_sent_is_not(account: Account, wanted, code: str):
    adapter, graph = instagram()
    answer = adapter.send(account, wanted)
    assert (answer.outcome, answer.code, graph.asked) == (Outcome.REFUSED, code, [])


# --- A day's posts --------------------------------------------------------------------------------


def test_when_the_day_s_posts_are_used_up_nothing_is_tried():
    adapter, graph = instagram(quota(50, 50))
    answer = adapter.send(ACCOUNT, act())
    assert (answer.outcome, answer.trouble, answer.code) == (
        Outcome.NOT_TRIED,
        Trouble.LIMIT,
        "quota",
    )
    assert answer.wait == timedelta(hours=1)
    assert len(graph.asked) == 1


@pytest.mark.parametrize(
    "said",
    [
        says({"data": []}),
        says({"data": [{"quota_usage": 60}]}),
        says({"data": [{"quota_usage": 60, "config": [1]}]}),
        says({"data": "60"}),
        refuses(10, status=403),
    ],
)
def test_who_cannot_ask_how_many_are_left_posts(said: httpx.Response):
    adapter, _graph = instagram(said, made(), ready(), done(), permalink())
    assert adapter.send(ACCOUNT, act()).outcome == Outcome.DONE


def test_a_network_that_is_gone_is_asked_nothing_more():
    adapter, graph = instagram(*[httpx.ConnectError("no")] * 3)
    answer = adapter.send(ACCOUNT, act())
    assert (answer.outcome, answer.code) == (Outcome.NOT_TRIED, "connect")
    assert len(graph.asked) == 3


def test_the_network_may_say_itself_that_they_are_used_up():
    adapter, _graph = instagram(quota(), made(), ready(), refuses(9, 2207042), ready())
    answer = adapter.send(ACCOUNT, act())
    assert (answer.outcome, answer.trouble) == (Outcome.NOT_TRIED, Trouble.LIMIT)
    assert answer.wait == timedelta(hours=1)


# --- Preparing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "outcome", "code"),
    [
        (CUT, Outcome.NOT_TRIED, "cut"),
        (says({}), Outcome.NOT_TRIED, "no_id"),
        (refuses(-1, 2207032), Outcome.NOT_TRIED, "-1/2207032"),
        (refuses(-2, 2207003), Outcome.NOT_TRIED, "-2/2207003"),
        (refuses(4711), Outcome.NOT_TRIED, "4711"),
        (refuses(4, 2207051), Outcome.NOT_TRIED, "4/2207051"),
        (refuses(9004, 2207052), Outcome.REFUSED, "9004/2207052"),
        (refuses(36000, 2207004), Outcome.REFUSED, "36000/2207004"),
        (refuses(36001, 2207005), Outcome.REFUSED, "36001/2207005"),
        (refuses(36003, 2207009), Outcome.REFUSED, "36003/2207009"),
        (refuses(36004, 2207010), Outcome.REFUSED, "36004/2207010"),
        (refuses(25, 2207050), Outcome.REFUSED, "25/2207050"),
        (refuses(10, status=403), Outcome.REFUSED, "10"),
        (refuses(190, 463, status=401), Outcome.NOT_TRIED, "190/463"),
    ],
)
def test_whatever_becomes_of_preparing_nothing_is_published(
    answered: Answered, outcome: Outcome, code: str
):
    adapter, graph = instagram(quota(), answered)
    answer = adapter.send(ACCOUNT, act())
    assert (answer.outcome, answer.code) == (outcome, code)
    assert PUBLISH not in graph.calls


@pytest.mark.parametrize(
    ("said", "outcome", "code"),
    [
        (status("ERROR"), Outcome.REFUSED, "failed"),
        (
            status("ERROR", status="Error: Media upload has failed with error code 2207005"),
            Outcome.REFUSED,
            "failed/2207005",
        ),
        (status("EXPIRED"), Outcome.NOT_TRIED, "expired"),
        (status("PUBLISHED"), Outcome.NOT_TRIED, "expired"),
        (status("NOGET NYT"), Outcome.NOT_TRIED, "expired"),
        (refuses(10, status=403), Outcome.REFUSED, "10"),
    ],
)
def test_what_cannot_be_got_ready_is_not_published(
    said: httpx.Response, outcome: Outcome, code: str
):
    adapter, graph = instagram(quota(), made(), said)
    answer = adapter.send(ACCOUNT, act())
    assert (answer.outcome, answer.code) == (outcome, code)
    assert PUBLISH not in graph.calls


def test_it_is_waited_for_a_while(slept: list[float]):
    still = [status("IN_PROGRESS"), says({"id": "17800001"})]
    adapter, _graph = instagram(quota(), made(), *still, ready(), done(), permalink())
    assert adapter.send(ACCOUNT, act()).outcome == Outcome.DONE
    assert slept == list(PAUSES[:2])


def test_it_is_not_waited_for_for_ever_and_an_album_shares_one_patience(slept: list[float]):
    still = [status("IN_PROGRESS") for _pause in PAUSES]
    adapter, graph = instagram(
        quota(), made(), *still[:4], ready(), made(), *still[4:], status("IN_PROGRESS")
    )
    answer = adapter.send(ACCOUNT, act(pictures=2))
    assert (answer.outcome, answer.code) == (Outcome.NOT_TRIED, "still_working")
    assert slept == list(PAUSES)
    assert PUBLISH not in graph.calls


def test_what_took_so_long_that_it_may_be_given_up_is_not_published(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(posting, "LONGEST_SECONDS", -1.0)
    adapter, graph = instagram(quota(), made(), ready())
    assert adapter.send(ACCOUNT, act()).outcome == Outcome.NOT_TRIED
    assert PUBLISH not in graph.calls


# --- Publishing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "outcome", "trouble"),
    [
        (CUT, Outcome.UNKNOWN, Trouble.NONE),
        (httpx.ReadTimeout("slow"), Outcome.UNKNOWN, Trouble.NONE),
        (says({}), Outcome.UNKNOWN, Trouble.NONE),
        (refuses(4711), Outcome.UNKNOWN, Trouble.NONE),
        (refuses(-1, 2207001), Outcome.UNKNOWN, Trouble.NONE),
        (refuses(-2, 2207008), Outcome.UNKNOWN, Trouble.NONE),
        # The liar: it says no, and the post may stand there. The channel rests all the same.
        (refuses(4, 2207051), Outcome.UNKNOWN, Trouble.LIMIT),
        (httpx.ConnectError("no"), Outcome.NOT_TRIED, Trouble.NONE),
        (refuses(9007, 2207027), Outcome.NOT_TRIED, Trouble.NONE),
        (refuses(24, 2207006), Outcome.NOT_TRIED, Trouble.NONE),
        (refuses(4), Outcome.NOT_TRIED, Trouble.LIMIT),
        (refuses(80002), Outcome.NOT_TRIED, Trouble.LIMIT),
        (refuses(190, 460, status=401), Outcome.NOT_TRIED, Trouble.SIGN_IN),
        (refuses(25, 2207050), Outcome.REFUSED, Trouble.NONE),
        (refuses(200, status=403), Outcome.REFUSED, Trouble.NONE),
    ],
)
def test_an_answer_to_publishing_is_sorted(answered: Answered, outcome: Outcome, trouble: Trouble):
    adapter, graph = instagram(quota(), made(), ready(), answered, ready())
    answer = adapter.send(ACCOUNT, act())
    assert (answer.outcome, answer.trouble) == (outcome, trouble)
    assert graph.calls.count(PUBLISH) == 1


@pytest.mark.parametrize("answered", [refuses(4), refuses(25, 2207050), refuses(9007, 2207027)])
def test_a_refusal_is_not_believed_when_it_is_published_all_the_same(answered: httpx.Response):
    adapter, _graph = instagram(quota(), made(), ready(), answered, status("PUBLISHED"))
    answer = adapter.send(ACCOUNT, act())
    assert (answer.outcome, answer.trouble) == (Outcome.UNKNOWN, Trouble.NONE)
    assert answer.code


def test_a_refusal_is_believed_where_nobody_can_say_otherwise():
    adapter, _graph = instagram(quota(), made(), ready(), refuses(25, 2207050), CUT)
    assert adapter.send(ACCOUNT, act()).outcome == Outcome.REFUSED


@pytest.mark.parametrize(
    ("said", "account", "url"),
    [
        (CUT, ACCOUNT, ACCOUNT.url),
        (says({"id": "17900001"}), ACCOUNT, ACCOUNT.url),
        (says({"permalink": "javascript:alert()"}), ACCOUNT, ACCOUNT.url),
        (CUT, replace(ACCOUNT, url=""), HOME),
    ],
)
def test_without_its_address_the_account_s_will_do(said: Answered, account: Account, url: str):
    adapter, _graph = instagram(quota(), made(), ready(), done(), said)
    answer = adapter.send(account, act())
    assert (answer.outcome, answer.external_id, answer.url) == (Outcome.DONE, "17900001", url)

"""A post goes out once, as one account, with its pictures or not at all."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from panel.channels.mastodon.posting import PAUSES
from panel.channels.outgoing import Account, Act, Outcome, Picture, Trouble, Verb
from tests.panel.channels.mastodon.recorded import (
    ACCOUNT,
    ME,
    TOKEN,
    URL,
    Answered,
    limited,
    mastodon,
    refuses,
    says,
    status,
)

JPEG = b"\xff\xd8\xff" + b"j" * 20
TEXT = Act(Verb.POST, "Åbent hus på lørdag", key="k" * 64)
ONE = Act(Verb.POST, "Se her", pictures=(Picture(JPEG, "En bro", "bro.jpg"),))
TWO = replace(ONE, pictures=(Picture(JPEG, "En bro"), Picture(b"\x89PNG\r\n\x1a\np", "En å")))


# --- Words ----------------------------------------------------------------------------------------


def test_words_go_out_with_the_key_that_knows_a_double():
    adapter, server = mastodon(says(status("7")))
    answer = adapter.send(ACCOUNT, TEXT)
    assert (answer.outcome, answer.external_id) == (Outcome.DONE, "7")
    assert answer.url == f"{URL}/@kommune/7"
    assert str(server.asked[0].url) == f"{URL}/api/v1/statuses"
    assert server.asked[0].headers["idempotency-key"] == TEXT.key
    assert server.form() == {"status": [TEXT.text], "visibility": ["public"]}


def test_a_link_is_a_part_of_the_words_and_stands_there_once():
    adapter, server = mastodon(says(status()), says(status()))
    adapter.send(ACCOUNT, Act(Verb.POST, "Læs", link="https://byen.dk/a?b=1&c=2"))
    adapter.send(ACCOUNT, Act(Verb.POST, "Læs https://byen.dk/a nu", link="https://byen.dk/a"))
    assert [server.form(each)["status"] for each in (0, 1)] == [
        ["Læs\n\nhttps://byen.dk/a?b=1&c=2"],
        ["Læs https://byen.dk/a nu"],
    ]


def test_the_key_travels_in_a_header_and_nowhere_else(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    adapter, server = mastodon(says(status()))
    adapter.send(ACCOUNT, TEXT)
    request = server.asked[0]
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in str(request.url)
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("link", [None, 7, "javascript:alert(1)", "data:text/html,x"])
def test_an_address_that_is_none_is_made_as_mastodon_makes_it(link: object):
    adapter, _server = mastodon(says(status("7/../8", url=link)))
    assert adapter.send(ACCOUNT, TEXT).url == f"{URL}/@kommune/7%2F..%2F8"


# --- Before anything is posted --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "code", "trouble"),
    [
        (says(ME | {"username": "nabo"}), "other_account", Trouble.SIGN_IN),
        (refuses(401, "The access token was revoked"), "401", Trouble.SIGN_IN),
        (limited(), "429", Trouble.LIMIT),
        (says({}), "unreadable", Trouble.NONE),
        (says([]), "unreadable", Trouble.NONE),
        (refuses(502), "http_502", Trouble.NONE),
        (httpx.ReadTimeout("silence"), "timeout", Trouble.NONE),
        (httpx.ConnectError("nobody"), "connect", Trouble.NONE),
    ],
)
def test_without_knowing_whose_key_it_is_nothing_is_posted(
    who: Answered, code: str, trouble: Trouble
):
    adapter, server = mastodon(who, asks_who=False)
    answer = adapter.send(ACCOUNT, ONE)
    assert (answer.outcome, answer.code, answer.trouble) == (Outcome.NOT_TRIED, code, trouble)
    assert server.calls == ["GET v1/accounts/verify_credentials"]


def test_a_server_that_sends_us_on_gets_no_second_call():
    away = httpx.Response(301, headers={"location": "https://evil.example/"})
    adapter, server = mastodon(away, asks_who=False)
    answer = adapter.send(ACCOUNT, TEXT)
    assert (answer.outcome, answer.code) == (Outcome.REFUSED, "elsewhere")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("account", "act", "code"),
    [
        (replace(ACCOUNT, token=""), TEXT, "no_key"),
        (replace(ACCOUNT, url=""), TEXT, "no_server"),
        (replace(ACCOUNT, url="http://social.example"), TEXT, "no_server"),
        (replace(ACCOUNT, url="https://127.0.0.1"), TEXT, "no_server"),
        (replace(ACCOUNT, external_id="100200300"), TEXT, "no_server"),
        (ACCOUNT, Act(Verb.POST, " \n"), "empty"),
    ],
)
def test_what_cannot_be_sent_calls_nobody(account: Account, act: Act, code: str):
    adapter, server = mastodon(asks_who=False)
    assert adapter.send(account, act).code == code
    assert server.asked == []


# --- Limits ---------------------------------------------------------------------------------------


def instance(**of_posts: object) -> httpx.Response:
    return says({"domain": "social.example", "configuration": {"statuses": of_posts}})


LONG = Act(Verb.POST, "å" * 501)
MANY = replace(ONE, pictures=ONE.pictures * 5)


def test_the_usual_length_asks_nobody_how_long_it_may_be():
    adapter, server = mastodon(says(status()))
    adapter.send(ACCOUNT, Act(Verb.POST, "å" * 475, link="https://byen.dk/" + "a" * 200))
    assert server.calls == ["POST v1/statuses"]


def test_a_server_that_allows_more_gets_more():
    adapter, server = mastodon(instance(max_characters=5000), says(status()))
    assert adapter.send(ACCOUNT, LONG).outcome == Outcome.DONE
    assert server.calls == ["GET v2/instance", "POST v1/statuses"]


@pytest.mark.parametrize(
    "said",
    [
        instance(max_characters=500),
        instance(max_characters="many"),
        says({}),
        says([]),
        refuses(404),
    ],
)
def test_too_long_a_text_is_refused_before_it_is_sent(said: httpx.Response):
    adapter, server = mastodon(said)
    answer = adapter.send(ACCOUNT, LONG)
    assert (answer.outcome, answer.code) == (Outcome.REFUSED, "too_long")
    assert server.calls == ["GET v2/instance"]


def test_too_many_pictures_are_refused_before_one_is_sent():
    adapter, server = mastodon(instance(max_media_attachments=4))
    answer = adapter.send(ACCOUNT, MANY)
    assert (answer.outcome, answer.code) == (Outcome.REFUSED, "too_many_pictures")
    assert server.calls == ["GET v2/instance"]


def test_a_server_that_does_not_say_now_is_asked_again_later():
    adapter, _server = mastodon(refuses(503))
    assert adapter.send(ACCOUNT, LONG).outcome == Outcome.NOT_TRIED


# --- Pictures -------------------------------------------------------------------------------------


def uploaded(id: str = "22348641", status: int = 200) -> httpx.Response:
    return says({"id": id, "type": "image", "url": None}, status)


def test_pictures_come_first_with_their_words_and_then_the_post_that_shows_them():
    adapter, server = mastodon(uploaded("1"), uploaded("2"), says(status()))
    assert adapter.send(ACCOUNT, TWO).outcome == Outcome.DONE
    assert server.calls == ["POST v2/media", "POST v2/media", "POST v1/statuses"]
    sent = server.asked[0].content
    assert b'name="file"; filename="picture.jpg"\r\nContent-Type: image/jpeg' in sent
    assert b'name="description"\r\n\r\nEn bro' in sent
    assert server.form(2)["media_ids[]"] == ["1", "2"]


def test_a_picture_that_says_nothing_has_no_description():
    adapter, server = mastodon(uploaded(), says(status()))
    adapter.send(ACCOUNT, replace(ONE, pictures=(Picture(JPEG),)))
    assert b"description" not in server.asked[0].content


def test_a_picture_is_waited_for_until_it_can_be_shown(slept: list[float]):
    adapter, server = mastodon(
        uploaded(status=202), uploaded(status=206), uploaded(), says(status())
    )
    assert adapter.send(ACCOUNT, ONE).outcome == Outcome.DONE
    assert server.calls[1:] == ["GET v1/media/22348641"] * 2 + ["POST v1/statuses"]
    assert tuple(slept) == PAUSES[:2]


def test_a_picture_is_not_waited_for_without_end(slept: list[float]):
    still = [uploaded(status=206) for _pause in PAUSES]
    adapter, server = mastodon(uploaded(status=202), *still, says({}))
    answer = adapter.send(ACCOUNT, ONE)
    assert (answer.outcome, answer.code) == (Outcome.NOT_TRIED, "still_working")
    assert sum(slept) <= 31
    assert server.calls[-1] == "DELETE v1/media/22348641"


@pytest.mark.parametrize(
    ("answers", "outcome", "code"),
    [
        ([refuses(422)], Outcome.REFUSED, "422"),
        ([refuses(413)], Outcome.REFUSED, "413"),
        ([refuses(500)], Outcome.NOT_TRIED, "http_500"),
        ([limited()], Outcome.NOT_TRIED, "429"),
        ([says({})], Outcome.NOT_TRIED, "no_id"),
        ([httpx.ReadError("cut")], Outcome.NOT_TRIED, "cut"),
        ([uploaded(status=202), refuses(422)], Outcome.REFUSED, "422"),
        ([uploaded(status=202), refuses(502)], Outcome.NOT_TRIED, "http_502"),
        ([uploaded(status=202), httpx.ReadError("cut")], Outcome.NOT_TRIED, "cut"),
        ([uploaded("1"), refuses(422)], Outcome.REFUSED, "422"),
        ([uploaded("1"), httpx.ConnectError("gone")], Outcome.NOT_TRIED, "connect"),
    ],
)
def test_without_all_its_pictures_there_is_no_post(
    answers: list[Answered], outcome: Outcome, code: str
):
    adapter, server = mastodon(*answers, says({}))
    answer = adapter.send(ACCOUNT, TWO)
    assert (answer.outcome, answer.code) == (outcome, code)
    assert "POST v1/statuses" not in server.calls


@pytest.mark.parametrize(
    ("last", "stays"),
    [(refuses(422), False), (limited(), False), (refuses(500), True), (says({}), True)],
)
def test_pictures_stay_where_a_post_may_show_them(last: httpx.Response, stays: bool):
    adapter, server = mastodon(uploaded("1"), last, says({}))
    adapter.send(ACCOUNT, ONE)
    assert ("DELETE v1/media/1" in server.calls) is not stays


def test_a_server_that_knows_no_way_to_take_a_picture_back_is_asked_once():
    adapter, server = mastodon(uploaded("1"), uploaded("2"), refuses(422), refuses(404))
    assert adapter.send(ACCOUNT, TWO).code == "422"
    assert server.calls.count("DELETE v1/media/1") == 1
    assert "DELETE v1/media/2" not in server.calls


# --- What comes back ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "outcome", "trouble", "code"),
    [
        (refuses(401), Outcome.NOT_TRIED, Trouble.SIGN_IN, "401"),
        (limited(), Outcome.NOT_TRIED, Trouble.LIMIT, "429"),
        *(
            (refuses(each), Outcome.REFUSED, Trouble.NONE, str(each))
            for each in (403, 404, 413, 422)
        ),
        *(
            (refuses(each), Outcome.UNKNOWN, Trouble.NONE, f"http_{each}")
            for each in (400, 500, 503)
        ),
        (says({"error": "?"}), Outcome.UNKNOWN, Trouble.NONE, "no_id"),
        (says([1]), Outcome.UNKNOWN, Trouble.NONE, "no_id"),
        (httpx.Response(200, text="<html>"), Outcome.UNKNOWN, Trouble.NONE, "no_id"),
        (httpx.ReadTimeout("x"), Outcome.UNKNOWN, Trouble.NONE, "timeout"),
        (httpx.ConnectError("x"), Outcome.NOT_TRIED, Trouble.NONE, "connect"),
    ],
)
def test_the_answer_to_a_post_is_sorted_by_its_status(
    said: Answered, outcome: Outcome, trouble: Trouble, code: str
):
    adapter, server = mastodon(said)
    answer = adapter.send(ACCOUNT, TEXT)
    assert (answer.outcome, answer.trouble, answer.code) == (outcome, trouble, code)
    assert len(server.asked) == 1


def test_a_yes_that_was_the_last_for_now_says_so_too():
    left = {"x_ratelimit_remaining": "0", "x_ratelimit_reset": "2026-11-22T10:03:00.000000Z"}
    last = says(status(), date="Sun, 22 Nov 2026 10:00:00 GMT", **left)
    adapter, _server = mastodon(last)
    answer = adapter.send(ACCOUNT, TEXT)
    assert (answer.outcome, answer.wait) == (Outcome.DONE, timedelta(minutes=3))

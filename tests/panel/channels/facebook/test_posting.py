"""A post goes out once; whatever comes back, the answer is sorted."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging

import httpx
import pytest

from panel.channels.outgoing import Account, Act, Outcome, Picture, Trouble, Verb
from tests.panel.channels.facebook.graph import (
    ACCOUNT,
    PAGE,
    TOKEN,
    Answered,
    facebook,
    refuses,
    says,
)

JPEG = b"\xff\xd8\xff" + b"j" * 20
PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 20
TEXT = Act(Verb.POST, "Åbent hus på lørdag")
ONE = Act(Verb.POST, "Se her", pictures=(Picture(JPEG, "En bro", "bro.jpg"),))
TWO = Act(Verb.POST, "Se her", pictures=(Picture(JPEG, "En bro"), Picture(PNG, "En å", "å.png")))


# --- Text, link, one picture ----------------------------------------------------------------------


def test_words_go_to_the_feed_and_the_answer_has_their_address():
    adapter, graph = facebook(says({"id": f"{PAGE}_7"}))
    answer = adapter.send(ACCOUNT, TEXT)
    assert (answer.outcome, answer.external_id) == (Outcome.DONE, f"{PAGE}_7")
    assert answer.url == f"https://www.facebook.com/{PAGE}_7"
    assert str(graph.asked[0].url) == f"https://graph.facebook.com/v26.0/{PAGE}/feed"
    assert graph.form() == {"message": "Åbent hus på lørdag"}


def test_a_link_goes_beside_the_words():
    adapter, graph = facebook(says({"id": "1"}))
    adapter.send(ACCOUNT, Act(Verb.POST, "Læs", link="https://byen.dk/a?b=1&c=2"))
    assert graph.form() == {"message": "Læs", "link": "https://byen.dk/a?b=1&c=2"}


def test_the_key_travels_in_a_header_and_nowhere_else():
    adapter, graph = facebook(says({"id": "1"}))
    adapter.send(ACCOUNT, TEXT)
    request = graph.asked[0]
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in str(request.url)


def test_with_the_app_s_secret_calls_are_signed(settings):
    settings.FACEBOOK_APP_SECRET = "hemmeligt"
    adapter, graph = facebook(says({"id": "1"}))
    adapter.send(ACCOUNT, TEXT)
    proof = hmac.new(b"hemmeligt", TOKEN.encode(), hashlib.sha256).hexdigest()
    assert graph.form()["appsecret_proof"] == proof


def test_the_version_and_the_address_are_settings(settings):
    settings.FACEBOOK_GRAPH_VERSION = "v25.0"
    settings.FACEBOOK_GRAPH_URL = "https://graph.example"
    adapter, graph = facebook(says({"id": "1"}))
    adapter.send(ACCOUNT, TEXT)
    assert str(graph.asked[0].url) == f"https://graph.example/v25.0/{PAGE}/feed"


def test_one_picture_is_posted_at_once_with_its_words_and_its_text():
    adapter, graph = facebook(says({"id": "55", "post_id": f"{PAGE}_7"}))
    answer = adapter.send(ACCOUNT, ONE)
    assert (answer.outcome, answer.external_id) == (Outcome.DONE, f"{PAGE}_7")
    assert graph.calls == [f"POST {PAGE}/photos"]
    sent = graph.asked[0].content
    assert b'name="source"; filename="bro.jpg"\r\nContent-Type: image/jpeg' in sent
    assert JPEG in sent
    assert b'name="caption"\r\n\r\nSe her' in sent
    assert b'name="alt_text_custom"\r\n\r\nEn bro' in sent
    assert b"published" not in sent


def test_beside_pictures_the_link_stands_in_the_words():
    adapter, graph = facebook(says({"id": "1"}), says({"id": "1"}))
    link = "https://byen.dk/a"
    adapter.send(ACCOUNT, Act(Verb.POST, "Se", link=link, pictures=ONE.pictures))
    adapter.send(ACCOUNT, Act(Verb.POST, f"Se {link} nu", link=link, pictures=ONE.pictures))
    assert b"Se\n\nhttps://byen.dk/a\r\n" in graph.asked[0].content
    assert graph.asked[1].content.count(link.encode()) == 1


# --- Several pictures -----------------------------------------------------------------------------


def test_several_pictures_wait_unpublished_for_their_post():
    adapter, graph = facebook(says({"id": "51"}), says({"id": "52"}), says({"id": f"{PAGE}_7"}))
    answer = adapter.send(ACCOUNT, TWO)
    assert (answer.outcome, answer.external_id) == (Outcome.DONE, f"{PAGE}_7")
    assert graph.calls == [f"POST {PAGE}/photos"] * 2 + [f"POST {PAGE}/feed"]
    assert b'name="published"\r\n\r\nfalse' in graph.asked[0].content
    assert 'alt_text_custom"\r\n\r\nEn å'.encode() in graph.asked[1].content
    assert b"image/png" in graph.asked[1].content
    form = graph.form(2)
    assert form["message"] == "Se her"
    assert json.loads(form["attached_media[0]"]) == {"media_fbid": "51"}
    assert json.loads(form["attached_media[1]"]) == {"media_fbid": "52"}


@pytest.mark.parametrize(
    ("failed", "outcome"),
    [
        (refuses(324), Outcome.REFUSED),
        (refuses(4, status=403), Outcome.NOT_TRIED),
        (httpx.ConnectError(""), Outcome.NOT_TRIED),
        (httpx.ReadTimeout(""), Outcome.NOT_TRIED),
        (httpx.ReadError(""), Outcome.NOT_TRIED),
        (refuses(2, status=500), Outcome.NOT_TRIED),
        (says({}), Outcome.NOT_TRIED),
    ],
)
def test_an_upload_that_failed_published_nothing_and_leaves_nothing(
    failed: Answered, outcome: Outcome
):
    adapter, graph = facebook(says({"id": "51"}), failed, says({"success": True}))
    assert adapter.send(ACCOUNT, TWO).outcome == outcome
    assert graph.calls[2:] == ["DELETE 51"]


def test_what_stood_in_an_upload_s_way_is_told(settings):
    adapter, _graph = facebook(refuses(190, 460, status=401))
    answer = adapter.send(ACCOUNT, TWO)
    assert (answer.trouble, answer.code) == (Trouble.SIGN_IN, "190/460")


@pytest.mark.parametrize(
    "failed", [refuses(506), refuses(17), refuses(190), httpx.ConnectTimeout("")]
)
def test_a_post_that_surely_failed_takes_its_pictures_along(failed: Answered):
    gone = says({"success": True})
    adapter, graph = facebook(says({"id": "51"}), says({"id": "52"}), failed, gone, gone)
    answer = adapter.send(ACCOUNT, TWO)
    assert answer.outcome in (Outcome.REFUSED, Outcome.NOT_TRIED)
    assert graph.calls[3:] == ["DELETE 51", "DELETE 52"]


@pytest.mark.parametrize("lost", [httpx.ReadTimeout(""), refuses(1, status=500), says({})])
def test_a_post_that_may_be_there_keeps_its_pictures(lost: Answered):
    adapter, graph = facebook(says({"id": "51"}), says({"id": "52"}), lost)
    assert adapter.send(ACCOUNT, TWO).outcome == Outcome.UNKNOWN
    assert len(graph.calls) == 3


def test_clearing_up_changes_nothing_about_the_answer_and_does_not_insist():
    adapter, graph = facebook(
        says({"id": "51"}), says({"id": "52"}), refuses(506), httpx.ReadTimeout("")
    )
    assert adapter.send(ACCOUNT, TWO).code == "506"
    assert graph.calls[3:] == ["DELETE 51"]
    adapter, graph = facebook(
        says({"id": "51"}), says({"id": "52"}), refuses(506), refuses(100, 33), says(True)
    )
    adapter.send(ACCOUNT, TWO)
    assert graph.calls[3:] == ["DELETE 51", "DELETE 52"]


# --- Whatever comes back --------------------------------------------------------------------------


@pytest.mark.parametrize("act", [TEXT, ONE])
@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (httpx.ConnectError(""), Outcome.NOT_TRIED, "connect"),
        (httpx.ConnectTimeout(""), Outcome.NOT_TRIED, "connect"),
        (httpx.ReadTimeout(""), Outcome.UNKNOWN, "timeout"),
        (httpx.WriteTimeout(""), Outcome.UNKNOWN, "timeout"),
        (httpx.RemoteProtocolError(""), Outcome.UNKNOWN, "cut"),
        (httpx.ReadError(""), Outcome.UNKNOWN, "cut"),
        (says({}, 502), Outcome.UNKNOWN, "http_502"),
        (says({"success": True}), Outcome.UNKNOWN, "no_id"),
        (refuses(506), Outcome.REFUSED, "506"),
    ],
)
def test_a_write_is_asked_once(act: Act, answer: Answered, outcome: Outcome, code: str):
    adapter, graph = facebook(answer)
    found = adapter.send(ACCOUNT, act)
    assert (found.outcome, found.code) == (outcome, code)
    assert len(graph.calls) == 1


@pytest.mark.parametrize(
    ("account", "act", "outcome", "trouble"),
    [
        (Account(PAGE, ""), TEXT, Outcome.NOT_TRIED, Trouble.SIGN_IN),
        (Account("byen", TOKEN), TEXT, Outcome.REFUSED, Trouble.NONE),
        (Account("../me", TOKEN), TEXT, Outcome.REFUSED, Trouble.NONE),
        (ACCOUNT, Act(Verb.POST, "  "), Outcome.REFUSED, Trouble.NONE),
        (ACCOUNT, Act("dance", "Hej"), Outcome.REFUSED, Trouble.NONE),  # type: ignore[arg-type]
        (Account(PAGE, "æ"), TEXT, Outcome.NOT_TRIED, Trouble.NONE),
    ],
)
def test_what_cannot_be_done_is_not_tried(
    account: Account, act: Act, outcome: Outcome, trouble: Trouble
):
    adapter, graph = facebook()
    answer = adapter.send(account, act)
    assert (answer.outcome, answer.trouble, graph.asked) == (outcome, trouble, [])


def test_a_file_name_cannot_break_out_of_its_header():
    adapter, graph = facebook(says({"id": "1"}))
    adapter.send(ACCOUNT, Act(Verb.POST, "Se", pictures=(Picture(JPEG, name='a"\r\nX: y"ø.jpg'),)))
    assert b'filename="aXy.jpg"' in graph.asked[0].content


def test_neither_key_nor_words_reach_a_log(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    adapter, _graph = facebook(says({"id": "1"}), refuses(190), httpx.ReadTimeout(TOKEN))
    for _time in range(3):
        answer = adapter.send(ACCOUNT, TEXT)
        assert TOKEN not in repr(answer)
    assert caplog.records
    assert TOKEN not in caplog.text
    assert "lørdag" not in caplog.text
    assert TOKEN not in repr(ACCOUNT)

"""Comments in the Graph dialect: two levels, hiding, and the one private message."""

from __future__ import annotations

import json
import time

import pytest

from panel.channels.fake.control import FakeNetwork
from tests.panel.channels.fake.conftest import PAGE, Asker

DAY = 86400


@pytest.fixture
def post(network: FakeNetwork) -> str:
    return network.post_by_hand(PAGE, "Hvad synes I?")


def ids(page: Asker, path: str, **params: str) -> list[str]:
    return [row["id"] for row in page.get(f"{path}/comments", **params)["data"]]


def test_a_citizen_s_comment_is_read_with_its_author(page: Asker, network: FakeNetwork, post: str):
    id = network.comment(post, "Fint", author=("8000009", "Ane"), likes=3)
    fields = (
        "id,from,message,created_time,parent{id},attachment,is_hidden,can_hide,can_remove,"
        "can_reply_privately,comment_count,like_count,message_tags,permalink_url"
    )
    (row,) = page.get(f"{post}/comments", fields=fields)["data"]
    assert row["id"] == id
    assert id.split("_")[0] == post.split("_")[1]
    assert row["from"] == {"id": "8000009", "name": "Ane"}
    assert (row["message"], row["like_count"], row["comment_count"]) == ("Fint", 3, 0)
    assert (row["can_hide"], row["can_remove"], row["can_reply_privately"]) == (True, True, True)
    assert "parent" not in row


def test_the_stream_holds_answers_and_the_top_level_does_not(
    page: Asker, network: FakeNetwork, post: str
):
    top = network.comment(post, "Fint", at=1_700_000_000)
    below = page.post(f"{top}/comments", message="Tak")["id"]
    assert ids(page, post) == ids(page, post, filter="toplevel") == [top]
    assert ids(page, post, filter="stream") == [top, below]
    assert ids(page, post, filter="stream", order="reverse_chronological") == [below, top]
    assert ids(page, top) == [below]
    assert page.get(below, fields="parent{id}")["parent"] == {"id": top}
    assert page.get(f"{post}/comments", filter="stream", summary="1")["summary"] == {
        "order": "chronological",
        "total_count": 2,
        "can_comment": True,
    }


def test_an_answer_to_an_answer_hangs_on_the_comment_above_both(
    page: Asker, network: FakeNetwork, post: str
):
    top = network.comment(post, "Fint")
    answer = network.comment(top, "Nej", author=("8000002", "Ida"))
    third = page.post(f"{answer}/comments", message="Tak, begge to")["id"]
    assert page.get(third, fields="parent")["parent"]["id"] == top


def test_the_page_writes_in_its_own_name(page: Asker, post: str):
    id = page.post(f"{post}/comments", message="Husk mødet")["id"]
    shown = page.get(id, fields="from,can_hide,can_reply_privately")
    assert shown["from"] == {"id": PAGE, "name": "Byen"}
    assert not shown["can_hide"]
    assert not shown["can_reply_privately"]


def test_a_comment_that_says_nothing_is_refused(page: Asker, post: str):
    assert page.refused("POST", f"{post}/comments") == (100, 0)


def test_authors_can_be_missing(page: Asker, network: FakeNetwork, post: str):
    network.comment(post, "Uden navn", author=None)
    network.comment(post, "Med navn")
    own = page.post(f"{post}/comments", message="Vi")["id"]
    rows = page.get(f"{post}/comments")["data"]
    assert ["from" in row for row in rows] == [False, True, True]
    network.settings(without_from=True)
    rows = page.get(f"{post}/comments")["data"]
    assert [row["id"] for row in rows if "from" in row] == [own]


def test_a_person_s_key_shows_no_citizen_s_name(page: Asker, network: FakeNetwork, post: str):
    id = network.comment(post, "Fint")
    network.add_token("user-token")
    user = Asker(network.url, "user-token")
    assert "from" not in user.get(id, fields="from,message")
    user.line.close()


def test_a_citizen_s_comment_is_hidden_and_shown_again(
    page: Asker, network: FakeNetwork, post: str
):
    id = network.comment(post, "Grimt")
    page.post(id, is_hidden="true")
    assert page.get(id, fields="is_hidden")["is_hidden"] is True
    page.post(id, is_hidden="false")
    assert page.get(id, fields="is_hidden")["is_hidden"] is False


def test_words_are_changed_only_in_one_s_own_comment(page: Asker, network: FakeNetwork, post: str):
    own = page.post(f"{post}/comments", message="Fejl")["id"]
    citizen = network.comment(post, "Fint")
    page.post(own, message="Rettet")
    assert page.get(own)["message"] == "Rettet"
    assert page.refused("POST", citizen, data={"message": "Andet"}) == (200, 0)
    assert page.refused("POST", own, data={"is_hidden": "true"}) == (200, 0)
    assert page.refused("POST", own) == (100, 0)


def test_a_deleted_comment_takes_its_answers_along(page: Asker, network: FakeNetwork, post: str):
    top = network.comment(post, "Fint")
    below = network.comment(top, "Nej")
    page.delete(top)
    assert page.refused("GET", below) == (100, 33)
    assert ids(page, post, filter="stream") == []


# --- The private message --------------------------------------------------------------------------


def reply(id: str, text: str = "Skriv til os") -> dict[str, str]:
    return {
        "recipient": json.dumps({"comment_id": id}),
        "message": json.dumps({"text": text}),
    }


def test_a_comment_is_answered_privately_once(page: Asker, network: FakeNetwork, post: str):
    id = network.comment(post, "Hvem ringer jeg til?")
    made = page.post(f"{PAGE}/messages", **reply(id))
    assert made["recipient_id"] == "8000001"
    assert page.refused("POST", f"{PAGE}/messages", data=reply(id)) == (10900, 0)
    assert [(one["comment_id"], one["text"]) for one in network.messages()] == [
        (id, "Skriv til os")
    ]
    assert page.get(id, fields="can_reply_privately")["can_reply_privately"] is False


def test_a_private_answer_may_be_sent_as_json(page: Asker, network: FakeNetwork, post: str):
    id = network.comment(post, "Hvem?")
    said = {"recipient": {"comment_id": id}, "message": {"text": "Os"}}
    assert page.fine(page.ask("POST", f"{PAGE}/messages", json=said))["message_id"]


def test_after_seven_days_it_is_too_late(page: Asker, network: FakeNetwork, post: str):
    id = network.comment(post, "Hvem?", at=int(time.time()) - 7 * DAY - 5)
    assert page.refused("POST", f"{PAGE}/messages", data=reply(id)) == (10901, 0)


def test_the_clock_can_be_moved(page: Asker, network: FakeNetwork, post: str):
    id = network.comment(post, "Hvem?")
    shown = network.clock(8 * DAY)
    assert abs(shown - time.time() - 8 * DAY) < 60
    assert page.refused("POST", f"{PAGE}/messages", data=reply(id)) == (10901, 0)


def test_a_page_s_own_comment_is_not_answered_privately(page: Asker, post: str):
    id = page.post(f"{post}/comments", message="Vi")["id"]
    assert page.refused("POST", f"{PAGE}/messages", data=reply(id)) == (10903, 0)


def test_a_private_answer_needs_a_comment_and_words(page: Asker, network: FakeNetwork, post: str):
    id = network.comment(post, "Hvem?")
    assert page.refused("POST", f"{PAGE}/messages", data=reply("1_2")) == (100, 33)
    assert page.refused("POST", f"{PAGE}/messages", data=reply(id, "")) == (100, 0)
    assert page.refused("POST", f"{PAGE}/messages", data={"recipient": "8"}) == (100, 33)

"""What goes wrong on request: what the client sees, and what was really done."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

from panel.channels.fake.control import ControlRefused, FakeNetwork
from panel.channels.fake.faults import KINDS
from tests.panel.channels.fake.conftest import PAGE, Asker

FEED = f"{PAGE}/feed"


def publish(page: Asker, message: str = "Hej", **words: Any) -> httpx.Response | None:
    """The answer; nothing where there was none."""
    try:
        return page.ask("POST", FEED, data={"message": message}, **words)
    except httpx.TransportError:
        return None


@pytest.mark.parametrize(
    ("kind", "status", "done"),
    [
        ("error_before", 500, False),
        ("error_after", 500, True),
        ("drop_before", 0, False),
        ("drop_after", 0, True),
        ("drop_middle", 0, True),
        ("drop_late", 0, True),
        ("hang", 0, False),
        ("slow", 200, True),
        ("http_429", 429, False),
        ("code", 500, False),
        ("garbage", 200, True),
    ],
)
def test_a_fault_does_what_it_says(
    page: Asker, network: FakeNetwork, kind: str, status: int, done: bool
):
    network.fault(kind, times=1)
    answer = publish(page, timeout=0.5)
    deadline = time.monotonic() + 5
    while done and not network.posts() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (answer.status_code if answer is not None else 0) == status
    assert bool(network.posts()) is done
    (asked,) = network.requests()
    assert (asked.fault, asked.done, bool(asked.made)) == (kind, done, done)


def test_every_fault_is_tried_above():
    mark = test_a_fault_does_what_it_says.pytestmark[0]
    assert {kind for kind, _status, _done in mark.args[1]} == set(KINDS)


@pytest.mark.parametrize("kind", ["drop_after", "drop_middle", "hang"])
def test_after_a_broken_connection_the_next_one_is_fine(
    page: Asker, network: FakeNetwork, kind: str
):
    network.fault(kind, times=1)
    assert publish(page, timeout=0.3) is None
    assert publish(page).status_code == 200


def test_half_an_answer_arrives_before_the_cut(page: Asker, network: FakeNetwork):
    network.fault("drop_middle", times=1)
    with pytest.raises(httpx.RemoteProtocolError, match=r"incomplete|without sending complete"):
        page.ask("POST", FEED, data={"message": "Hej"})


def test_silence_may_be_after_the_act(page: Asker, network: FakeNetwork):
    network.fault("hang", times=1, done="first")
    assert publish(page, timeout=0.3) is None
    assert [post.message for post in network.posts()] == ["Hej"]


def test_an_act_may_come_after_the_client_has_left(page: Asker, network: FakeNetwork):
    network.fault("drop_late", times=1, seconds=0.4)
    assert publish(page) is None
    assert network.posts() == []
    assert network.requests()[0].done is False
    time.sleep(0.8)
    assert [post.message for post in network.posts()] == ["Hej"]
    assert network.requests()[0].done is True


def test_silence_may_be_before_an_act_that_comes_late(page: Asker, network: FakeNetwork):
    network.fault("hang", times=1, done="late", seconds=0.5)
    assert publish(page, timeout=0.2) is None
    assert network.posts() == []
    time.sleep(0.8)
    assert len(network.posts()) == 1


def test_a_slow_answer_is_the_true_one(page: Asker, network: FakeNetwork):
    network.fault("slow", times=2, seconds=0.3)
    start = time.monotonic()
    answer = publish(page)
    assert time.monotonic() - start >= 0.3
    assert answer.json()["id"] == network.posts()[0].id
    assert publish(page, timeout=0.1) is None
    assert len(network.posts()) == 2


def test_a_slow_answer_may_be_to_an_act_done_late(page: Asker, network: FakeNetwork):
    network.fault("slow", times=1, seconds=0.2, done="late")
    answer = publish(page)
    assert answer.json()["id"] == network.posts()[0].id


@pytest.mark.parametrize(
    ("code", "subcode"),
    [(4, 0), (17, 0), (32, 0), (190, 460), (368, 1390008), (506, 0), (613, 1996), (424242, 0)],
)
def test_graph_says_any_code(page: Asker, network: FakeNetwork, code: int, subcode: int):
    network.fault("code", code=code, subcode=subcode)
    assert page.refused("POST", FEED, data={"message": "Hej"}) == (code, subcode)
    assert network.posts() == []


def test_a_code_may_be_a_lie(page: Asker, network: FakeNetwork):
    network.fault("code", code=100, status=418, message="Nej", done="first")
    answer = publish(page)
    assert (answer.status_code, answer.json()["error"]["message"]) == (418, "Nej")
    assert len(network.posts()) == 1


def test_an_error_may_be_a_proxy_s(page: Asker, network: FakeNetwork):
    network.fault("error_before", code=0, status=503)
    answer = publish(page)
    assert answer.status_code == 503
    assert "html" in answer.text


def test_garbage_may_be_json_without_an_id(page: Asker, network: FakeNetwork):
    network.fault("garbage", body='{"success":true}')
    assert publish(page).json() == {"success": True}


def test_a_rule_names_the_requests_it_hits(page: Asker, network: FakeNetwork):
    network.fault("error_before", method="POST", path="/*/feed", contains="uheld")
    assert publish(page, "Hej").status_code == 200
    assert publish(page, "Et uheld").status_code == 500
    assert page.get(FEED, fields="id")
    assert page.photo(caption="Et uheld")


def test_a_rule_skips_the_first_and_ends(page: Asker, network: FakeNetwork):
    network.fault("error_before", skip=2, times=1)
    assert [publish(page).status_code for _ in range(4)] == [200, 200, 500, 200]


def test_a_share_is_drawn_by_its_seed(page: Asker, network: FakeNetwork):
    def draw() -> list[int]:
        network.behave()
        network.fault("error_before", share=0.3, seed=7)
        return [publish(page).status_code for _ in range(60)]

    first = draw()
    assert 5 < first.count(500) < 35
    assert draw() == first


def test_the_first_rule_that_fires_decides(page: Asker, network: FakeNetwork):
    network.fault("error_before", times=1)
    network.fault("http_429")
    assert [publish(page).status_code for _ in range(2)] == [500, 429]
    assert [(rule["kind"], rule["fired"]) for rule in network.faults()] == [
        ("error_before", 1),
        ("http_429", 1),
    ]
    network.behave()
    assert publish(page).status_code == 200


@pytest.mark.parametrize(
    "words", [{"kind": "explode"}, {"kind": "slow", "done": "maybe"}, {"kind": "slow", "pace": 1}]
)
def test_an_unknown_fault_is_refused(network: FakeNetwork, words: dict[str, Any]):
    with pytest.raises(ControlRefused):
        network.fault(**words)


def test_the_record_counts_what_became_of_requests(page: Asker, network: FakeNetwork):
    network.fault("error_after", path="*/feed", times=2)
    for _ in range(3):
        publish(page)
    page.get(FEED)
    counters = network.counters()
    assert (counters.requests, counters.done) == (4, 3)
    assert counters.routes == {"POST /*/feed": 3, "GET /*/feed": 1}
    assert counters.faults == {"error_after": {"hit": 2, "done": 2}}
    assert [one.number for one in network.requests(after=2)] == [3, 4]

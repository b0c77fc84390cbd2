"""Reading: in full, again where that may help, and without a key in any address or log."""

from __future__ import annotations

import logging

import httpx
import pytest

from panel.channels.graph.client import Graph
from panel.channels.outgoing import NotReached, Outcome, Trouble
from tests.panel.channels.facebook.graph import PAGE, TOKEN, Answered, Recorded, refuses, says

NEXT = f"https://graph.facebook.com/v26.0/{PAGE}/feed?access_token={TOKEN}&after="


def reading(*answers: Answered) -> tuple[Graph, Recorded, list[float]]:
    recorded, slept = Recorded(list(answers)), []
    return Graph(TOKEN, transport=recorded, sleep=slept.append), recorded, slept


def page(*ids: str, after: str = "") -> httpx.Response:
    paging = {"next": NEXT + after} if after else {"cursors": {"before": "x", "after": "x"}}
    return says({"data": [{"id": each} for each in ids], "paging": paging})


def ids(graph: Graph) -> list[str]:
    return [row["id"] for row in graph.read_all(f"{PAGE}/feed", {"fields": "id"})]


def test_all_pages_are_read_also_behind_an_empty_one():
    graph, recorded, _slept = reading(
        page("1", "2", after="a"), page(after="b"), page("3", after="c"), page()
    )
    assert ids(graph) == ["1", "2", "3"]
    assert recorded.asked[1].url.params["after"] == "a"
    assert recorded.asked[0].url.params["fields"] == "id"


def test_the_key_in_a_next_link_is_left_out_and_never_logged(
    caplog: pytest.LogCaptureFixture, settings
):
    caplog.set_level(logging.DEBUG)
    settings.FACEBOOK_APP_SECRET = "hemmeligt"
    graph, recorded, _slept = reading(page("1", after="a"), page("2"))
    ids(graph)
    assert all(TOKEN not in str(request.url) for request in recorded.asked)
    assert all(
        len(request.url.params.get_list("appsecret_proof")) == 1 for request in recorded.asked
    )
    assert TOKEN not in caplog.text
    assert "appsecret" not in caplog.text


def test_a_next_link_that_leads_elsewhere_does_not_take_the_key_there():
    away = {"data": [], "paging": {"next": "https://evil.example/v26.0/x?after=1"}}
    graph, recorded, _slept = reading(says(away), page("2"))
    ids(graph)
    assert {request.url.host for request in recorded.asked} == {"graph.facebook.com"}


def test_pages_that_lead_in_a_circle_end():
    graph, recorded, _slept = reading(
        page("1", after="a"), page("2", after="b"), page("3", after="a")
    )
    with pytest.raises(NotReached) as caught:
        ids(graph)
    assert (caught.value.answer.code, len(recorded.asked)) == ("loop", 3)


@pytest.mark.parametrize(
    "odd", [{}, {"data": None}, {"data": [1, None]}, {"paging": 1, "data": {}}]
)
def test_a_page_without_rows_is_empty(odd: object):
    graph, _recorded, _slept = reading(says(odd))
    assert ids(graph) == []


@pytest.mark.parametrize(
    "passing",
    [
        httpx.ConnectError(""),
        httpx.ReadTimeout(""),
        httpx.ReadError(""),
        says({}, 503),
        refuses(1, status=500),
        refuses(2),
        refuses(100, is_transient=True),
        httpx.Response(200, text="<html>"),
    ],
)
def test_what_may_pass_is_read_again_after_a_while(passing: Answered):
    graph, recorded, slept = reading(passing, passing, page("1"))
    assert ids(graph) == ["1"]
    assert (len(recorded.asked), slept) == (3, [0.5, 1.0])


@pytest.mark.parametrize(
    ("refusal", "code", "trouble"),
    [
        (refuses(190, 463, status=401), "190/463", Trouble.SIGN_IN),
        (refuses(4, status=403, is_transient=True), "4", Trouble.LIMIT),
        (refuses(100, 33), "100/33", Trouble.NONE),
        (refuses(10, status=403), "10", Trouble.NONE),
    ],
)
def test_what_will_not_pass_is_not_asked_again(refusal: Answered, code: str, trouble: Trouble):
    graph, recorded, slept = reading(refusal)
    with pytest.raises(NotReached) as caught:
        graph.read(PAGE)
    answer = caught.value.answer
    assert (answer.code, answer.trouble, len(recorded.asked), slept) == (code, trouble, 1, [])


def test_who_cannot_be_read_three_times_is_not_reached():
    graph, recorded, _slept = reading(*[httpx.ReadTimeout("")] * 3)
    with pytest.raises(NotReached) as caught:
        graph.read(PAGE)
    assert caught.value.answer.outcome == Outcome.NOT_TRIED
    assert len(recorded.asked) == 3

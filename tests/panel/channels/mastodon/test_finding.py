"""What may be there is looked for among the account's own posts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from panel.channels.mastodon.client import following
from panel.channels.outgoing import Act, NotReached, Picture, Trouble, Verb
from tests.panel.channels.mastodon.recorded import ACCOUNT, ME, mastodon, refuses, says, status

SINCE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HEJ = Act(Verb.POST, "Hej")
PICTURE = Act(Verb.POST, "Hej", pictures=(Picture(b"\xff\xd8\xff"),))


def found(*rows: dict[str, Any], act: Act = HEJ) -> list[str]:
    adapter, _server = mastodon(says(list(rows)))
    return [seen.external_id for seen in adapter.find(ACCOUNT, act, since=SINCE)]


def test_a_post_with_the_same_words_is_found_with_its_time_and_address():
    adapter, server = mastodon(says([status("7")]))
    [seen] = adapter.find(ACCOUNT, HEJ, since=SINCE)
    assert (seen.external_id, seen.url) == ("7", "https://social.example/@kommune/7")
    assert seen.at == datetime(2026, 11, 20, 10, 0, 5, 196000, tzinfo=UTC)
    assert server.calls == [f"GET v1/accounts/{ME['id']}/statuses"]
    assert dict(server.asked[0].url.params) == {"limit": "40", "exclude_reblogs": "true"}


@pytest.mark.parametrize(
    "other",
    [
        status(content="<p>Noget andet</p>"),
        status(visibility="private"),
        status(visibility="direct"),
        status(reblog=status()),
        status(in_reply_to_id="3"),
        status(account={"id": "999"}),
        status(media=[{"id": "1"}]),
        status(at="2026-11-20T09:54:59.000Z"),
        status(at="in the morning"),
        status(id=""),
    ],
)
def test_what_is_not_it_is_not_found(other: dict[str, Any]):
    assert found(other) == []


@pytest.mark.parametrize("at", ["2026-11-20T09:55:00.000Z", "2026-11-20T12:00:00.000Z"])
def test_clocks_that_differ_hide_nothing(at: str):
    assert found(status("7", at=at)) == ["7"]


def test_pictures_are_counted():
    shown = [{"id": "1"}, {"id": "2"}]
    rows = [status("1"), status("2", media=shown[:1]), status("3", media=shown)]
    assert found(*rows) == ["1"]
    assert found(*rows, act=PICTURE) == ["2"]


def test_posts_are_told_oldest_first():
    rows = [status("2", at="2026-11-20T11:00:00.000Z"), status("1")]
    assert found(*rows) == ["1", "2"]


def page(*rows: dict[str, Any], link: str = "") -> httpx.Response:
    return says(list(rows), link=link)


NEXT = '<https://evil.example/api/v1/accounts/1/statuses?limit=40&max_id=5>; rel="next"'
PREV = '<https://social.example/x?min_id=9>; rel="prev"'


def test_the_next_page_is_asked_of_our_server_whoever_the_link_names():
    adapter, server = mastodon(
        page(status("9", content="andet"), link=f"{NEXT}, {PREV}"), page(status("3"))
    )
    assert [seen.external_id for seen in adapter.find(ACCOUNT, HEJ, since=SINCE)] == ["3"]
    assert str(server.asked[1].url).startswith("https://social.example/api/v1/accounts/14715/")
    assert dict(server.asked[1].url.params) == {"limit": "40", "max_id": "5"}


def test_what_is_older_than_the_try_is_not_read_on():
    adapter, server = mastodon(page(status(at="2025-01-01T00:00:00.000Z"), link=NEXT))
    assert adapter.find(ACCOUNT, HEJ, since=SINCE) == []
    assert len(server.asked) == 1


def test_pages_that_lead_in_a_circle_are_no_answer():
    adapter, _server = mastodon(page(link=NEXT), page(link=NEXT))
    with pytest.raises(NotReached) as caught:
        adapter.find(ACCOUNT, HEJ, since=SINCE)
    assert caught.value.answer.code == "loop"


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        (f"{PREV}, {NEXT}", {"limit": "40", "max_id": "5"}),
        ("<https://a.dk/b?max_id=1>; rel=next", {"max_id": "1"}),
        ('<https://a.dk/b?max_id=1>; foo; rel="next"', {"max_id": "1"}),
        (PREV, None),
        ("", None),
        ('<https://[/b>; rel="next"', None),
        ("next", None),
    ],
)
def test_the_way_on_stands_in_the_link(link: str, asked: dict[str, str] | None):
    assert following(link) == asked


def test_with_another_s_key_nothing_is_said_about_what_is_there():
    adapter, _server = mastodon(says(ME | {"username": "nabo"}), asks_who=False)
    with pytest.raises(NotReached) as caught:
        adapter.find(ACCOUNT, HEJ, since=SINCE)
    assert caught.value.answer.trouble == Trouble.SIGN_IN


@pytest.mark.parametrize("said", [refuses(404), refuses(403), says({"error": "x"})])
def test_a_list_that_is_none_is_not_an_empty_one(said: httpx.Response):
    adapter, _server = mastodon(said)
    with pytest.raises(NotReached):
        adapter.find(ACCOUNT, HEJ, since=SINCE)

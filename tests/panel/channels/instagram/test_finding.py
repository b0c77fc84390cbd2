"""Whether a post of ours stands on the account: by its words and its pictures, since the try."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from panel.channels.instagram.finding import OLDER
from panel.channels.instagram.posting import HOME
from panel.channels.outgoing import NotReached
from tests.panel.channels.facebook.graph import refuses, says
from tests.panel.channels.instagram.recorded import ACCOUNT, ID, LINK, act, instagram, media

SINCE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
BEFORE = "2026-11-19T10:00:00+0000"


def found(*rows: Any, **wanted: Any) -> list[str]:
    adapter, graph = instagram(says({"data": list(rows)}))
    seen = adapter.find(ACCOUNT, act(**wanted), since=SINCE)
    assert graph.calls == [f"GET {ID}/media"]
    return [each.external_id for each in seen]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (media(), {}),
        (media(caption="  Åbent   hus.\n"), {}),
        (media(caption="A\u030abent hus."), {}),
        (media(caption="Åbent hus.\n\nhttps://byen.dk/a"), {"link": "https://byen.dk/a"}),
        (media(children=2), {"pictures": 2}),
        (media(media_type="CAROUSEL_ALBUM"), {"pictures": 2}),
        # Their clock may be a little behind ours.
        (media(at="2026-11-20T09:58:00+0000"), {}),
    ],
)
def test_it_is_found(row: dict[str, Any], wanted: dict[str, Any]):
    assert found(row, **wanted) == ["17900001"]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (media(caption="Åbent hus"), {}),
        (media(caption=""), {}),
        (media(children=2), {}),
        (media(children=3), {"pictures": 2}),
        (media(), {"pictures": 2}),
        (media(media_type="VIDEO"), {}),
        (media(at=BEFORE), {}),
        (media(at="i går"), {}),
        (media(id=""), {}),
    ],
)
def test_something_else_is_not_it(row: dict[str, Any], wanted: dict[str, Any]):
    assert found(row, **wanted) == []


def test_the_oldest_comes_first_with_its_address():
    rows = [media("2", at="2026-11-20T11:00:00+0000"), media("1", permalink="ftp://a")]
    adapter, _graph = instagram(says({"data": rows}))
    seen = adapter.find(ACCOUNT, act(), since=SINCE)
    assert [(each.external_id, each.url) for each in seen] == [("1", HOME), ("2", LINK)]


def test_pinned_posts_do_not_hide_it_and_the_whole_past_is_not_read():
    pinned = [media(str(number), at=BEFORE) for number in range(3)]
    past = [media(str(number), at=BEFORE) for number in range(OLDER)]
    first = {"data": [*pinned, media("7")], "paging": {"next": f"https://a/v26.0/{ID}/media?b=1"}}
    second = {"data": past, "paging": {"next": f"https://a/v26.0/{ID}/media?b=2"}}
    adapter, graph = instagram(says(first), says(second))
    seen = adapter.find(ACCOUNT, act(), since=SINCE)
    assert [each.external_id for each in seen] == ["7"]
    assert len(graph.asked) == 2


def test_who_cannot_look_says_so():
    adapter, _graph = instagram(refuses(10, status=403))
    with pytest.raises(NotReached):
        adapter.find(ACCOUNT, act(), since=SINCE)

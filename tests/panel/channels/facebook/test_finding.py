"""Whether a post of ours is there: by its words, its link and the number of its pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from panel.channels.outgoing import Account, Act, NotReached, Picture, Trouble, Verb
from tests.panel.channels.facebook.graph import ACCOUNT, PAGE, facebook, post, refuses, says

SINCE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
LINK = "https://byen.dk/nyt?a=1"
PHOTO = {"type": "photo", "media_type": "photo", "url": "https://www.facebook.com/p/1"}
SHARE = {"type": "share", "media_type": "link", "url": LINK, "unshimmed_url": LINK}


def album(count: int) -> dict[str, Any]:
    return {"type": "album", "media_type": "album", "subattachments": {"data": [PHOTO] * count}}


def pictures(count: int) -> tuple[Picture, ...]:
    return (Picture(b"x"),) * count


def found(act: Act, *rows: dict[str, Any]) -> list[str]:
    adapter, _graph = facebook(says({"data": list(rows)}))
    return [seen.external_id for seen in adapter.find(ACCOUNT, act, since=SINCE)]


@pytest.mark.parametrize(
    ("act", "row"),
    [
        (Act(Verb.POST, "Hej"), post(message="Hej")),
        (Act(Verb.POST, "Hej  du\r\n\r\nder "), post(message="Hej du\n\nder")),
        (Act(Verb.POST, "Læs", link=LINK), post(message="Læs", attachments=[SHARE])),
        (Act(Verb.POST, link=LINK), post(message="", attachments=[SHARE])),
        (Act(Verb.POST, "Se", pictures=pictures(1)), post(message="Se", attachments=[PHOTO])),
        (Act(Verb.POST, "Se", pictures=pictures(3)), post(message="Se", attachments=[album(3)])),
        (Act(Verb.POST, pictures=pictures(1)), post(message="", attachments=[PHOTO])),
        (
            Act(Verb.POST, "Se", link=LINK, pictures=pictures(1)),
            post(message=f"Se\n\n{LINK}", attachments=[PHOTO]),
        ),
    ],
)
def test_what_was_posted_is_found(act: Act, row: dict[str, Any]):
    assert found(act, row) == [f"{PAGE}_1"]


@pytest.mark.parametrize(
    ("act", "row"),
    [
        (Act(Verb.POST, "Hej"), post(message="Hej!")),
        (Act(Verb.POST, "Hej"), post(message="hej")),
        (Act(Verb.POST, "Hej"), post(message="")),
        (Act(Verb.POST, "Hej"), post(message="Hej", attachments=[PHOTO])),
        (Act(Verb.POST, "Læs", link=LINK), post(message="Læs")),
        (
            Act(Verb.POST, "Læs", link="https://byen.dk/andet"),
            post(message="Læs", attachments=[SHARE]),
        ),
        (Act(Verb.POST, "Se", pictures=pictures(2)), post(message="Se", attachments=[album(3)])),
        (Act(Verb.POST, "Se", pictures=pictures(1)), post(message="Se")),
        (Act(Verb.POST, "Hej"), post(**{"from": {"id": "77", "name": "En besøgende"}})),
        (Act(Verb.POST, "Hej"), post(is_published=False)),
        (Act(Verb.POST, "Hej"), post(at="2026-11-20T09:54:59+0000")),
        (Act(Verb.POST, "Hej"), post(at="i går")),
    ],
)
def test_what_is_not_it_is_not_found(act: Act, row: dict[str, Any]):
    assert found(act, row) == []


def test_a_post_without_an_author_stands_on_the_page_s_own_account():
    row = post()
    del row["from"]
    assert found(Act(Verb.POST, "Hej"), row) == [f"{PAGE}_1"]


@pytest.mark.parametrize(
    "shown",
    [
        "https://byen.dk/nyt?a=1&fbclid=xyz",
        "http://www.BYEN.dk/nyt/?a=1#top",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fbyen.dk%2Fnyt%3Fa%3D1&h=AT0",
    ],
)
def test_a_link_is_the_same_however_facebook_spells_it(shown: str):
    share = {"type": "share", "media_type": "link", "url": shown}
    assert found(Act(Verb.POST, "L", link=LINK), post(message="L", attachments=[share]))


@pytest.mark.parametrize("odd", ["http://[", None, 7, {}])
def test_an_odd_link_is_another(odd: Any):
    share = {"type": ["share"], "media_type": None, "url": odd}
    assert found(Act(Verb.POST, "L", link=LINK), post(message="L", attachments=[share])) == []


def test_several_that_fit_come_oldest_first_from_all_pages():
    following = f"https://graph.facebook.com/v26.0/{PAGE}/feed?after=a"
    adapter, _graph = facebook(
        says({"data": [post("9", at="2026-11-20T10:05:00+0000")], "paging": {"next": following}}),
        says({"data": [], "paging": {"next": following + "b"}}),
        says({"data": [post("8", at="2026-11-20T10:01:00+0000")]}),
    )
    seen = adapter.find(ACCOUNT, Act(Verb.POST, "Hej"), since=SINCE)
    assert [each.external_id for each in seen] == ["8", "9"]


def test_it_asks_from_some_minutes_before():
    adapter, graph = facebook(says({"data": []}))
    adapter.find(ACCOUNT, Act(Verb.POST, "Hej"), since=SINCE)
    assert graph.calls == [f"GET {PAGE}/published_posts"]
    assert graph.asked[0].url.params["since"] == str(int(SINCE.timestamp()) - 300)


def test_the_address_is_the_permanent_one_where_there_is_one():
    adapter, _graph = facebook(
        says({"data": [post(permalink_url="https://www.facebook.com/byen/posts/1"), post("2")]})
    )
    seen = adapter.find(ACCOUNT, Act(Verb.POST, "Hej"), since=SINCE)
    assert {each.url for each in seen} == {
        "https://www.facebook.com/byen/posts/1",
        "https://www.facebook.com/2",
    }


def test_a_page_that_cannot_be_read_is_not_reached():
    adapter, _graph = facebook(refuses(190, 460, status=401))
    with pytest.raises(NotReached) as caught:
        adapter.find(ACCOUNT, Act(Verb.POST, "Hej"), since=SINCE)
    assert caught.value.answer.trouble == Trouble.SIGN_IN


def test_without_a_key_nobody_is_asked():
    adapter, graph = facebook()
    with pytest.raises(NotReached) as caught:
        adapter.find(Account(PAGE, ""), Act(Verb.POST, "Hej"), since=SINCE)
    assert (caught.value.answer.trouble, graph.asked) == (Trouble.SIGN_IN, [])

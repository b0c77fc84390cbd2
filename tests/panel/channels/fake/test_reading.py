"""Reading in the Graph dialect: fields, lists in pages, attachments."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from panel.channels.fake.control import FakeNetwork
from panel.channels.fake.graph.errors import Refusal
from panel.channels.fake.graph.fields import Field, parse
from tests.panel.channels.fake.conftest import PAGE, TOKEN, Asker


def every(page: Asker, path: str, **params: Any) -> list[list[str]]:
    """The ids of every page of a list, as ``next`` leads through them."""
    answer, pages = page.get(path, **params), []
    while True:
        pages.append([row["id"] for row in answer["data"]])
        link = answer.get("paging", {}).get("next")
        if not link or len(pages) > 50:
            return pages
        answer = page.fine(page.line.get(link))


def some_posts(network: FakeNetwork, number: int) -> list[str]:
    """By hand, an hour apart; the newest first."""
    return [
        network.post_by_hand(PAGE, f"Nr. {n}", at=1_700_000_000 + n * 3600) for n in range(number)
    ][::-1]


# --- Fields ---------------------------------------------------------------------------------------


def test_fields_may_hold_fields():
    assert parse("id,comments.limit(2).order(reverse_chronological){from{name}, message}") == (
        Field("id"),
        Field(
            "comments",
            (("limit", "2"), ("order", "reverse_chronological")),
            (Field("from", (), (Field("name"),)), Field("message")),
        ),
    )


@pytest.mark.parametrize("text", ["id,{", "comments.limit(2", "comments{id", "id}", "comments.(2)"])
def test_fields_that_cannot_be_read_are_refused(text: str):
    with pytest.raises(Refusal):
        parse(text)


def test_without_fields_the_usual_ones_are_shown(page: Asker, network: FakeNetwork):
    id = network.post_by_hand(PAGE, "Hej", at=1613210671)
    assert page.get(id) == {"id": id, "message": "Hej", "created_time": "2021-02-13T10:04:31+0000"}
    assert page.get(PAGE) == {"id": PAGE, "name": "Byen"}


def test_a_field_that_does_not_exist_is_refused(page: Asker):
    assert page.refused("GET", PAGE, params={"fields": "id,hat"}) == (100, 0)


def test_the_id_is_always_shown_and_what_is_empty_is_not(page: Asker):
    id = page.photo()["post_id"]
    assert page.get(id, fields="message,shares") == {"id": id}


def test_a_photo_is_read(page: Asker):
    made = page.photo(caption="Broen", alt_text_custom="En bro")
    shown = page.get(made["id"], fields="name,alt_text_custom,alt_text,page_story_id,link")
    assert shown["name"] == "Broen"
    assert shown["alt_text"] == shown["alt_text_custom"] == "En bro"
    assert shown["page_story_id"] == made["post_id"]


def test_own_posts_are_known_again_by_their_pictures(page: Asker):
    one = page.photo()
    ids = [page.photo(published="false")["id"] for _ in range(2)]
    album = page.post(f"{PAGE}/feed", **page.with_photos(*ids))["id"]
    fields = "attachments{media_type,type,target,subattachments.limit(100){target}}"
    (single,) = page.get(one["post_id"], fields=fields)["attachments"]["data"]
    (several,) = page.get(album, fields=fields)["attachments"]["data"]
    assert (single["media_type"], single["target"]["id"]) == ("photo", one["id"])
    assert several["media_type"] == "album"
    assert [row["target"]["id"] for row in several["subattachments"]["data"]] == ids


def test_own_posts_are_known_again_by_their_link(page: Asker):
    id = page.post(f"{PAGE}/feed", message="Læs", link="https://byen.dk/sti/?a=1")["id"]
    (link,) = page.get(id, fields="attachments")["attachments"]["data"]
    assert link["type"] == "share"
    assert link["unshimmed_url"] == "https://byen.dk/sti/?a=1"


def test_numbers_are_told_without_the_rows(page: Asker, network: FakeNetwork):
    id = network.post_by_hand(PAGE, "Hej", reactions=7, shares=2)
    network.figures(id, reactions=9)
    network.comment(id, "Ja")
    fields = "shares,reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)"
    shown = page.get(id, fields=fields)
    assert shown["shares"] == {"count": 2}
    assert shown["reactions"] == {"data": [], "summary": {"total_count": 9}}
    assert shown["comments"]["data"] == []
    assert shown["comments"]["summary"]["total_count"] == 1


def test_a_permanent_link_leads_a_person_to_the_post(page: Asker, network: FakeNetwork):
    id = network.post_by_hand(PAGE, "<Hej>")
    network.comment(id, "Ja & nej")
    link = page.get(id, fields="permalink_url")["permalink_url"]
    shown = page.line.get(link, headers={"Accept": "text/html"}).text
    assert "&lt;Hej&gt;" in shown
    assert "Ja &amp; nej" in shown
    for path, words in {"/": "Byen", f"/{PAGE}": "Byen", "/999": "no such page"}.items():
        assert words in page.line.get(path, headers={"Accept": "text/html"}).text


# --- Lists ----------------------------------------------------------------------------------------


def test_the_newest_post_comes_first(page: Asker, network: FakeNetwork):
    ids = some_posts(network, 3)
    assert every(page, f"{PAGE}/feed") == [ids]
    assert every(page, f"{PAGE}/posts") == [ids]


def test_every_post_is_met_once_over_all_pages(page: Asker, network: FakeNetwork):
    ids = some_posts(network, 7)
    assert every(page, f"{PAGE}/feed", limit=3) == [ids[:3], ids[3:6], ids[6:]]


def test_a_post_that_arrives_meanwhile_shifts_nothing(page: Asker, network: FakeNetwork):
    ids = some_posts(network, 4)
    first = page.get(f"{PAGE}/feed", limit=2)
    network.post_by_hand(PAGE, "Ny")
    second = page.fine(page.line.get(first["paging"]["next"]))
    assert [row["id"] for row in second["data"]] == ids[2:]
    assert "next" not in second["paging"]


def test_the_next_link_says_everything_again_and_carries_the_key(page: Asker, network: FakeNetwork):
    some_posts(network, 3)
    link = page.get(f"{PAGE}/feed", limit=1, fields="id,message", since=1)["paging"]["next"]
    said = parse_qs(urlsplit(link).query)
    assert urlsplit(link).path == f"/v25.0/{PAGE}/feed"
    assert said["access_token"] == [TOKEN]
    assert (said["fields"], said["limit"], said["since"]) == (["id,message"], ["1"], ["1"])


def test_one_can_read_backwards(page: Asker, network: FakeNetwork):
    ids = some_posts(network, 5)
    last = page.get(f"{PAGE}/feed", limit=2, after="")["paging"]["cursors"]["after"]
    page_two = page.get(f"{PAGE}/feed", limit=2, after=last)
    before = page_two["paging"]["cursors"]["before"]
    back = page.get(f"{PAGE}/feed", limit=2, before=before)
    assert [row["id"] for row in back["data"]] == ids[:2]


def test_pages_can_be_shorter_than_asked_and_empty_in_the_middle(page: Asker, network: FakeNetwork):
    ids = some_posts(network, 4)
    network.settings(page_size=2, gaps=True)
    assert every(page, f"{PAGE}/feed", limit=100) == [ids[:2], [], ids[2:]]


def test_next_can_lead_in_a_circle(page: Asker, network: FakeNetwork):
    some_posts(network, 3)
    network.settings(loop=True)
    assert len(every(page, f"{PAGE}/feed", limit=1)) > 50


def test_since_and_until_are_about_the_time_of_the_post(page: Asker, network: FakeNetwork):
    ids = some_posts(network, 4)
    network.comment(ids[3], "I dag")
    hour = 1_700_000_000 + 3600
    assert every(page, f"{PAGE}/feed", since=hour, until=hour + 3600) == [ids[1:3]]
    assert every(page, f"{PAGE}/feed", since="2023-11-14T23:13:21") == [ids[:2]]


@pytest.mark.parametrize(
    "params",
    [{"limit": 101}, {"limit": "many"}, {"since": "yesterday-ish"}, {"after": "nonsense"}],
)
def test_a_list_asked_for_wrongly_is_refused(page: Asker, params: dict[str, Any]):
    assert page.refused("GET", f"{PAGE}/feed", params=params) == (100, 0)


def test_what_visitors_write_is_in_the_feed_and_not_the_page_s_own(
    page: Asker, network: FakeNetwork
):
    id = network.post_by_hand(PAGE, "Hvad med bussen?", author=("8000002", "Ida"))
    assert every(page, f"{PAGE}/feed") == every(page, f"{PAGE}/visitor_posts") == [[id]]
    assert every(page, f"{PAGE}/published_posts") == [[]]
    assert page.get(id, fields="from")["from"] == {"id": "8000002", "name": "Ida"}


def test_nested_comments_have_pages_of_their_own(page: Asker, network: FakeNetwork):
    id = network.post_by_hand(PAGE, "Hej")
    ids = [network.comment(id, f"Nr. {n}", at=1_700_000_000 + n) for n in range(5)]
    (post,) = page.get(f"{PAGE}/feed", fields="comments.limit(2){id,from{name}}")["data"]
    nested = post["comments"]
    assert [row["id"] for row in nested["data"]] == ids[:2]
    assert nested["data"][0]["from"]["name"] == "Bo Borger"
    more = page.fine(page.line.get(nested["paging"]["next"]))
    assert [row["id"] for row in more["data"]] == ids[2:4]
    assert more["data"][0]["from"]["name"] == "Bo Borger"


# --- Versions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("/v24.0/100", "v24.0"),
        ("/v20.0/100", "v21.0"),
        ("/v99.0/100", "v26.0"),
        ("/v25/100", "v25.0"),
        ("/100", "v21.0"),
    ],
)
def test_the_answer_says_which_version_it_is(page: Asker, path: str, version: str):
    answer = page.line.get(path, params={"access_token": TOKEN})
    assert answer.json()["id"] == PAGE
    assert answer.headers["facebook-api-version"] == version


def test_times_have_no_colon_in_their_offset(page: Asker):
    id = page.post(f"{PAGE}/feed", message="Hej")["id"]
    time = page.get(id, fields="created_time")["created_time"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000", time)

"""What a webhook says becomes posts, comments and removals; whatever else it says, nothing
breaks.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.channels.facebook.events import AFTER, heard
from panel.channels.heard import Heard, Unreadable
from panel.channels.incoming import (
    IncomingAuthor,
    IncomingComment,
    IncomingHiding,
    IncomingPost,
    IncomingRemoval,
)

PAGE = "100200300"
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SENT = int(AT.timestamp())
WRITTEN = AT - timedelta(minutes=3)
COMMENT = {
    "item": "comment",
    "verb": "add",
    "comment_id": "1_2",
    "post_id": f"{PAGE}_1",
    "parent_id": f"{PAGE}_1",
    "from": {"id": "77", "name": "Bo Borger"},
    "message": "Hvornår åbner svømmehallen?",
    "created_time": int(WRITTEN.timestamp()),
}


def delivery(*values: Any, page: Any = PAGE, at: Any = SENT, **more: Any) -> bytes:
    changes = [{"field": "feed", "value": value} for value in values]
    said = {"object": "page", "entry": [{"id": page, "time": at, "changes": changes}]}
    return json.dumps(said | more).encode()


def only(heard: Heard) -> Any:
    (items,) = heard.items.values()
    (item,) = items
    return item


def test_a_new_comment_says_who_wrote_what_where_and_when():
    assert only(heard(delivery(COMMENT))) == IncomingComment(
        "1_2",
        "Hvornår åbner svømmehallen?",
        WRITTEN,
        post_external_id=f"{PAGE}_1",
        author=IncomingAuthor("77", "Bo Borger"),
        seen_at=AT,
    )


def test_an_answer_names_what_it_answers():
    answer = COMMENT | {"comment_id": "1_3", "parent_id": "1_2"}
    assert only(heard(delivery(answer))).parent_external_id == "1_2"


def test_the_page_itself_is_known_as_a_page():
    own = COMMENT | {"from": {"id": PAGE, "name": "Byen"}}
    assert only(heard(delivery(own))).author == IncomingAuthor(PAGE, "Byen", is_page=True)


def test_the_older_form_of_an_author_is_read_too():
    old = {key: value for key, value in COMMENT.items() if key != "from"}
    said = heard(delivery(old | {"sender_id": 77, "sender_name": "Bo Borger"}))
    assert only(said).author == IncomingAuthor("77", "Bo Borger")


def test_without_an_author_it_is_nobodys_and_not_lost():
    assert only(heard(delivery({**COMMENT, "from": None}))).author is None


def test_a_comment_that_is_only_a_picture_has_no_words():
    wordless = {key: value for key, value in COMMENT.items() if key != "message"}
    assert only(heard(delivery(wordless))).text == ""


def test_other_words_of_the_same_second_are_newer():
    edited = COMMENT | {"verb": "edited", "message": "Rettet"}
    assert only(heard(delivery(edited))).seen_at == AT + AFTER


def test_an_edit_without_words_is_left_to_reading():
    wordless = {key: value for key, value in COMMENT.items() if key != "message"}
    said = heard(delivery(wordless | {"verb": "edited"}))
    assert not said.items
    assert list(said.strange) == ["page/feed/comment/edited"]


@pytest.mark.parametrize("item", ["status", "post", "photo", "video", "share", "event"])
def test_a_post_of_any_sort_is_a_post(item: str):
    value = COMMENT | {"item": item, "message": "Ny bro"}
    found = only(heard(delivery(value)))
    assert isinstance(found, IncomingPost)
    assert (found.external_id, found.text, found.posted_at) == (f"{PAGE}_1", "Ny bro", WRITTEN)


@pytest.mark.parametrize(("item", "key"), [("comment", "1_2"), ("status", f"{PAGE}_1")])
@pytest.mark.parametrize("verb", ["remove", "delete"])
def test_what_is_gone_is_gone_since_it_was_told(item: str, key: str, verb: str):
    value = {"item": item, "verb": verb, "comment_id": "1_2", "post_id": f"{PAGE}_1"}
    assert only(heard(delivery(value))) == IncomingRemoval(key, AT)


def test_a_picture_that_is_gone_does_not_take_its_post_along():
    said = heard(delivery({"item": "photo", "verb": "remove", "post_id": f"{PAGE}_1"}))
    assert not said.items
    assert said.passed_over.total() == 1


@pytest.mark.parametrize(
    ("item", "verb"),
    [("reaction", "add"), ("like", "remove"), ("status", "hide"), ("comment", "block")],
)
def test_what_is_known_and_not_taken_is_no_surprise(item: str, verb: str):
    said = heard(delivery({"item": item, "verb": verb, "post_id": f"{PAGE}_1"}))
    assert not said.items
    assert not said.strange
    assert said.passed_over.total() == 1


@pytest.mark.parametrize(("verb", "is_hidden"), [("hide", True), ("unhide", False)])
def test_a_comment_hidden_over_there_is_told_with_its_post(verb: str, is_hidden: bool):
    value = {"item": "comment", "verb": verb, "post_id": f"{PAGE}_1", "comment_id": "1_2"}
    [told] = heard(delivery(value)).items[PAGE]
    assert told == IncomingHiding("1_2", f"{PAGE}_1", is_hidden, AT)
    for lacking in ("post_id", "comment_id"):
        said = heard(delivery({key: value[key] for key in value if key != lacking}))
        assert not said.items
        assert sum(said.strange.values()) == 1


def test_what_nobody_knows_is_counted_by_name_and_never_repeated():
    value = {"item": "hologram", "verb": "zap", "secret words": "Bo Borger", "post_id": "1"}
    said = heard(delivery(value))
    assert said.strange == {"page/feed/hologram/zap": 1}
    assert said.shapes == {"page/feed/hologram/zap": "?,item,post_id,verb"}


def test_many_changes_of_many_pages_come_in_one_delivery():
    entry = {"id": PAGE, "time": int(AT.timestamp()), "changes": []}
    other = entry | {"id": "200"}
    values = [{"field": "feed", "value": COMMENT | {"comment_id": f"1_{n}"}} for n in range(30)]
    said = heard(
        json.dumps(
            {
                "object": "page",
                "entry": [entry | {"changes": values[:10]}, other | {"changes": values[10:]}],
            }
        ).encode()
    )
    assert {page: len(items) for page, items in said.items.items()} == {PAGE: 10, "200": 20}


def test_thousandths_of_seconds_are_a_time_too():
    said = heard(delivery(COMMENT, at=int(AT.timestamp() * 1000)))
    assert only(said).seen_at == AT


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"[]", b"{}", b'{"entry": 5}', b"[" * 100_000, b'{"entry": ']
)
def test_what_is_no_delivery_is_refused(body: bytes):
    with pytest.raises(Unreadable):
        heard(body)


WORDS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8))
THINGS = st.recursive(
    WORDS | st.sampled_from([PAGE, "comment", "add", "remove", "edited", "status", 10**400]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*COMMENT, "id", "time", "changes", "field", "value", "name"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(["object", "entry"]), THINGS), THINGS, THINGS)
def test_nothing_anybody_writes_breaks_it(said: dict[str, Any], one: Any, two: Any):
    for body in (said, json.loads(delivery(one, two, COMMENT | {"message": one, "from": two}))):
        try:
            found = heard(json.dumps(body).encode())
        except Unreadable:
            continue
        assert isinstance(found, Heard)


@settings(max_examples=300)
@given(st.data())
def test_nor_any_byte_that_is_changed_on_the_way(data: st.DataObject):
    body = bytearray(delivery(COMMENT, COMMENT | {"verb": "edited"}))
    for _change in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(heard(bytes(body)), Heard)
    except Unreadable:
        return

"""JSON read entry by entry."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.conversations.intake.files import UnreadableFile
from panel.conversations.intake.files.json_stream import elements

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def in_pieces(text: str, size: int):
    return iter([text[at : at + size] for at in range(0, len(text), size)])


@given(st.lists(VALUES, max_size=8), st.integers(1, 50), st.sampled_from([None, 1]))
def test_a_list_comes_as_the_library_would_read_it(values, size, indent):
    text = json.dumps(values, indent=indent)
    assert list(elements(in_pieces(text, size))) == [("", value) for value in values]


@given(st.dictionaries(st.text(), VALUES | st.lists(VALUES), max_size=5), st.integers(1, 50))
def test_the_lists_of_an_object_come_with_their_keys(document, size):
    expected = [
        (key, element)
        for key, value in document.items()
        if isinstance(value, list)
        for element in value
    ]
    assert list(elements(in_pieces(json.dumps(document), size))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ", "x", "1", '"x"', "[", "{", "[1", "[1,", "[1,]", "[1 2]",
        '{"a"', '{"a":', '{"a":[1}',
        '{"a":[1]', '{a:[1]}', "[1]]", '[1] "x"', "[" * 100_000, '[{"a":' * 100_000,
        "[" + "9" * 5000 + "]", '["\\ud800', "[nul]",
    ],
)  # fmt: skip
def test_a_damaged_document_is_told(text):
    with pytest.raises(UnreadableFile) as refused:
        list(elements(iter([text])))
    assert refused.value.code == "json_damaged"


def test_what_comes_before_the_damage_is_handed_over():
    document = elements(iter(['[{"a": 1}, {"a": 2}, {"a"']))
    assert [next(document), next(document)] == [("", {"a": 1}), ("", {"a": 2})]
    with pytest.raises(UnreadableFile) as refused:
        next(document)
    assert refused.value.values == {"line": 2}


def test_a_document_of_any_length_is_read_with_flat_memory():
    piece = json.dumps([{"text": "x" * 500}] * 500)[1:-1] + ","
    pieces = itertools.chain(["["], itertools.repeat(piece, 200), ["{}]"])
    assert sum(1 for _ in elements(pieces)) == 100_001


def test_a_mark_at_the_start_does_not_matter():
    assert list(elements(iter(["\ufeff [1]\n"]))) == [("", 1)]

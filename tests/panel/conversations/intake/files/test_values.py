"""Cells to ids, counts, yes and no, addresses."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.conversations.intake.files.faults import Refused
from panel.conversations.intake.files.values import (
    count,
    flag,
    identifier,
    is_rounded,
    web_address,
    written,
)


def refusal_of(function, cell):
    with pytest.raises(Refused) as refusal:
        function(cell, "some")
    return refusal.value.code


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1234_5678", "1234_5678"),
        (" 1234 ", "1234"),
        ('="123456789012345678"', "123456789012345678"),
        ("'123456789012345678", "123456789012345678"),
        ("pfbid02Abc", "pfbid02Abc"),
        ("tråd 7", "tråd 7"),
        ("", ""),
        ("  ", ""),
        ("1e17", "1e17"),
    ],
)
def test_an_id_is_kept_as_the_network_writes_it(cell, expected):
    assert identifier(cell, "comment_id") == expected


@pytest.mark.parametrize("cell", ["1,23457E+17", "1.23457E+17", "1,2E+5", "9E+17", " 1,23457e+17 "])
def test_an_id_that_excel_has_rounded_is_refused(cell):
    assert refusal_of(identifier, cell) == "id_damaged"


@pytest.mark.parametrize("cell", ["12\ufffd4", "12\n34", "12\u200f34", "12\t34"])
def test_an_id_with_what_cannot_be_seen_is_refused(cell):
    assert refusal_of(identifier, cell) == "id_unreadable"


def test_an_id_longer_than_the_database_keeps_is_refused():
    assert identifier("1" * 255, "comment_id") == "1" * 255
    assert refusal_of(identifier, "1" * 256) == "too_long"


def test_a_long_number_with_zeros_behind_the_fifteenth_digit_looks_rounded():
    assert is_rounded("123456789012345000")
    assert not is_rounded("123456789012345001")
    assert not is_rounded("123456789012345")
    assert not is_rounded("12345_78901234500")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", None), (" ", None), ("0", 0), ("7", 7), (" 7 ", 7), ("1.234", 1234), ("1,234", 1234),
        ("1 234", 1234), ("1\u00a0234", 1234), ("1.234.567", 1234567), ("12,0", 12), ("12.00", 12),
        ("2147483647", 2147483647),
    ],
)  # fmt: skip
def test_a_count_is_read_in_danish_and_english(cell, expected):
    assert count(cell, "likes") == expected


@pytest.mark.parametrize("cell", ["-1", "1,5", "1.5", "mange", "1e3", "2147483648", "²", "9" * 99])
def test_what_is_no_count_is_refused(cell):
    assert refusal_of(count, cell) == "count_unreadable"


@pytest.mark.parametrize("cell", ["ja", "Ja", "JA ", "true", "TRUE", "1", "sand", "yes", "x"])
def test_yes_is_yes(cell):
    assert flag(cell, "author_is_page") is True


@pytest.mark.parametrize("cell", ["nej", "Nej", "false", "0", "falsk", "no"])
def test_no_is_no(cell):
    assert flag(cell, "author_is_page") is False


@pytest.mark.parametrize("cell", ["", " "])
def test_an_empty_cell_says_neither(cell):
    assert flag(cell, "author_is_page") is None


def test_neither_yes_nor_no_is_refused():
    assert refusal_of(flag, "måske") == "flag_unreadable"


@pytest.mark.parametrize(
    "cell", ["", "https://facebook.com/1/posts/2?x=y#z", "http://example.dk/æøå", "HTTPS://a.dk/"]
)
def test_a_web_address_is_kept(cell):
    assert web_address(cell, "url") == cell


@pytest.mark.parametrize(
    "cell",
    ["javascript:alert(1)", "data:text/html,x", "www.facebook.com", "https://", "https://a b"],
)
def test_nothing_else_becomes_a_link(cell):
    assert refusal_of(web_address, cell) == "address_unreadable"


def test_an_address_longer_than_the_database_keeps_is_refused():
    assert refusal_of(web_address, "https://a.dk/" + "x" * 1000) == "too_long"


def test_a_text_is_kept_as_it_is_but_for_the_ends_of_its_lines():
    assert written(" =1+1\r\nnæste\rlinje\n", "text") == " =1+1\nnæste\nlinje\n"
    assert refusal_of(written, "x" * 100_001) == "too_long"


@given(st.text(), st.sampled_from([identifier, count, flag, web_address]))
def test_any_cell_gives_a_value_or_is_refused(cell, function):
    with contextlib.suppress(Refused):
        function(cell, "some")

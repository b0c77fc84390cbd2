"""Texts are as long as Mastodon says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.channels.mastodon.counting import clusters, length, without_servers

LINK = "https://byen.dk/" + "nyt/" * 50


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", 0),
        ("Åbent hus", 9),
        ("a\u030aben", 4),  # a ring that hangs on its letter
        ("to\r\nlinjer", 9),
        (LINK, 23),
        (f"Læs {LINK}.", 4 + 23 + 1),
        (f"({LINK})", 25),
        ("https://da.wikipedia.org/wiki/Bro_(anlæg)", 23),
        (f"{LINK} og http://a.dk", 23 + 4 + 23),
        ("https://localhost/a", 19),  # no dot, no link
        ("byen.dk/nyt", 11),  # no scheme, no link
        ("Hej @kommune@social.example!", 13),
        ("@kommune", 8),
        ("skriv@byen.dk", 13),  # an e-mail address mentions nobody
    ],
)
def test_words_links_and_mentions(text: str, counts: int):
    assert length(text) == counts


@pytest.mark.parametrize(
    "one",
    [
        "\U0001f6b2",  # a bicycle
        "\U0001f44d\U0001f3fd",  # with a skin colour
        "\u2764\ufe0f",  # drawn in colour
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
        "\U0001f926\U0001f3fd\u200d\u2642\ufe0f",  # a man of some colour at a loss
        "\U0001f1e9\U0001f1f0",  # a flag of two letters
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # one of tags
        "1\ufe0f\u20e3",  # a key
        "\ud55c",  # a Korean block
        "\u1112\u1161\u11ab",  # the same in its letters
        "\u0928\u093f",  # a letter and its vowel sign
        "e\u0301\u0323",
    ],
)
def test_what_a_reader_sees_as_one_counts_one(one: str):
    assert clusters(one) == 1
    assert clusters(f"a{one}b") == 3
    assert clusters(one * 3) == 3


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("\U0001f1e9\U0001f1f0\U0001f1f8\U0001f1ea", 2),  # two flags
        ("\U0001f1e9 \U0001f1f0", 3),  # letters that do not meet
        ("a\u200db", 2),  # a joiner between letters joins nothing
        ("\n\u0301", 2),  # nothing hangs on a line's end
        ("\r\r\n", 2),
    ],
)
def test_what_only_stands_close_counts_apart(text: str, counts: int):
    assert clusters(text) == counts


def test_a_server_is_taken_off_a_mention_and_off_nothing_else():
    said = "@bo@a.dk og @bo.b@b-c.dk, https://a.dk/@bo@b.dk, x@y.dk"
    assert without_servers(said) == "@bo og @bo.b, https://a.dk/@bo@b.dk, x@y.dk"


@given(st.text(max_size=60))
def test_nothing_counts_more_than_its_signs(text: str):
    assert 0 <= clusters(text) <= len(text)
    assert bool(clusters(text)) == bool(text)

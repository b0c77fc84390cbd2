"""Copies and bare tags are recognised without keeping what was said."""

# ruff: noqa: RUF001 - letters that look alike are the point

from __future__ import annotations

import pytest

from panel.conversations.intake.marks import is_bare, text_mark


@pytest.mark.parametrize(
    "copy", ["Godt gået!", "godt  gået!", "  GODT GÅET!\n", "godt ga\u030aet!", "ｇｏｄｔ gået!"]
)
def test_a_copy_is_known_whatever_its_case_spacing_and_spelling(copy: str):
    assert text_mark(copy) == text_mark("Godt gået!")


def test_other_words_have_another_mark():
    assert text_mark("Godt gået") != text_mark("Godt gjort")


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
def test_no_text_has_the_mark_zero(nothing: str):
    assert text_mark(nothing) == 0


def test_a_mark_fits_the_column_even_for_half_characters():
    assert -(2**63) <= text_mark("\ud83d hej") < 2**63


@pytest.mark.parametrize(
    "bare",
    [
        "@Kirsten",
        "@kirsten @ole",
        "@[4:17:Ole Olsen]",
        "👍👍👍",
        "❤️",
        "👩‍👩‍👧‍👦 🇩🇰",
        "1️⃣ ℹ️",
        "...!?",
        "   ",
        "",
        "😂 @Bo 😂",
    ],
)
def test_tags_and_emoji_alone_are_bare(bare: str):
    assert is_bare(bare)


@pytest.mark.parametrize(
    "saying",
    ["Enig", "@Kirsten enig", "7", "👍 tak", "Ole Olsen", "https://example.dk", "日本", "a"],
)
def test_a_word_or_a_number_says_something(saying: str):
    assert not is_bare(saying)

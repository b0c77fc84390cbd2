"""Facebook's broken letters."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.conversations.intake.files.mojibake import mended, mended_text

from .making import broken, exported


@pytest.mark.parametrize(
    "text", ["blå", "Ærø og Øby", "😀", "“citat” – tankestreg", "שלום", "plain"]
)
def test_broken_letters_are_mended(text):
    assert mended_text(broken(text)) == text


@pytest.mark.parametrize("text", ["blå", "Æ", "fløde à la carte", "😀", "naïve café", "100 %"])
def test_whole_letters_are_left_alone(text):
    assert mended_text(text) == text


def test_every_text_is_mended_by_itself_keys_included():
    value = {"træ": ["blå", {"ø": "å", "n": 1, "none": None}], "b": True}
    assert mended(json.loads(exported(value))) == value


def test_half_a_pair_and_nul_become_the_mark_for_what_is_no_character():
    assert mended_text("a\ud83db\0") == "a\ufffdb\ufffd"


@given(st.text())
def test_mending_gives_the_text_back_and_never_what_a_database_refuses(text):
    assert mended_text(broken(text)) == text.replace("\0", "\ufffd")


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_comes_out_as_text_that_can_be_kept(text):
    mended_text(text).encode()
    assert "\0" not in mended_text(text)

"""Link texts and descriptions that say something."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cms.pages.words import (
    is_vague,
    link_texts,
    speaking_link_text,
    speaking_links,
)


@pytest.mark.parametrize(
    "text",
    ["Klik her", "læs mere", "Læs mere …", "  HER ", "her.", "Read more »", "", "→", "www.x.dk",
     "https://eksempel.dk/side", "Se mere!"],
)  # fmt: skip
def test_vague_link_text_is_refused(text: str):
    assert is_vague(text)
    with pytest.raises(ValidationError) as refusal:
        speaking_link_text(text)
    assert refusal.value.code == "vague"


@pytest.mark.parametrize(
    "text", ["Læs mere om debatreglerne", "Debatregler", "Her finder du os", "Panelets regler"]
)
def test_speaking_link_text_is_taken(text: str):
    speaking_link_text(text)


def test_links_are_found_with_all_their_words():
    html = '<p>Se <a href="/x/">vores <b>regler</b></a> og <a linktype="page" id="3">mere</a></p>'

    assert link_texts(html) == ["vores regler", "mere"]
    with pytest.raises(ValidationError, match="mere"):
        speaking_links(html)


@given(st.text())
def test_no_text_breaks_the_reading(text: str):
    is_vague(text)
    link_texts(f"<p>{text}<a>{text}</p>")

"""What is no description of a picture."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cms.media.words import speaking_description


@pytest.mark.parametrize(
    "text",
    [
        *("IMG_1234.JPG", "havn.png", "dsc-0042", "image 7.webp", "PXL_20261121_101112"),
        *("20261121_101112", "Skærmbillede 2026-11-21 10.11.12", "WhatsApp Image 2026-11-21"),
    ],
)
def test_file_name_is_no_description(text: str):
    with pytest.raises(ValidationError) as refusal:
        speaking_description(text)
    assert refusal.value.code == "file_name"


@pytest.mark.parametrize(
    "text", ["Børn leger på havnen", "Torvet i 1950", "Image of a tree", "Pixel 8 på et bord", ""]
)
def test_description_is_taken(text: str):
    speaking_description(text)


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1))
def test_words_alone_are_never_a_file_name(text: str):
    speaking_description(f"{text} ved havnen")

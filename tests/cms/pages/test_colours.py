"""Colours that can be read, whatever the municipality's are."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cms.pages.colours import ENOUGH, INK, PAPER, WHITE, contrast, nearest, palette

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#14505c", "#ffffff", 9.01)],
)
def test_contrast_is_as_wcag_measures_it(one: str, other: str, ratio: float):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)
    assert contrast(one, other) == contrast(other, one)


def test_what_is_no_colour_is_refused():
    with pytest.raises(ValueError, match="red"):
        contrast("red", "#ffffff")


@given(colours, st.sampled_from([PAPER, INK, WHITE, "#000000"]))
def test_nearest_has_enough_contrast(colour: str, ground: str):
    assert contrast(nearest(colour, against=ground), ground) >= ENOUGH


@given(colours)
def test_nearest_leaves_alone_what_is_good_enough(colour: str):
    assume(contrast(colour, PAPER) > ENOUGH + 0.1)
    assert contrast(nearest(colour, against=PAPER), PAPER) >= ENOUGH
    assert nearest(colour, against=PAPER)[:1] == "#"


@given(colours, colours)
def test_every_pair_of_text_and_ground_can_be_read(brand: str, accent: str):
    found = palette(nearest(brand, against=PAPER), nearest(accent, against=INK))
    pairs = (
        (found.on_brand, found.brand),
        (found.on_brand, found.brand_deep),
        (found.brand, WHITE),
        (found.brand, found.paper),
        (found.brand, found.brand_tint),
        (found.brand_deep, found.brand_tint),
        (found.ink, found.brand_tint),
        (found.ink, found.paper),
        (found.ink, found.accent),
        (found.ink, found.accent_tint),
    )
    for text, ground in pairs:
        assert contrast(text, ground) >= ENOUGH, (text, ground)

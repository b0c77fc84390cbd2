"""Colours as WCAG 2.2 sees them: contrast, and the nearest colour that has enough of it.

Formulas: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance and #dfn-contrast-ratio.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from typing import NamedTuple

# What the style sheets put text on, and the darkest text they use (static/css/tokens.css).
WHITE = "#ffffff"
PAPER = "#faf7f2"
INK = "#1b2326"

# Ordinary text, success criterion 1.4.3.
ENOUGH = 4.5


class Rgb(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> Rgb:
        """From ``#rrggbb``; raises ValueError for anything else."""
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
            raise ValueError(text)
        return cls(*(int(text[at : at + 2], 16) for at in (1, 3, 5)))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour the style sheets take from the municipality's two, as ``#rrggbb``.

    ``on_brand`` and ``ink`` are text colours; ``brand_deep`` bears ``on_brand`` as well as
    ``brand`` does, and ``brand_tint`` bears ``brand`` and ``ink``.
    """

    brand: str
    brand_deep: str
    brand_tint: str
    on_brand: str
    accent: str
    accent_tint: str
    paper: str
    ink: str


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``: 0 for black, 1 for white."""
    red, green, blue = (_linear(part / 255) for part in Rgb.parse(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, whichever is the text."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def nearest(colour: str, *, against: str, enough: float = ENOUGH) -> str:
    """The colour of the same hue nearest to ``colour`` with ``enough`` contrast to ``against``.

    Goes darker against a light colour and lighter against a dark one, in 256 steps.
    """
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in Rgb.parse(colour)))
    end = 0.0 if luminance(against) > 0.18 else 1.0
    for step in range(257):
        tried = light + (end - light) * step / 256
        found = _from_hls(hue, tried, saturation)
        if contrast(found, against) >= enough:
            break
    return found


def _from_hls(hue: float, light: float, saturation: float) -> str:
    return str(Rgb(*(round(part * 255) for part in colorsys.hls_to_rgb(hue, light, saturation))))


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with a ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(Rgb.parse(colour), Rgb.parse(other), strict=True)
    return str(Rgb(*(round(one + (two - one) * share) for one, two in pairs)))


def palette(brand: str, accent: str) -> Palette:
    """The colours of a site whose ``brand`` and ``accent`` passed the check at saving."""
    tint = mix(brand, WHITE, 0.92)
    while contrast(brand, tint) < ENOUGH and tint != WHITE:
        tint = mix(tint, WHITE, 0.5) if mix(tint, WHITE, 0.5) != tint else WHITE
    return Palette(
        brand=brand,
        brand_deep=mix(brand, "#000000", 0.35),
        brand_tint=tint,
        on_brand=WHITE,
        accent=accent,
        accent_tint=mix(accent, WHITE, 0.8),
        paper=PAPER,
        ink=INK,
    )

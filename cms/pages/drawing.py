"""The picture a page is shared with when nobody chose one: its title on the municipality's colours.

Shapes are those of the site's pattern (templates/components/pattern.html), quarter circles and
rounds; the typeface is the site's own, out of the design system's folder.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from cms.pages.colours import palette

WIDTH, HEIGHT = 1200, 630

_FONTS: Final = Path(settings.BASE_DIR) / "static/vendor/dkfds/fonts"
_BOLD: Final = str(_FONTS / "IBMPlexSans-SemiBold.woff2")
_PLAIN: Final = str(_FONTS / "IBMPlexSans-Regular.woff2")
_TILE: Final = 210
_MARGIN: Final = 72
_COLUMN: Final = WIDTH - 2 * _TILE - 2 * _MARGIN
_SIZES: Final = (84, 76, 68, 60, 54, 48, 42)
_LINES_HIGH: Final = 400
_LEADING: Final = 1.14
# Shape and colour of each tile, two a row: a quarter turns clockwise from the upper left corner.
_TILES: Final = (
    *(("quarter", 2, "deep"), ("round", 0, "light")),
    *(("leaf", 0, "warm"), ("quarter", 3, "deep")),
    *(("round", 0, "deep"), ("leaf", 1, "light")),
)
# Drawn four times as large and made smaller: curves get soft edges.
_FINER: Final = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn: the words, and two colours as ``#rrggbb``."""

    title: str
    name: str
    brand: str
    accent: str


@lru_cache(maxsize=64)
def png(drawing: Drawing) -> bytes:
    """The picture, 1200 by 630; those asked for last are kept."""
    colours = palette(drawing.brand, drawing.accent)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), colours.brand)
    shades = {"deep": colours.brand_deep, "warm": colours.accent, "light": colours.brand_tint}
    for at, (shape, turns, shade) in enumerate(_TILES):
        mask = _tile(shape).rotate(-90 * turns)
        place = (WIDTH - _TILE * (2 - at % 2), _TILE * (at // 2))
        canvas.paste(shades[shade], place, mask)
    pen = ImageDraw.Draw(canvas)
    _write_title(pen, drawing.title, colours.on_brand)
    pen.rectangle((_MARGIN, HEIGHT - 132, _MARGIN + 72, HEIGHT - 126), colours.accent)
    font = ImageFont.truetype(_PLAIN, 32)
    pen.text((_MARGIN, HEIGHT - 108), _fitting(drawing.name, font), colours.on_brand, font)
    written = io.BytesIO()
    canvas.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _tile(shape: str) -> Image.Image:
    """A mask of one tile."""
    side = _TILE * _FINER
    mask = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mask)
    if shape == "round":
        pen.ellipse((0, 0, side - 1, side - 1), 255)
    else:
        pen.ellipse((-side, -side, side - 1, side - 1), 255)
    if shape == "leaf":
        other = Image.new("L", (side, side), 0)
        ImageDraw.Draw(other).ellipse((0, 0, 2 * side - 1, 2 * side - 1), 255)
        mask = Image.composite(mask, Image.new("L", (side, side), 0), other)
    return mask.resize((_TILE, _TILE), Image.Resampling.LANCZOS)


def _write_title(pen: ImageDraw.ImageDraw, title: str, colour: str) -> None:
    """As large as it fits; what is too long at the smallest size is cut after a word."""
    title = _known(title, ImageFont.truetype(_BOLD, _SIZES[-1]))
    for size in _SIZES:
        font = ImageFont.truetype(_BOLD, size)
        most = int(_LINES_HIGH / (size * _LEADING))
        lines = _lines(title, font)
        if len(lines) <= most and all(font.getlength(line) <= _COLUMN for line in lines):
            break
    else:
        lines = [_fitting(line, font) for line in lines]
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip('…')} …"] if lines[most:] else lines
    for number, line in enumerate(lines):
        place = (_MARGIN, _MARGIN - size * 0.2 + number * size * _LEADING)
        pen.text(place, line, colour, font)


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Words in lines no wider than the column, where a word allows it."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= _COLUMN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fitting(line: str, font: ImageFont.FreeTypeFont) -> str:
    """``line``, shortened until it fits in the column."""
    if font.getlength(line) <= _COLUMN:
        return line
    while line and font.getlength(f"{line}…") > _COLUMN:
        line = line[:-1]
    return f"{line}…"


def _known(text: str, font: ImageFont.FreeTypeFont) -> str:
    """``text`` without what the typeface has no letters for, such as emoji."""
    unknown = bytes(font.getmask("\U0010fffe"))
    return "".join(
        letter for letter in text if letter.isspace() or bytes(font.getmask(letter)) != unknown
    )

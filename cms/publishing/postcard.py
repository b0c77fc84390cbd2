"""A story as one picture, for a letter: what a reader sees first, drawn here, fetched nowhere."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

import panel.invitations
from cms.media.models import Picture
from cms.publishing.presenting import GoesOut

# Twice what a letter shows, for screens with small dots.
WIDTH: Final = 1120
MARGIN: Final = 56
PICTURE_HEIGHT: Final = 588
INK, SOFT, PAPER, LINE = "#1a1a1a", "#454545", "#ffffff", "#d0d0d0"
_FONTS = Path(panel.invitations.__file__).parent / "fonts"


def draw(goes_out: GoesOut, *, below: str) -> bytes:
    """A JPEG: the lead picture, the title, the introduction, and ``below`` in small letters."""
    title = list(_lines(goes_out.title, _font(52, strong=True), most=4))
    lead = list(_lines(goes_out.lead, _font(34), most=6))
    small = list(_lines(below, _font(26), most=2))
    photo = _photo(goes_out.picture.picture) if goes_out.picture else None
    top = PICTURE_HEIGHT if photo else 0
    height = top + 2 * MARGIN + 68 * len(title) + 24 + 48 * len(lead) + 24 + 40 * len(small)
    canvas = Image.new("RGB", (WIDTH, height), PAPER)
    if photo:
        canvas.paste(photo, (0, 0))
    pen = ImageDraw.Draw(canvas)
    y = top + MARGIN
    for words, font, step, colour in (
        (title, _font(52, strong=True), 68, INK),
        (lead, _font(34), 48, INK),
        (small, _font(26), 40, SOFT),
    ):
        for line in words:
            pen.text((MARGIN, y), line, font=font, fill=colour)
            y += step
        y += 24
    pen.rectangle((0, 0, WIDTH - 1, height - 1), outline=LINE, width=2)
    written = io.BytesIO()
    canvas.save(written, "JPEG", quality=82)
    return written.getvalue()


def _font(size: int, *, strong: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"DejaVuSans{'-Bold' if strong else ''}.ttf", size)


def _photo(picture: Picture | None) -> Image.Image | None:
    """The picture, cut to the width of the letter; None when its file is gone."""
    if picture is None:
        return None
    try:
        with picture.file.open("rb") as file, Image.open(file) as photo:
            return ImageOps.fit(photo.convert("RGB"), (WIDTH, PICTURE_HEIGHT))
    except OSError:
        return None


def _lines(text: str, font: ImageFont.FreeTypeFont, *, most: int) -> Iterator[str]:
    """``text`` broken where it is too wide; what comes after ``most`` lines is three dots."""
    room = WIDTH - 2 * MARGIN
    words = [piece for word in text.split() for piece in _pieces(word, font, room)]
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    yield from lines


def _pieces(word: str, font: ImageFont.FreeTypeFont, room: int) -> Iterator[str]:
    """A word that is wider than the page, in pieces that are not."""
    while font.getlength(word) > room:
        fits = next(n for n in range(len(word), 0, -1) if font.getlength(word[:n]) <= room)
        yield word[:fits]
        word = word[fits:]
    yield word

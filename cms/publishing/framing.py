"""Pictures in a shape that a network takes: with white beside them, and nothing of them cut off."""

from __future__ import annotations

import io
from math import ceil
from typing import TYPE_CHECKING, Final

from panel.channels.protocol import PictureRules
from panel.core.later import Later

if TYPE_CHECKING:
    from PIL import Image
else:
    Image = Later("PIL.Image")

WHITE: Final = (255, 255, 255)
QUALITY: Final = 85


def framed(data: bytes, rules: PictureRules) -> bytes:
    """The picture as ``rules`` want it; the very same where it has a shape they take.

    What was approved is seen whole: a picture that is cut may say something else.
    """
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        wanted = _canvas(width, height, rules)
        if wanted == (width, height):
            return data
        canvas = Image.new("RGB", wanted, WHITE)
        canvas.paste(image.convert("RGB"), ((wanted[0] - width) // 2, (wanted[1] - height) // 2))
        file = io.BytesIO()
        profile = image.info.get("icc_profile") if image.mode == "RGB" else None
        canvas.save(file, "JPEG", quality=QUALITY, icc_profile=profile)
    return file.getvalue()


def _canvas(width: int, height: int, rules: PictureRules) -> tuple[int, int]:
    """The smallest sheet of a shape they take that the whole picture fits on."""
    if width < height * rules.narrowest:
        return ceil(height * rules.narrowest), height
    if width > height * rules.widest:
        return width, ceil(width / rules.widest)
    return width, height

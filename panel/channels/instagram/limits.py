"""What one post on Instagram may hold: known before anybody is called."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from panel.channels.outgoing import Act, Picture
from panel.core.later import Later

if TYPE_CHECKING:
    from PIL import Image
else:
    Image = Later("PIL.Image")

CHARACTERS: Final = 2200
TAGS: Final = 30
NAMES: Final = 20
PICTURES: Final = 10
MOST_BYTES: Final = 8 * 1024 * 1024
# Shapes, as width by height: four by five, and 1.91 by one.
NARROWEST: Final = 0.8
WIDEST: Final = 1.91
# A pixel more or less is not another shape.
TOLERANCE: Final = 0.005
_TAG: Final = re.compile(r"(?<![\w#&/])#\w+")
_NAME: Final = re.compile(r"(?<![\w@./])@\w")


def text_of(act: Act) -> str:
    """The words as they stand there. Nobody can press a link in them, but it can be read."""
    if not act.link or act.link in act.text:
        return act.text
    return f"{act.text}\n\n{act.link}".strip()


def fault_of(act: Act) -> str:
    """The code of what Instagram would refuse; empty where nothing is wrong."""
    text, pictures = text_of(act), act.pictures
    found = {
        "no_picture": not pictures,
        "too_many_pictures": len(pictures) > PICTURES,
        "too_long": len(text) > CHARACTERS,
        "too_many_tags": len(_TAG.findall(text)) > TAGS,
        "too_many_names": len(_NAME.findall(text)) > NAMES,
    }
    wrong = [code for code, is_wrong in found.items() if is_wrong]
    wrong += [code for picture in pictures if (code := _fault_of(picture))]
    return wrong[0] if wrong else ""


def _fault_of(picture: Picture) -> str:
    if not picture.data:
        return ""
    size = _size(picture)
    if size is None:
        return "not_jpeg"
    if len(picture.data) > MOST_BYTES:
        return "picture_too_large"
    shape = size[0] / size[1]
    fits = NARROWEST - TOLERANCE <= shape <= WIDEST + TOLERANCE
    return "" if fits else "picture_shape"


def _size(picture: Picture) -> tuple[int, int] | None:
    """Width and height of a JPEG, by its head alone; None for what is none."""
    if picture.media_type != "image/jpeg":
        return None
    try:
        with Image.open(io.BytesIO(picture.data), formats=["JPEG"]) as image:
            size: Any = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return size if all(size) else None

"""The picture library: what ``demo.pictures`` draws, as files with titles and words."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from django.core.files.images import ImageFile
from wagtail.images.models import Image

from demo.pictures import PICTURES, draw, logo
from panel.accounts.models import User


def hang_pictures(*, by: User) -> dict[str, Image]:
    """Every picture as an image of the library, by its name; the logo is "logo"."""
    images = {
        name: _add(picture.title, f"{name}.jpg", _jpeg(name), picture.alt("da"), by)
        for name, picture in PICTURES.items()
    }
    words = PICTURES["arms"].alt("da")
    images["logo"] = _add("Ternesunds logo", "logo.png", _logo(), words, by)
    return images


def _add(title: str, name: str, content: bytes, words: str, by: User) -> Image:
    image: Image = Image.objects.create(
        title=title,
        description=words,
        uploaded_by_user=by,
        file=ImageFile(BytesIO(content), name=f"ternesund-{name}"),
    )
    return image


# Drawing takes a second a picture, and the same name always gives the same one.
@cache
def _jpeg(name: str) -> bytes:
    written = BytesIO()
    draw(name).save(written, "JPEG", quality=86, optimize=True)
    return written.getvalue()


@cache
def _logo() -> bytes:
    written = BytesIO()
    logo().save(written, "PNG", optimize=True)
    return written.getvalue()

"""The picture library: what ``demo.pictures`` draws, as files with titles and words."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from cms.media.cleaning import Remade
from cms.media.models import People, Picture
from demo.pictures import PICTURES, draw, logo
from panel.accounts.models import User


def hang_pictures(*, by: User) -> dict[str, Picture]:
    """Every picture as an image of the library, by its name; the logo is "logo"."""
    images = {
        name: _add(picture.title, name, jpeg(name), picture.alt("da"), by)
        for name, picture in PICTURES.items()
    }
    words = PICTURES["arms"].alt("da")
    images["logo"] = _add("Ternesunds logo", "logo", _logo(), words, by)
    return images


def _add(title: str, name: str, content: bytes, words: str, by: User) -> Picture:
    image: Picture = Picture.objects.create(
        title=title,
        description=words,
        uploaded_by_user=by,
        # Drawn by us, so there is nothing in it to clean away.
        file=Remade(content, name=f"ternesund-{name}"),
        people=People.NOBODY,
    )
    return image


# Drawing takes a second a picture, and the same name always gives the same one.
@cache
def jpeg(name: str) -> bytes:
    """The picture of that name as a file."""
    written = BytesIO()
    draw(name).save(written, "JPEG", quality=86, optimize=True)
    return written.getvalue()


@cache
def _logo() -> bytes:
    written = BytesIO()
    logo().save(written, "PNG", optimize=True)
    return written.getvalue()

"""Which pictures go with a story on a channel, read from what was approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cms.media.models import Picture
from cms.review.sealing import Contents
from cms.stories.models import Pictures

# As staff see them beside the text; templates write it the same.
SMALL: Final = "max-240x240|format-webp"


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture as it goes with a text: ``alt`` is empty where it is decorative.

    ``picture`` is None when it, or the file that was approved, is gone.
    """

    key: int
    alt: str
    is_decorative: bool
    picture: Picture | None = None


def library_of(what: Contents) -> dict[int, Picture]:
    """All pictures of a story that are still there, by their keys; one query more for how they are
    shown to staff.
    """
    keys = [key for key, _file in what.get("pictures", ())]
    found: dict[int, Picture] = Picture.objects.prefetch_renditions(SMALL).in_bulk(keys)
    return found


def illustrations(
    what: Contents, channel_id: int, found: Mapping[int, Picture]
) -> list[Illustration]:
    """The pictures for one channel, of those ``found``, in the order in which the story shows
    them, each once.
    """
    wanted: dict[int, Illustration] = {}
    for each in _chosen(what, channel_id):
        wanted.setdefault(each.key, each)
    approved = dict(map(tuple, what.get("pictures", [])))
    return [
        Illustration(
            key,
            each.alt,
            each.is_decorative,
            found[key] if key in found and found[key].file.name == approved.get(key) else None,
        )
        for key, each in wanted.items()
    ]


def _chosen(what: Contents, channel_id: int) -> Iterator[Illustration]:
    chosen = _choice(what, channel_id)
    if chosen != Pictures.NONE and what.get("picture") is not None:
        is_decorative = bool(what.get("picture_is_decorative"))
        alt = "" if is_decorative else what.get("picture_alt", "")
        yield Illustration(what["picture"], alt, is_decorative)
    if chosen == Pictures.ALL:
        yield from _in_the_text(what)


def _choice(what: Contents, channel_id: int) -> str:
    rows = (row for row in what.get("teasers", ()) if row["channel"] == channel_id)
    row: dict[str, str] = next(rows, {})
    return row.get("pictures", Pictures.STORY.value)


def _in_the_text(what: Contents) -> Iterator[Illustration]:
    for block in what.get("body", ()):
        image = block["value"]["image"] if block["type"] == "picture" else None
        if image and image.get("image"):
            is_decorative = bool(image.get("decorative"))
            alt = "" if is_decorative else image.get("alt_text") or ""
            yield Illustration(image["image"], alt, is_decorative)

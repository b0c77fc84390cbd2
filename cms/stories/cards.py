"""Stories as cards, for lists of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from cms.pages.newest import Card, Sizes

WIDTHS = ((480, 320), (960, 640), (1440, 960))
SIZES = tuple(f"fill-{width}x{height}|format-webp" for width, height in WIDTHS)


def cards(stories: Iterable[Any], request: HttpRequest | None) -> tuple[Card, ...]:
    """A card a story. No query for stories that came ``with_pictures``.

    ``request`` remembers from one to the next where the site begins.
    """
    return tuple(card(story, request) for story in stories)


def card(story: Any, request: HttpRequest | None) -> Card:
    """The card of one story."""
    return Card(
        title=story.title,
        url=story.get_url(request) or "",
        text=story.lead,
        tag=story.tag,
        at=story.told_at,
        sizes=_sizes(story),
    )


def _sizes(story: Any) -> Sizes | None:
    picture, alt = story.shared_picture
    if picture is None:
        return None
    made = list(picture.get_renditions(*SIZES).values())
    # A small picture is not made larger: its sizes may be alike.
    widths = {rendition.width: rendition.url for rendition in reversed(made)}
    srcset = ", ".join(f"{url} {width}w" for width, url in sorted(widths.items()))
    return Sizes(made[0].url, made[0].width, made[0].height, srcset, alt)

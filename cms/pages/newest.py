"""The newest stories on the home page: asked here, answered by the app that has them.

``cms.stories`` lies above this one and says so with ``told_by`` when it starts; without it there
is nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from cms.pages.links import Link

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sizes:
    """A picture in several sizes: the smallest ``url`` with its size, and all for ``srcset``."""

    url: str
    width: int
    height: int
    srcset: str
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list. ``at`` is when it went live; without ``sizes`` a pattern is drawn."""

    title: str
    url: str
    text: str
    tag: str
    at: datetime | None
    sizes: Sizes | None


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest stories of a language, and the page all of them are found on."""

    cards: tuple[Card, ...] = ()
    all: Link | None = None


Provider = Callable[[str, HttpRequest | None], Newest]


def _none(language: str, request: HttpRequest | None) -> Newest:
    return Newest()


_answers: list[Provider] = [_none]


def told_by(provider: Provider) -> None:
    """``provider`` knows the stories of a language from now on.

    Called once, from an AppConfig.
    """
    _answers[:] = [provider]


def newest(language: str, request: HttpRequest | None = None) -> Newest:
    """At most ``SHOWN`` stories in ``language``, the newest first. Constant queries."""
    return _answers[0](language, request)

"""A place to go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """``title`` to read, ``url`` from the site's root."""

    title: str
    url: str

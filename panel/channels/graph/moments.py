"""Graph's times."""

from __future__ import annotations

from datetime import datetime


def moment(text: object) -> datetime | None:
    """Graph's times have no colon in their offset; None for what is no time."""
    try:
        return datetime.strptime(str(text), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None

"""Numbers that look like a civil registration number are shown to nobody (P11)."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?<!\d)(\d{6})([-–. ]?)(\d{4})(?!\d)")
_DOTS = "••••••"


def masked(text: str) -> str:
    """``text`` with dots for every number of six and four digits whose first six could be a
    birthday.
    """
    return _NUMBER.sub(_mask, text) if any(map(str.isdigit, text)) else text


def _mask(found: re.Match[str]) -> str:
    day, month = int(found[1][:2]), int(found[1][2:4])
    if not (1 <= day % 60 <= 31 and 1 <= month <= 12):
        return found[0]
    return f"{_DOTS}{found[2]}{_DOTS[:4]}"

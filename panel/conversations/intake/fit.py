"""What arrives, made to fit the database: the file readers refuse most of it by line, other sources
do not.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

ID_MOST = 255
NAME_MOST = 255
URL_MOST = 1000
COUNT_MOST = 2_147_483_647

_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


class Unfit(ValueError):
    """An id that cannot be kept as it is; nothing else can stand for it."""


def fit_id(value: str) -> str:
    """An id as it is. Raises ``Unfit`` for one that is empty, too long or not text."""
    if value.isalnum() and value.isascii() and len(value) <= ID_MOST:
        return value
    if not value or len(value) > ID_MOST or fit_text(value) != value:
        raise Unfit("An id must have between 1 and 255 characters that can be read.")
    return value


def fit_text(text: str) -> str:
    """Text without what no database keeps: NUL and half surrogate pairs become the replacement
    mark.
    """
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATE.sub(_REPLACEMENT, text)
    return text


def fit_name(name: str) -> str:
    """A name on one line, cut where it is endless."""
    return " ".join(fit_text(name).split())[:NAME_MOST]


def fit_url(url: str) -> str:
    """A web address, or "" for anything that is none: it becomes a link."""
    short = fit_text(url.strip())
    if len(short) > URL_MOST or not short.startswith(("https://", "http://")):
        return ""
    return short


def fit_count(value: int | None) -> int | None:
    """A count that can be kept, or ``None``."""
    return value if value is not None and 0 <= value <= COUNT_MOST else None


def fit_moment(value: datetime) -> datetime:
    """A time in UTC. Raises ``Unfit`` for one without a zone."""
    if value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise Unfit("A time without a zone could be any of several.")
    return value.astimezone(UTC)

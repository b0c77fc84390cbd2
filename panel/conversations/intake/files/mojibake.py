"""Facebook's exports write every byte of a letter as a letter of its own: “blÃ¥” for “blå”."""

from __future__ import annotations

from typing import Any

from .lines import REPLACEMENT


def mended(value: Any) -> Any:
    """``value`` as parsed from JSON, with every text in it mended, keys included."""
    if isinstance(value, str):
        return mended_text(value)
    if isinstance(value, list):
        return [mended(item) for item in value]
    if isinstance(value, dict):
        return {mended_text(key): mended(item) for key, item in value.items()}
    return value


def mended_text(text: str) -> str:
    """``text`` with its bytes put together again where they are bytes; otherwise as it is.

    Half a surrogate pair and NUL, which no database keeps, become U+FFFD.
    """
    if text.isascii():
        return _kept(text)
    try:
        return _kept(text.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return _kept(text)


def _kept(text: str) -> str:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", REPLACEMENT)

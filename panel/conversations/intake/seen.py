"""Which rows a run has already found as it would have written them."""

from __future__ import annotations

_PAGE = 1 << 15


class Seen:
    """A set of primary keys in one bit each: a million take an eighth of a megabyte.

    A row that a file repeats unchanged is not written, so its own ``seen_at`` stays old. If the
    same file says something else about it further down, the two are of one moment all the same;
    this remembers it.
    """

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def add(self, key: int) -> None:
        """Remember ``key``."""
        page = self._pages.get(key // _PAGE)
        if page is None:
            page = self._pages[key // _PAGE] = bytearray(_PAGE // 8)
        page[key % _PAGE >> 3] |= 1 << (key & 7)

    def __contains__(self, key: int) -> bool:
        page = self._pages.get(key // _PAGE)
        return page is not None and bool(page[key % _PAGE >> 3] & 1 << (key & 7))

"""Cells that a spreadsheet takes for text, whatever they begin with (S14)."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width


def harmless(cell: str) -> str:
    """``cell``, behind an apostrophe where a spreadsheet could take it for a formula."""
    begins = cell.lstrip(" \u00a0\ufeff\"'")
    return f"'{cell}" if begins.startswith(_FORMULA) or cell.startswith(_FORMULA) else cell

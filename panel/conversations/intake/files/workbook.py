"""Excel files: the rows of one sheet as text, read as a stream. Formulas stay text and are never
worked out.

Dates become ISO wall time; a number with more digits than Excel keeps becomes what Excel shows
(1.23E+17), which no id can be. The library is kept away from what a hostile file can make it do:
endless rows, columns without number.
"""

from __future__ import annotations

import itertools
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from panel.core.later import Later

from . import archive
from .faults import UnreadableFile
from .records import Row
from .values import EXACT_DIGITS

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = Later("openpyxl")

ROWS_MOST = 1_048_576
COLUMNS_MOST = 256
"""The format's own limit for rows; columns beyond what a table of comments can need."""

STRINGS_MOST = 256 * 2**20
"""Bytes of text shared by the cells: the library keeps all of it in memory."""

_AT_ONCE = 250
_EXACT = 10**EXACT_DIGITS
_HALF_A_SECOND = timedelta(microseconds=500_000)

T = TypeVar("T")


class Look(NamedTuple):
    """What a workbook shows at first sight: the sheets' names, the one chosen, its first rows,
    about how many.
    """

    sheets: list[str]
    sheet: str
    first: list[Row]
    lines: int


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The workbook, opened for reading as a stream."""
    with archive.opened(path) as packed:
        members = [
            member for member in packed.infolist() if member.filename.endswith((".xml", ".rels"))
        ]
        archive.check_readable(members)
        if any(_is_strings(member) and member.file_size > STRINGS_MOST for member in members):
            raise UnreadableFile("workbook_too_large")
    with path.open("rb") as file:
        book = _guarded(
            lambda: openpyxl.load_workbook(file, read_only=True, keep_links=False), line=0
        )
        try:
            yield book
        finally:
            book.close()


def _is_strings(member: zipfile.ZipInfo) -> bool:
    return member.filename.casefold().endswith("sharedstrings.xml")


def look(path: Path, sheet: str, most: int) -> Look:
    """The first ``most`` rows of ``sheet``, or of the first one that holds any."""
    with opened(path) as book:
        tables = _tables(book)
        names = [table.title for table in tables]
        if sheet:
            tables = [_chosen(tables, sheet)]
        for table in tables:
            # Only for a progress bar: what the file says about its size may be wrong.
            lines = min(_guarded(lambda: int(table.max_row or 0), line=0), ROWS_MOST)  # noqa: B023
            first = list(itertools.islice(_rows(table), most))
            if first:
                return Look(names, table.title, first, lines)
    raise UnreadableFile("sheets_empty")


def rows(path: Path, sheet: str) -> Iterator[Row]:
    """Every row of ``sheet`` that is not blank; the first is the heading."""
    with opened(path) as book:
        yield from _rows(_chosen(_tables(book), sheet))


def _chosen(tables: list[Any], sheet: str) -> Any:
    for table in tables:
        if table.title == sheet:
            return table
    raise UnreadableFile(
        "sheet_unknown", sheet=sheet, sheets=", ".join(table.title for table in tables)
    )


def _tables(book: Any) -> list[Any]:
    """The sheets with cells: not those that are nothing but a chart."""
    return [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]


def _rows(sheet: Any) -> Iterator[Row]:
    # What the file says about its size is not believed: the library would make up the missing rows.
    sheet.reset_dimensions()
    heading = next(_rows_of(sheet, COLUMNS_MOST + 1), None)
    if heading is not None:
        # Notes to the right of the table belong to no column.
        yield from _rows_of(sheet, len(heading[2]))


def _rows_of(sheet: Any, width: int) -> Iterator[Row]:
    found = sheet.iter_rows(max_col=width, values_only=True)
    number = 0
    # The library repeats one and the same tuple for rows that are missing, perhaps a million.
    blank: tuple[object, ...] = ()
    while batch := _guarded(lambda: list(itertools.islice(found, _AT_ONCE)), line=number):
        for values in batch:
            number += 1
            if values is blank:
                continue
            cells = _trimmed([_text(value) for value in values])
            if cells:
                yield number, number, cells
            else:
                blank = values
        if number > ROWS_MOST:
            raise UnreadableFile("workbook_too_large")


def _guarded(call: Callable[[], T], *, line: int) -> T:
    """``call``'s answer; whatever the library stumbles over becomes ``UnreadableFile``."""
    try:
        with warnings.catch_warnings():
            # It warns of buttons, pictures and rules it will not keep. Nothing is written back.
            warnings.simplefilter("ignore")
            return call()
    except UnreadableFile:
        raise
    except Exception as error:
        # A broken file makes the library fail in as many ways as it has lines.
        raise UnreadableFile("workbook_damaged", line=line) from error


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", "\r") if "_x000D_" in value else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value + _HALF_A_SECOND).replace(microsecond=0).isoformat()
    if isinstance(value, int | float):
        return _number(value)
    # A formula over several cells carries its text; a time without a date says itself.
    return str(getattr(value, "text", value))


def _number(value: float) -> str:
    if not -_EXACT < value < _EXACT:
        return f"{Decimal(value):.14E}"
    return str(int(value)) if value == int(value) else repr(value)

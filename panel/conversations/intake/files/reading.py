"""From a file to records and faults, in the file's order and with flat memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from panel.channels.incoming import IncomingComment, IncomingPost

from . import business_suite, columns, delimited, facebook_export, workbook
from .business_suite import ContentRows
from .comment_rows import CommentRows
from .faults import Fault, Refused, UnreadableFile
from .records import Entry, Guess, Record, Row

Items = Callable[[list[str]], tuple[IncomingPost | IncomingComment, ...]]


def read(
    path: Path, guess: Guess, *, mapping: Mapping[str, str] | None = None, start_line: int = 0
) -> Iterator[Entry]:
    """A ``Record`` or ``Fault`` for every line from ``start_line`` on; the same every time.

    ``mapping``, if given, takes the place of the guess's. To go on after an interruption start at
    the line after the last one dealt with. Raises ``UnreadableFile`` at the first step when a
    required field has no column, and later where a zip or Excel file turns out to be damaged.
    """
    chosen = guess.mapping if mapping is None else mapping
    try:
        yield from _entries(path, guess, chosen, start_line)
    except OSError as error:
        raise UnreadableFile("gone") from error


def _entries(path: Path, guess: Guess, mapping: Mapping[str, str], start: int) -> Iterator[Entry]:
    if guess.format == "facebook":
        return (entry for entry in facebook_export.entries(path) if entry.line >= start)
    if guess.sheet:
        return _table(workbook.rows(path, guess.sheet), guess, mapping, start)
    return _table(delimited.rows(path, guess.encoding, guess.delimiter), guess, mapping, start)


def _table(
    rows: Iterator[Row | Fault], guess: Guess, mapping: Mapping[str, str], start: int
) -> Iterator[Entry]:
    """The entries of a table whose first row is the heading."""
    for row in rows:
        if not isinstance(row, Fault):
            names = columns.headings(row[2])
            break
        if row.line >= start:
            yield row
    else:
        raise UnreadableFile("empty")
    items = _reader(names, guess, mapping).items
    for row in itertools.dropwhile(lambda row: _line(row) < start, rows):
        yield row if isinstance(row, Fault) else _entry(row, names, mapping, items)


def _line(row: Row | Fault) -> int:
    return row.line if isinstance(row, Fault) else row[0]


def _entry(row: Row, names: Sequence[str], mapping: Mapping[str, str], items: Items) -> Entry:
    """The record of a row, or the fault for which it is refused."""
    line, last, cells = row
    width = len(names)
    if len(cells) == width:
        cells.append("")
    elif any(cells[width:]):
        values = {"found": len(cells), "expected": width}
        return Fault(line, "cells_too_many", values=values, last=last)
    else:
        # Excel leaves out empty cells at the end of a line.
        cells[width:] = [""] * max(1, width + 1 - len(cells))
    try:
        return Record(line, items(cells))
    except Refused as refused:
        return Fault(line, refused.code, mapping.get(refused.field, ""), refused.values, last)


def _reader(
    names: Sequence[str], guess: Guess, mapping: Mapping[str, str]
) -> CommentRows | ContentRows:
    """What turns rows into items; the mapping is checked against the columns that are there."""
    is_content = guess.format == "business_suite"
    columns.check_mapping(
        mapping,
        names,
        known=business_suite.HEADINGS if is_content else columns.COMMENT_HEADINGS,
        required=business_suite.REQUIRED if is_content else columns.COMMENT_REQUIRED,
    )
    kind = ContentRows if is_content else CommentRows
    return kind(names, mapping, month_first=guess.month_first, rounded=guess.rounded)

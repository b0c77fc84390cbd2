"""CSV: which character separates the cells, and the rows with the lines they stand on.

The standard library's strict reader does the work, so that a misplaced quotation mark is told, not
guessed away: a lenient reader would swallow the next comments into this one's text and nobody would
know.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from .faults import Fault
from .lines import LINE_MOST, lines
from .records import Row

CELL_MOST = 4_000_000
"""Characters after which a quoted cell is given up; what is merely too long to keep is refused by
its column.
"""

DELIMITERS = ";,\t|"
_SNIFFED = 200
_NAMED = "sep="

Recognised = Callable[[list[str]], int]


def rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row | Fault]:
    """Every row that is not blank; the first is the heading. Raises ``UnreadableFile`` for an
    endless line.

    A row that cannot be told apart is a ``Fault``, and the next line is tried. Only a quotation
    mark that is never closed ends the file early, and its fault says so.
    """
    csv.field_size_limit(max(csv.field_size_limit(), CELL_MOST, LINE_MOST))
    named, feed = _without_name(lines(path, encoding))
    skipped = 1 if named else 0
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    line = skipped + 1
    while True:
        try:
            for cells in reader:
                last = reader.line_num + skipped
                if any(cells):
                    yield line, last, cells
                line = last + 1
            return
        except csv.Error as error:
            last = reader.line_num + skipped
            code = _code(error)
            values = {"most": CELL_MOST} if code == "cell_giant" else {}
            yield Fault(line, code, values=values, last=last)
            line = last + 1


def _code(error: csv.Error) -> str:
    message = str(error)
    if "end of data" in message:
        return "quote_open"
    return "cell_giant" if "limit" in message else "quote_misplaced"


def _without_name(feed: Iterator[str]) -> tuple[str, Iterator[str]]:
    """(the delimiter named by Excel's first line ``sep=;`` or "", the lines after it)."""
    first = next(feed, "")
    text = first.rstrip("\r\n")
    if (
        text.casefold().startswith(_NAMED)
        and len(text) == len(_NAMED) + 1
        and text[-1] in DELIMITERS
    ):
        return text[-1], feed
    return "", itertools.chain((first,), feed) if first else feed


def named_delimiter(path: Path, encoding: str) -> str:
    """The delimiter named by Excel's first line, "" without one."""
    return _without_name(lines(path, encoding))[0]


def delimiter_of(path: Path, encoding: str, recognised: Recognised) -> str:
    """The delimiter: the one named, else the one that makes most sense of the first rows.

    ``recognised`` counts the headings of a row that have a known name.
    """
    named = named_delimiter(path, encoding)
    if named:
        return named
    return max(DELIMITERS, key=lambda delimiter: _sense(path, encoding, delimiter, recognised))


def _sense(
    path: Path, encoding: str, delimiter: str, recognised: Recognised
) -> tuple[int, float, int]:
    """(known headings, share of rows as wide as the heading, columns): the larger, the likelier."""
    first = [
        row[2]
        for row in itertools.islice(rows(path, encoding, delimiter), _SNIFFED)
        if not isinstance(row, Fault)
    ]
    if not first or len(first[0]) < 2:
        return (recognised(first[0]) if first else 0, 0.0, 0)
    width = len(first[0])
    fitting = sum(len(cells) == width for cells in first)
    return (recognised(first[0]), fitting / len(first), width)

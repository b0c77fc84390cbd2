"""What kind of file is this, and what do its columns hold?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from . import archive, business_suite, columns, delimited, facebook_export, workbook
from .faults import Fault, UnreadableFile
from .lines import survey, texts
from .records import Guess, Row

KINDS = ("auto", "csv", "facebook", "business_suite")
"""What a caller may insist on; ``csv`` is any table, in Excel too."""

SAMPLED = 2_000
"""Rows looked at for guessing. Enough that a column of dates shows a day after the twelfth."""

SHOWN = 5
LETTERS_SHOWN = 200
_HEAD = 2_048

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"{\\rtf",
    b"SQLite",
)
_FACEBOOK_WORDS = ("facebook", "fbcdn", "profile_posts", "_a6-g")


def examine(path: Path, *, name: str, kind: str = "auto", sheet: str = "") -> Guess:
    """Say what ``path`` is and what its columns seem to hold. ``name`` is the name it was uploaded
    with.

    ``kind`` other than ``auto`` insists: ``csv`` reads any table as comments. ``sheet`` chooses one
    of an Excel file's; otherwise the first with something in it. Raises ``UnreadableFile`` with the
    way out.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if not head:
            raise UnreadableFile("empty")
        if head.startswith(_OLE):
            raise UnreadableFile("old_workbook")
        if head.startswith(_BINARY):
            raise UnreadableFile("not_text")
        if archive.is_zip(path):
            return _examine_zip(path, kind=kind, sheet=sheet)
        return _examine_text(path, name=name, kind=kind)
    except OSError as error:
        raise UnreadableFile("gone") from error


def _examine_zip(path: Path, *, kind: str, sheet: str) -> Guess:
    with archive.opened(path) as packed:
        names = set(packed.namelist())
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        if kind == "facebook":
            raise UnreadableFile("not_facebook")
        return _examine_workbook(path, kind=kind, sheet=sheet)
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableFile("other_workbook")
    if kind not in {"auto", "facebook"}:
        raise UnreadableFile("not_table")
    facebook_export.check(path)
    return Guess("facebook")


def _examine_workbook(path: Path, *, kind: str, sheet: str) -> Guess:
    found = workbook.look(path, sheet, SAMPLED + 1)
    first = [cells for _, _, cells in found.first]
    guess = _table(first, kind=kind)
    return replace(
        guess,
        format="xlsx" if guess.format == "csv" else guess.format,
        sheet=found.sheet,
        sheets=found.sheets,
        lines=found.lines,
    )


def _examine_text(path: Path, *, name: str, kind: str) -> Guess:
    encoding, lines = survey(path)
    start = next(texts(path, encoding))[:_HEAD].lstrip("\ufeff \t\r\n")
    if kind == "facebook" or (kind == "auto" and start[:1] in ("[", "{")):
        if start[:1] not in ("[", "{"):
            raise UnreadableFile("not_facebook")
        facebook_export.check(path)
        return Guess("facebook")
    _refuse_web_page(start, name)
    delimiter = delimited.delimiter_of(path, encoding, _recognised)
    guess = _table(_first(delimited.rows(path, encoding, delimiter)), kind=kind)
    return replace(guess, encoding=encoding, delimiter=delimiter, lines=lines)


def _first(rows: Iterator[Row | Fault]) -> list[list[str]]:
    """The heading and the first rows, as cells."""
    found = (row[2] for row in rows if not isinstance(row, Fault))
    return list(itertools.islice(found, SAMPLED + 1))


def _table(first: Sequence[Sequence[str]], *, kind: str) -> Guess:
    """What the heading and the first rows of a table say."""
    if not first:
        raise UnreadableFile("empty")
    if business_suite.is_page_insights(first):
        raise UnreadableFile("page_insights")
    names, samples = columns.headings(first[0]), first[1:]
    is_content = kind == "business_suite" or (kind == "auto" and business_suite.is_content(names))
    if is_content:
        mapping = columns.named_mapping(names, business_suite.HEADINGS)
    else:
        if not _recognised(names) and any(map(columns.is_time, names)):
            raise UnreadableFile("heading_missing")
        mapping = columns.comment_mapping(names, samples)
    times = [mapping[field] for field in ("time", "post_time") if field in mapping]
    return Guess(
        "business_suite" if is_content else "csv",
        columns=names,
        mapping=mapping,
        samples=tuple(tuple(_shown(cell) for cell in cells) for cells in samples[:SHOWN]),
        month_first=columns.is_month_first(names, samples, times, unless=is_content),
        rounded=columns.rounded_columns(names, samples, mapping),
    )


def _shown(cell: str) -> str:
    return cell[:LETTERS_SHOWN]


def _refuse_web_page(start: str, name: str) -> None:
    folded = start.casefold()
    if not folded.startswith(("<!doctype", "<html", "<?xml", "<table")):
        return
    if folded.startswith("<?xml") and "<html" not in folded:
        raise UnreadableFile("other_workbook")
    named = any(word in name.casefold() for word in ("posts", "comments"))
    of_facebook = named or any(word in folded for word in _FACEBOOK_WORDS)
    raise UnreadableFile("facebook_html" if of_facebook else "html")


def _recognised(cells: Sequence[str]) -> int:
    return max(
        columns.recognised(cells, columns.COMMENT_HEADINGS),
        columns.recognised(cells, business_suite.HEADINGS),
    )

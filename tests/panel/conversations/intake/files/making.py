"""Files as people and their programs make them, in the tests' own hands."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple
from xml.sax.saxutils import escape

from openpyxl import Workbook

from panel.channels.incoming import IncomingComment, IncomingPost
from panel.conversations.intake.files import Entry, Fault, Guess, Record, examine, read

HEADING = [
    "post_id",
    "post_text",
    "post_time",
    "post_topic",
    "comment_id",
    "parent_id",
    "author_id",
    "author_name",
    "author_is_page",
    "text",
    "time",
    "likes",
    "url",
]
EXPORT = "this_profile's_activity_across_facebook"
POSTS = f"{EXPORT}/posts/profile_posts_1.json"
COMMENTS = f"{EXPORT}/comments_and_reactions/comments.json"

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


class Reading(NamedTuple):
    """What came out of a file."""

    guess: Guess
    entries: list[Entry]

    @property
    def faults(self) -> list[Fault]:
        return [entry for entry in self.entries if isinstance(entry, Fault)]

    @property
    def records(self) -> list[Record]:
        return [entry for entry in self.entries if isinstance(entry, Record)]

    @property
    def items(self) -> list[IncomingPost | IncomingComment]:
        return [item for record in self.records for item in record.items]

    @property
    def comments(self) -> list[IncomingComment]:
        return [item for item in self.items if isinstance(item, IncomingComment)]

    @property
    def posts(self) -> list[IncomingPost]:
        return [item for item in self.items if isinstance(item, IncomingPost)]

    @property
    def codes(self) -> list[tuple[int, str]]:
        return [(fault.line, fault.code) for fault in self.faults]


class Reader:
    """Reads what a test has written down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: str | bytes, name: str = "comments.csv") -> Path:
        """A file with ``content``; text becomes UTF-8."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    read = staticmethod(read)

    def guess(self, path: Path, **options: Any) -> Guess:
        """What the file seems to be."""
        return examine(path, name=path.name, **options)

    def __call__(self, content: str | bytes, name: str = "comments.csv", **options: Any) -> Reading:
        """Examine and read; ``options`` are ``examine``'s, and ``mapping`` and ``start_line``."""
        path = self.put(content, name)
        chosen = {key: options.pop(key) for key in ("mapping", "start_line") if key in options}
        guess = self.guess(path, **options)
        return Reading(guess, list(read(path, guess, **chosen)))


def table(
    rows: Iterable[Sequence[object]],
    heading: Sequence[str] = HEADING,
    *,
    delimiter: str = ",",
    end: str = "\r\n",
) -> str:
    """CSV as the standard library writes it."""
    target = io.StringIO()
    # The standard library quotes what would end a line; a line feed would not end this one.
    quoting: Literal[0, 1] = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL
    writer = csv.writer(target, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([heading, *rows])
    return target.getvalue()


def comments(*rows: Mapping[str, object]) -> str:
    """Our own CSV with all its columns; what a row leaves out is filled with something ordinary."""
    usual = {"text": "Hej", "time": "2025-12-24T08:30:00Z"}
    numbered = ({"comment_id": f"c{n}", **usual, **row} for n, row in enumerate(rows, start=1))
    return table([[row.get(name, "") for name in HEADING] for row in numbered])


def sheet(*rows: Sequence[object], title: str = "Kommentarer") -> bytes:
    """An Excel file with one sheet."""
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_excel(*rows: Sequence[str]) -> dict[str, bytes]:
    """The parts of a workbook as Excel itself writes it: texts are shared, cells point at them."""
    texts = [text for row in rows for text in row]
    cells = iter(range(len(texts)))
    lines = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + at)}{number}" t="s"><v>{next(cells)}</v></c>'
            for at in range(len(row))
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    parts = {
        **{name: content.decode() for name, content in unpacked(sheet(["x"])).items()},
        SHEET: f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>',
        STRINGS: f'<sst xmlns="{_MAIN}">{strings}</sst>',
    }
    types = parts["[Content_Types].xml"]
    if "sharedStrings" not in types:
        part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/></Types>'
        parts["[Content_Types].xml"] = types.replace("</Types>", part)
    return {name: content.encode() for name, content in parts.items()}


def packed(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def broken(text: str) -> str:
    """``text`` as Facebook's export breaks it: every byte of UTF-8 a letter of its own."""
    return text.encode().decode("latin-1")


def exported(value: Any) -> str:
    """JSON as the export has it: ASCII with the bytes escaped."""
    return json.dumps(_broken(value), indent=2)


def _broken(value: Any) -> Any:
    if isinstance(value, str):
        return broken(value)
    if isinstance(value, list):
        return [_broken(item) for item in value]
    if isinstance(value, dict):
        return {broken(key): _broken(item) for key, item in value.items()}
    return value


def page_post(
    text: str, timestamp: int = 1_766_561_400, *uris: str, **extra: Any
) -> dict[str, Any]:
    """A post as the export has it."""
    media = [{"data": [{"media": {"uri": uri, "description": text}}]} for uri in uris]
    return {"timestamp": timestamp, "attachments": media, "data": [{"post": text}], **extra}


def page_comment(text: str, timestamp: int = 1_766_561_400) -> dict[str, Any]:
    """A comment by the page itself, as the export has it."""
    spoken = {"timestamp": timestamp, "comment": text, "author": "Prøvekøbing Kommune"}
    return {"timestamp": timestamp, "data": [{"comment": spoken}], "title": "Prøvekøbing svarede."}

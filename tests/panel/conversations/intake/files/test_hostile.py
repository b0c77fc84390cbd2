"""Whatever a file holds gives a record, a fault or a sentence: no crash, and no loss unseen."""

from __future__ import annotations

import contextlib
import io
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from panel.conversations.intake.files import (
    KINDS,
    Fault,
    Record,
    UnreadableFile,
    delimited,
)

from .making import (
    COMMENTS,
    HEADING,
    POSTS,
    Reader,
    Reading,
    as_excel,
    comments,
    exported,
    packed,
    page_comment,
    page_post,
    sheet,
    table,
)

PLAIN = ("comment_id", "text", "time")
ROW = ("1", "Hej", "2025-12-24T08:30:00Z")
EXPORT = packed(
    {POSTS: exported([page_post("Blå")]), COMMENTS: exported({"comments_v2": [page_comment("å")]})}
)
SEEDS = {
    "comments.csv": comments({"post_id": "p"}, {"text": 'x"y\nz'}).encode(),
    "danish.csv": "sep=;\r\nid;tekst;dato\r\n1;Blåbær;24-12-2025\r\n".encode("cp1252"),
    "wide.csv": comments({}, {}).encode("utf-16"),
    "content.csv": b"Post ID,Publish time,Reach\n1,12/24/2025 08:30,7\n",
    "posts.json": exported([page_post("Blå"), page_post("å", 1_766_561_401, "x.jpg")]).encode(),
    "comments.json": exported({"comments_v2": [page_comment("å")]}).encode(),
    "book.xlsx": sheet(PLAIN, ROW, ROW),
    "excel.xlsx": packed(as_excel(PLAIN, ROW)),
    "facebook.zip": EXPORT,
}
SNIPPETS = st.sampled_from(
    [b'"', b"\n", b"\r", b"\0", b";", b",", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"[", b"]", b"\\u",
     b"PK\x03\x04", b"PK\x05\x06", b"<row>", b"\xed\xa0\x80", b"1E+17", b"\t", b"sep=;\n"]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), SNIPPETS | st.binary(max_size=20)), max_size=6
)


@contextlib.contextmanager
def reader() -> Iterator[Reader]:
    with tempfile.TemporaryDirectory() as folder:
        yield Reader(Path(folder))


def outcome(content: bytes, name: str, **options: str) -> Reading | str:
    """What comes of a file: what was read, or the sentence of its refusal."""
    with reader() as read_file:
        try:
            return read_file(content, name, **options)
        except UnreadableFile as refused:
            return str(refused)


def check(found: Reading | str) -> None:
    """What came out can be kept by any database, in the order of the lines."""
    if isinstance(found, str):
        assert found
        return
    lines = [entry.line for entry in found.entries]
    assert lines == sorted(set(lines))
    for entry in found.entries:
        assert isinstance(entry, Record) or entry.reason
    for item in found.items:
        assert item.external_id
        told = repr(item)
        told.encode()
        assert "\\x00" not in told


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(KINDS))
@example(b"", "auto")
@example(b"\xff\xfe", "auto")
@example(b"\xef\xbb\xbf", "csv")
@example(b"\xff\xfe\0\0a\0\0\0", "auto")
@example(b"\0" * 100, "auto")
@example(b"PK\x05\x06" + b"\0" * 18, "auto")
@example(b"[", "facebook")
@example(b"sep=;", "csv")
@example(b'"', "csv")
def test_any_bytes_are_read_or_refused(content, kind):
    check(outcome(content, "file", kind=kind))


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SEEDS)), EDITS, st.sampled_from(KINDS))
def test_any_damage_to_a_good_file_is_read_or_refused(name, edits, kind):
    content = SEEDS[name]
    for place, length, new in edits:
        at = int(place * len(content))
        content = content[:at] + new + content[at + length :]
    check(outcome(content, name, kind=kind))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damage_inside_a_zip_is_read_or_refused(data):
    parts = data.draw(st.sampled_from([as_excel(PLAIN, ROW), dict(unzipped_export())]))
    name = data.draw(st.sampled_from(sorted(parts)))
    content = parts[name]
    for place, length, new in data.draw(EDITS):
        at = int(place * len(content))
        content = content[:at] + new + content[at + length :]
    check(outcome(packed({**parts, name: content}), "x.zip"))


def unzipped_export() -> dict[str, bytes]:
    return {
        POSTS: exported([page_post("Blå")]).encode(),
        COMMENTS: exported({"comments_v2": [page_comment("å")]}).encode(),
    }


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_good_file_cut_anywhere_is_read_or_refused(name):
    content = SEEDS[name]
    for end in range(0, len(content), max(1, len(content) // 60)):
        check(outcome(content[:end], name))


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=30)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=12),
    st.sampled_from(";,\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_every_line_of_data_gives_one_record_or_one_fault(cells, delimiter, encoding):
    rows = [row for row in cells if any(row)]
    heading = ("comment_id", "text", "time", "likes")
    content = table(rows, heading, delimiter=delimiter, end="\n").encode(encoding)
    with reader() as read_file:
        found = read_file(content, kind="csv")
    assume(found.guess.delimiter == delimiter)
    assert len(found.entries) == len(rows)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from('ab1;,"\n\r å'), max_size=120))
@example('a;b\n1;"x\n2;y\n3;"z";\n4;"\n')
def test_no_line_is_lost_wherever_quotation_marks_stray(text):
    with reader() as read_file:
        path = read_file.put(text)
        covered: set[int] = set()
        for row in delimited.rows(path, "utf-8", ";"):
            first, last = (row.line, row.last) if isinstance(row, Fault) else row[:2]
            assert not covered & set(range(first, last + 1))
            covered.update(range(first, last + 1))
        lines = list(io.StringIO(text, newline=""))
    left_out = [line for number, line in enumerate(lines, start=1) if number not in covered]
    assert [line for line in left_out if line.strip(';"\r\n')] == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(CELLS.filter(lambda text: text.strip() and "\ufffd" not in text), max_size=10),
    st.sampled_from(";,\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_what_is_written_is_what_is_read_in_every_dialect(texts, delimiter, end, encoding):
    kept = [text.encode(encoding, "ignore").decode(encoding).replace("\r", "\n") for text in texts]
    kept = [text for text in kept if text.strip()]
    rows = [(f"1_{n}", text, "2025-12-24T08:30:00Z") for n, text in enumerate(kept)]
    content = table(rows, PLAIN, delimiter=delimiter, end=end).encode(encoding)
    if encoding == "cp1252":
        content += "\r\n".join(["", f"x{delimiter}blåbærgrød{delimiter}2025-12-24", ""]).encode(
            encoding
        )
    with reader() as read_file:
        found = read_file(content)
    assert found.faults == []
    assert [comment.text for comment in found.comments if comment.external_id != "x"] == kept


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "\u202e\u2066evil\u2069",
        "a\u0300" * 50,
        "👩‍👩‍👧‍👦" * 40,
        "\ufeff",
        "\x1b[31m",
        "\x85\u2028",
    ],
)
def test_odd_texts_stay_as_they_are(read_file, text):
    assert read_file(comments({"text": f"{text}!"})).comments[0].text == f"{text}!"


def test_memory_stays_flat(tmp_path):
    """Ten times the lines take no more memory: nothing is gathered on the way."""
    read_file = Reader(tmp_path)
    row = ["1_1", "Lygter", "", "", "", "", "7", "Anna", "", "Hej " * 30, "2025-12-24", "1", ""]

    def peak(lines: int) -> int:
        rows = [[*row[:4], f"1_{n}", *row[5:]] for n in range(lines)]
        path = read_file.put(table(rows, HEADING))
        guess = read_file.guess(path)
        tracemalloc.start()
        assert sum(not isinstance(entry, Fault) for entry in read_file.read(path, guess)) == lines
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(30_000) < 1.2 * peak(3_000) + 500_000

"""Excel files: what people keep in cells, and what a hostile file tries."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from panel.conversations.intake.files import UnreadableFile, workbook

from .making import SHEET, STRINGS, as_excel, packed, saved, sheet, unpacked

HEADING = ("comment_id", "text", "time")
ROW = ("1", "Hej", "24-12-2025 08:30")
WHEN = datetime(2025, 12, 24, 8, 30)  # noqa: DTZ001  A cell shows the clock on the wall.
UTC_WHEN = datetime(2025, 12, 24, 7, 30, tzinfo=UTC)


def book(*rows: tuple[object, ...]) -> bytes:
    return sheet(HEADING, *rows)


def altered(content: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The workbook with ``old`` replaced in one of its parts."""
    parts = unpacked(content)
    assert old in parts[member]
    return packed({**parts, member: parts[member].replace(old, new)})


def refusal(read_file, content, **options):
    with pytest.raises(UnreadableFile) as refused:
        read_file(content, "x.xlsx", **options)
    return refused.value.code


@pytest.mark.parametrize(
    "cell",
    [WHEN, "24-12-2025 08:30", "2025-12-24T08:30", "24.12.2025 kl. 08.30", 46015.35416666667],
)
def test_a_time_is_read_as_a_date_cell_a_text_or_a_number(read_file, cell):
    found = read_file(book(("1", "Hej", cell)), "x.xlsx")
    assert found.comments[0].written_at == UTC_WHEN
    assert (found.guess.format, found.guess.sheet) == ("xlsx", "Kommentarer")


def test_a_date_cell_is_midnight_in_denmark(read_file):
    (comment,) = read_file(book(("1", "Hej", date(2025, 12, 24))), "x.xlsx").comments
    assert comment.written_at == datetime(2025, 12, 23, 23, 0, tzinfo=UTC)


def test_a_clock_without_a_date_is_refused(read_file):
    found = read_file(book(("1", "Hej", time(8, 30)), ("2", "Hej", WHEN)), "x.xlsx")
    assert found.codes == [(2, "time_unreadable")]


def test_a_date_cell_in_the_hour_skipped_in_spring_is_refused(read_file):
    skipped = datetime(2025, 3, 30, 2, 30)  # noqa: DTZ001
    assert read_file(book(("1", "Hej", skipped)), "x.xlsx").codes == [(2, "time_skipped")]


def test_numbers_and_truth_are_read_as_excel_keeps_them(read_file):
    heading = (*HEADING, "likes", "author_id", "author_is_page")
    row = (17, "Hej", WHEN, 3.0, 123456789012345, True)
    (comment,) = read_file(sheet(heading, row), "x.xlsx").comments
    assert (comment.external_id, comment.likes) == ("17", 3)
    assert comment.author is not None
    assert (comment.author.external_id, comment.author.is_page) == ("123456789012345", True)


@pytest.mark.parametrize("number", [1234567890123456, 123456789012345678, 1.2345678901234568e17])
def test_an_id_kept_as_a_long_number_is_refused(read_file, number):
    found = read_file(book((number, "Hej", WHEN), ("2", "Hej", WHEN)), "x.xlsx")
    assert [(fault.line, fault.code, fault.column) for fault in found.faults] == [
        (2, "id_damaged", "comment_id")
    ]
    assert len(found.comments) == 1


def test_formulas_stay_text(read_file):
    content = Workbook()
    assert content.active is not None
    for row in (HEADING, ("1", "=1+1", WHEN), ("2", "x", WHEN), ("3", "=HYPERLINK(A1)", "=NOW()")):
        content.active.append(list(row))
    content.active["B3"] = ArrayFormula("B3:B3", "=SUM(A1:A2)")
    found = read_file(saved(content), "x.xlsx")
    assert [comment.text for comment in found.comments] == ["=1+1", "=SUM(A1:A2)"]
    assert found.codes == [(4, "time_unreadable")]


def test_rows_keep_their_numbers_past_blank_ones(read_file):
    content = book((), ("1", "Hej", WHEN), (None, None, None), ("2", "Hej", "?"))
    assert [entry.line for entry in read_file(content, "x.xlsx").entries] == [3, 5]


def test_line_breaks_emoji_and_right_to_left_stay(read_file):
    texts = ["en\nto", "😀👩‍👩‍👧", "שלום", "a_x000D_\nb"]
    rows = [(str(n), text, WHEN) for n, text in enumerate(texts)]
    found = read_file(book(*rows), "x.xlsx")
    assert [comment.text for comment in found.comments] == ["en\nto", "😀👩‍👩‍👧", "שלום", "a\nb"]


def test_notes_beside_the_table_are_left_alone(read_file):
    content = book(("1", "Hej", WHEN, None, None, "husk at ringe"), ("2", "Hej", WHEN))
    assert len(read_file(content, "x.xlsx").comments) == 2


def two_sheets() -> bytes:
    content = Workbook()
    content.create_sheet("Tom")
    for name, text in (("Første", "en"), ("Anden", "to")):
        page = content.create_sheet(name)
        page.append(list(HEADING))
        page.append(["1", text, WHEN])
    return saved(content)


def test_the_first_sheet_with_something_in_it_is_read(read_file):
    found = read_file(two_sheets(), "x.xlsx")
    assert found.guess.sheets == ["Sheet", "Tom", "Første", "Anden"]
    assert [comment.text for comment in found.comments] == ["en"]


def test_another_sheet_can_be_chosen(read_file):
    assert read_file(two_sheets(), "x.xlsx", sheet="Anden").comments[0].text == "to"


def test_a_sheet_that_is_not_there_is_refused(read_file):
    assert refusal(read_file, two_sheets(), sheet="Tredje") == "sheet_unknown"


def test_an_empty_workbook_is_refused(read_file):
    assert refusal(read_file, sheet()) == "sheets_empty"


def test_reading_goes_on_from_any_row(read_file):
    content = book(*((str(n), "Hej", WHEN) for n in range(10)))
    found = read_file(content, "x.xlsx", start_line=8)
    assert [entry.line for entry in found.entries] == [8, 9, 10, 11]


def test_a_truncated_file_is_refused(read_file):
    content = book(*((str(n), "Hej", WHEN) for n in range(50)))
    for share in (0.1, 0.5, 0.9, 0.99):
        assert refusal(read_file, content[: int(len(content) * share)]) == "zip_damaged"


def test_an_xml_bomb_is_refused(read_file):
    entities = b"".join(
        b'<!ENTITY b%d "&b%d;&b%d;&b%d;&b%d;">' % (n, *[n - 1] * 4) for n in range(1, 20)
    )
    doctype = b'<!DOCTYPE x [<!ENTITY b0 "ha">' + entities + b"]>"
    parts = as_excel(HEADING, ROW)
    parts[STRINGS] = doctype + parts[STRINGS].replace(b">Hej<", b">&b19;<")
    assert refusal(read_file, packed(parts)) == "workbook_damaged"


def test_shared_texts_beyond_reason_are_refused(read_file, monkeypatch):
    monkeypatch.setattr(workbook, "STRINGS_MOST", 100)
    assert refusal(read_file, packed(as_excel(HEADING, ROW))) == "workbook_too_large"


def test_a_workbook_of_excels_own_making_is_read(read_file):
    (comment,) = read_file(packed(as_excel(HEADING, ROW)), "x.xlsx").comments
    assert (comment.external_id, comment.text, comment.written_at) == ("1", "Hej", UTC_WHEN)


def test_a_zip_bomb_is_refused(read_file):
    parts = unpacked(book(("1", "Hej", WHEN)))
    parts["xl/media/x.xml"] = b"\0" * 60_000_000
    assert refusal(read_file, packed(parts)) == "zip_bomb"


def test_rows_without_end_are_refused(read_file):
    content = altered(book(("1", "Hej", WHEN)), SHEET, b'<row r="2"', b'<row r="99999999999"')
    assert refusal(read_file, content) == "workbook_too_large"


@pytest.mark.timeout(20)
def test_a_million_missing_rows_are_passed_over_quickly(read_file):
    content = book(("1", "Hej", WHEN), ("2", "Hej", WHEN))
    content = altered(content, SHEET, b'<row r="3"', b'<row r="1000000"')
    assert [entry.line for entry in read_file(content, "x.xlsx").entries] == [2, 1_000_000]


def test_a_column_far_out_is_not_believed(read_file):
    content = altered(book(("1", "Hej", WHEN)), SHEET, b'r="C2"', b'r="XFD2"')
    assert read_file(content, "x.xlsx").codes == [(2, "empty")]
    content = altered(book(("1", "Hej", WHEN)), SHEET, b'r="C2"', b'r="ZZZZZZZZZ2"')
    assert refusal(read_file, content) == "workbook_damaged"


def test_a_size_far_out_is_not_believed(read_file):
    content = altered(book(("1", "Hej", WHEN)), SHEET, b'ref="A1:C2"', b'ref="A1:XFD1048576"')
    assert len(read_file(content, "x.xlsx").comments) == 1


def test_damage_in_mid_sheet_is_told_after_the_rows_before_it(read_file, monkeypatch):
    monkeypatch.setattr(workbook, "_AT_ONCE", 10)
    content = book(*((str(n), "Hej", WHEN) for n in range(3000)))
    content = altered(content, SHEET, b'<row r="2900"', b"<row r=2900")
    path = read_file.put(content, "x.xlsx")
    found: list[int] = []
    with pytest.raises(UnreadableFile) as refused:
        found.extend(entry.line for entry in read_file.read(path, read_file.guess(path)))
    assert refused.value.code == "workbook_damaged"
    assert found == list(range(2, found[-1] + 1))
    assert 2500 < found[-1] < 2900


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (SHEET, b't="s"', b't="d"'),
        (SHEET, b"<v>0</v>", b"<v>99</v>"),
        (SHEET, b"<v>0</v>", b"<v>x</v>"),
        (SHEET, b'r="A1"', b'r="1A"'),
        (SHEET, b'<row r="1"', b'<row r="x"'),
        (SHEET, b"</sheetData>", b""),
        ("xl/workbook.xml", b"sheetId", b"sheetTd"),
        ("xl/styles.xml", b"<styleSheet", b"<styleShoot"),
        ("[Content_Types].xml", b"sharedStrings", b"sharedThings"),
    ],
)
def test_whatever_the_library_stumbles_over_is_told(read_file, member, old, new):
    assert refusal(read_file, altered(packed(as_excel(HEADING, ROW)), member, old, new)) in {
        "workbook_damaged",
        "sheets_empty",
        "columns_missing",
    }


def test_old_and_locked_excel_files_are_refused_with_the_way_out(read_file):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    with pytest.raises(UnreadableFile, match="remove the password"):
        read_file(content, "x.xls")


def test_open_document_is_refused_with_the_way_out(read_file):
    content = packed({"mimetype": "application/vnd.oasis", "content.xml": "<x/>"})
    with pytest.raises(UnreadableFile, match="Save it as Excel"):
        read_file(content, "x.ods")

"""CSV in every dialect, and quotation marks that go astray."""

from __future__ import annotations

import pytest

from panel.conversations.intake.files import UnreadableFile, delimited, lines

from .making import comments, table

HEADING = ("comment_id", "text", "time")
ROWS = [("1", 'Blå "lygte"; ja,\tnej', "2025-12-24"), ("2", "Æblegrød\nog øl", "2025-12-25")]
TEXTS = [text for _, text, _ in ROWS]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be-bom"])
def test_every_dialect_gives_the_same(read_file, delimiter, end, encoding):
    text = table(ROWS, HEADING, delimiter=delimiter, end=end)
    if encoding == "utf-16-be-bom":
        content = b"\xfe\xff" + text.encode("utf-16-be")
    else:
        content = text.encode(encoding)
    found = read_file(content)
    assert [comment.text for comment in found.comments] == TEXTS
    assert found.guess.delimiter == delimiter


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_recognised(read_file, encoding):
    found = read_file(table(ROWS, HEADING).encode(encoding))
    assert [comment.text for comment in found.comments] == TEXTS


@pytest.mark.parametrize("named", [";", ",", "\t"])
def test_excels_first_line_names_the_delimiter(read_file, named):
    found = read_file(f"sep={named}\r\n" + table(ROWS, HEADING, delimiter=named))
    assert found.guess.delimiter == named
    assert [entry.line for entry in found.entries] == [3, 4]


def test_the_first_ae_may_come_late(read_file):
    rows = [(str(n), "x" * 300, "2025-12-24") for n in range(3000)]
    found = read_file(
        table([*rows, ("3000", "Blåbærgrød", "2025-12-24")], HEADING).encode("cp1252")
    )
    assert found.guess.encoding == "cp1252"
    assert found.comments[-1].text == "Blåbærgrød"


def test_a_few_broken_bytes_do_not_make_utf_8_something_else(read_file):
    content = table(ROWS, HEADING).encode().replace(b"lygte", b"lyg\xfft\xe5e")
    found = read_file(content)
    assert found.guess.encoding == "utf-8"
    assert found.comments[0].text == 'Blå "lyg\ufffdt\ufffde"; ja,\tnej'


def test_nul_and_half_a_pair_become_the_mark_for_what_is_no_character(read_file):
    content = "comment_id,text,time\n1,a\0b\ud83dc,2025-12-24\n2,blå,2025-12-24\n"
    found = read_file(content.encode("utf-8", "surrogatepass"))
    assert found.comments[0].text == "a\ufffdb\ufffd\ufffd\ufffdc"
    assert found.comments[1].text == "blå"


def test_an_id_with_a_nul_is_refused(read_file):
    found = read_file("comment_id,text,time\n1\0,Hej,2025-12-24\n")
    assert found.codes == [(2, "id_unreadable")]


def test_lines_are_counted_as_an_editor_counts_them(read_file):
    rows = [("1", "en\nto\ntre", "2025-12-24"), ("2", "fire", "2025-12-24"), ("3", "x", "?")]
    found = read_file(table(rows, HEADING))
    assert [entry.line for entry in found.entries] == [2, 5, 6]


def test_a_fault_of_several_lines_tells_them_all(read_file):
    (fault,) = read_file(table([("1", "en\nto\ntre", "?")], HEADING)).faults
    assert (fault.line, fault.last) == (2, 4)
    assert fault.reason.endswith("(Lines 2 to 4 were read as one.)")


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line(read_file):
    rest = "".join(f"{n},Hej,2025-12-24\n" for n in range(3, 500))
    found = read_file(f'comment_id,text,time\n1,Hej,2025-12-24\n2,"Hej,2025-12-24\n{rest}')
    assert len(found.comments) == 1
    assert found.codes == [(3, "quote_open")]
    assert found.faults[0].last == 500


def test_a_runaway_quotation_mark_does_not_swallow_the_next_comment_unseen(read_file):
    found = read_file(
        "comment_id,text,time\n"
        '1,"Hej,2025-12-24\n'
        '2,"Farvel",2025-12-24\n'
        "3,Goddag,2025-12-24\n"
    )  # fmt: skip
    assert found.codes == [(2, "quote_misplaced")]
    assert found.faults[0].last == 3
    assert [comment.external_id for comment in found.comments] == ["3"]


def test_quotation_marks_inside_a_bare_text_are_text(read_file):
    (comment,) = read_file('comment_id;text;time\n1;En 12" skærm;2025-12-24\n').comments
    assert comment.text == 'En 12" skærm'


def test_a_cell_of_two_million_characters_is_refused_and_the_file_goes_on(read_file):
    found = read_file(comments({}, {"text": "x" * 2_000_000}, {"text": "x\n" * 1_000_000}, {}))
    assert [fault.code for fault in found.faults] == ["too_long", "too_long"]
    assert [comment.external_id for comment in found.comments] == ["c1", "c4"]


def test_a_quoted_cell_without_end_in_a_large_file_is_given_up_and_the_file_goes_on(read_file):
    filler = "y" * 999 + "\n"
    content = f'comment_id,text,time\n1,"{filler * 9000}\n2,Hej,2025-12-24\n'
    found = read_file(content)
    assert found.faults[0].code == "cell_giant"
    assert found.comments[-1].external_id == "2"


def test_a_line_without_end_is_no_table(read_file):
    with pytest.raises(UnreadableFile) as refusal:
        read_file("comment_id,text,time\n" + "x" * (lines.LINE_MOST + 2 * lines.CHUNK))
    assert refusal.value.code == "line_endless"


def test_lines_come_whole_wherever_the_pieces_are_cut(tmp_path, monkeypatch):
    path = tmp_path / "x.csv"
    text = "æ\r\nblå\rgrød\n\n😀\r\r\nslut"
    path.write_bytes(text.encode())
    expected = ["æ\r\n", "blå\r", "grød\n", "\n", "😀\r", "\r\n", "slut"]
    for size in range(1, 30):
        monkeypatch.setattr(lines, "CHUNK", size)
        assert list(lines.lines(path, "utf-8")) == expected


def test_a_delimiter_in_the_text_does_not_mislead(read_file):
    rows = [(str(n), "a, b, c, d, e, f", "24-12-2025 08:30") for n in range(20)]
    assert read_file(table(rows, ("id", "tekst", "dato"), delimiter=";")).guess.delimiter == ";"


def test_a_file_of_one_column_has_some_delimiter(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("text\nHej\n")
    assert delimited.delimiter_of(path, "utf-8", len) in delimited.DELIMITERS

"""Our own CSV: every column, every dialect, and what is refused by line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from panel.channels.incoming import IncomingAuthor, IncomingComment, IncomingPost
from panel.conversations.intake.files import Fault, UnreadableFile

from .making import HEADING, comments, table

TIME = datetime(2025, 12, 24, 8, 30, tzinfo=UTC)


def test_every_column_arrives(read_file):
    row = (
        "1_2", "Nu er lygterne tændt", "2025-12-24T08:00:00Z", "Veje", "1_2_3", "1_2_1", "77",
        "Anna Ågård", "nej", "Tak!", "2025-12-24T08:30:00Z", "1.234", "https://facebook.com/3",
    )  # fmt: skip
    (record,) = read_file(table([row])).records
    assert record.line == 2
    assert record.items == (
        IncomingPost(
            "1_2",
            "Nu er lygterne tændt",
            datetime(2025, 12, 24, 8, 0, tzinfo=UTC),
            "Veje",
        ),
        IncomingComment(
            "1_2_3",
            "Tak!",
            TIME,
            "1_2",
            "1_2_1",
            IncomingAuthor("77", "Anna Ågård", is_page=False),
            1234,
            "https://facebook.com/3",
        ),
    )


def test_three_columns_are_enough(read_file):
    found = read_file("comment_id,text,time\n1,Hej,2025-12-24T08:30:00Z\n")
    assert found.comments == [IncomingComment("1", "Hej", TIME)]
    assert found.posts == []


@pytest.mark.parametrize("missing", ["comment_id", "text", "time"])
def test_a_file_without_a_required_column_says_which(read_file, missing):
    heading = [name for name in ("comment_id", "text", "time", "likes") if name != missing]
    with pytest.raises(UnreadableFile) as refusal:
        read_file(table([["1"] * 3], heading))
    assert refusal.value.code == "columns_missing"
    assert refusal.value.values["fields"] == missing
    assert missing in str(refusal.value)


@pytest.mark.parametrize("missing", ["comment_id", "text", "time"])
def test_a_line_without_a_required_value_is_refused(read_file, missing):
    (fault,) = read_file(comments({missing: " "})).faults
    assert (fault.line, fault.code, fault.column) == (2, "empty", missing)


def test_the_post_comes_with_its_first_comment_and_when_it_changes(read_file):
    same = {"post_id": "p", "post_text": "Lygter", "post_topic": "Veje"}
    found = read_file(comments(same, same, {**same, "post_text": "Lamper"}, {"post_id": "q"}, same))
    assert [len(record.items) for record in found.records] == [2, 1, 2, 2, 2]
    assert [post.text for post in found.posts] == ["Lygter", "Lamper", None, "Lygter"]
    assert {comment.post_external_id for comment in found.comments} == {"p", "q"}


def test_a_parent_that_is_the_post_is_no_answer(read_file):
    found = read_file(comments({"post_id": "p1", "parent_id": "p1"}, {"parent_id": "c1"}))
    assert [comment.parent_external_id for comment in found.comments] == ["", "c1"]


def test_an_answer_to_itself_is_refused(read_file):
    assert read_file(comments({"parent_id": "c1"})).codes == [(2, "answers_itself")]


def test_a_name_without_an_id_makes_nobody(read_file):
    (comment,) = read_file(comments({"author_name": "Jens Hansen"})).comments
    assert comment.author is None


def test_a_page_without_an_id_goes_by_its_name(read_file):
    (comment,) = read_file(comments({"author_name": "Kommunen", "author_is_page": "ja"})).comments
    assert comment.author == IncomingAuthor("page:Kommunen", "Kommunen", is_page=True)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("comment_id", "1,23457E+17", "id_damaged"),
        ("author_id", "1,23457E+17", "id_damaged"),
        ("post_id", "1.2E+17", "id_damaged"),
        ("parent_id", "1E+17", "id_damaged"),
        ("author_id", "\u200f12", "id_unreadable"),
        ("author_name", "x" * 256, "too_long"),
        ("post_topic", "x" * 121, "too_long"),
        ("post_time", "i går", "time_unreadable"),
        ("time", "24-12-25", "time_short_year"),
        ("likes", "mange", "count_unreadable"),
        ("author_is_page", "måske", "flag_unreadable"),
        ("url", "javascript:alert(1)", "address_unreadable"),
        ("text", "x" * 100_001, "too_long"),
        ("post_text", "x" * 100_001, "too_long"),
    ],
)
def test_a_damaged_cell_refuses_its_line_and_names_its_column(read_file, column, value, code):
    row = {"post_id": "1", "author_id": "7", column: value}
    found = read_file(comments({}, row, {}))
    assert [(fault.line, fault.code, fault.column) for fault in found.faults] == [(3, code, column)]
    assert len(found.comments) == 2


def test_two_people_whose_ids_excel_has_cut_do_not_become_one(read_file):
    ids = [f"24681012141618{n}00" for n in range(5)]
    found = read_file(comments(*({"author_id": author} for author in ids)))
    assert found.guess.rounded == ("author_id",)
    assert {fault.code for fault in found.faults} == {"id_damaged"}
    assert len(found.faults) == 5


def test_long_ids_that_are_whole_are_taken(read_file):
    ids = ["24681012141618200", "24681012141618201", "24681012141618300", "100"]
    found = read_file(comments(*({"author_id": author} for author in ids)))
    assert [comment.author.external_id for comment in found.comments if comment.author] == ids


def test_formulas_markup_emoji_and_right_to_left_stay_text(read_file):
    texts = [
        "=1+1", "@SUM(A1)", "+45 12345678", "-x", "<script>alert(1)</script>", "😀👩‍👩‍👧",
        "שלום עולם", "\u202eabc", "a\u0301", "{{ 7*7 }}", "'; DROP TABLE comments; --",
    ]  # fmt: skip
    found = read_file(comments(*({"text": text} for text in texts)))
    assert [comment.text for comment in found.comments] == texts


def test_blank_lines_are_no_lines_of_data(read_file):
    found = read_file("comment_id;text;time\n\n;;\n1;Hej;24-12-2025\n\n2;Hej;25-12-2025\n;;\n")
    assert [entry.line for entry in found.entries] == [4, 6]


def test_cells_left_out_at_the_end_are_empty(read_file):
    found = read_file("comment_id;text;time;likes;url\n1;Hej;24-12-2025\n2;Hej;24-12-2025;3\n")
    assert [comment.likes for comment in found.comments] == [None, 3]


def test_a_text_that_lacks_its_quotation_marks_is_refused(read_file):
    found = read_file("comment_id,text,time\n1,Hej, med dig,24-12-2025\n2,Hej,24-12-2025,,\n")
    assert found.codes == [(2, "cells_too_many")]
    assert len(found.comments) == 1


def test_reading_goes_on_from_any_line(read_file):
    content = comments(*({"post_id": f"p{n % 3}", "likes": n if n % 4 else "?"} for n in range(40)))
    whole = read_file(content).entries
    for start in (0, 1, 2, 17, 41, 42, 99):
        rest = read_file(content, start_line=start).entries
        expected = [entry for entry in whole if entry.line >= start]
        assert [entry.line for entry in rest] == [entry.line for entry in expected]
        assert [entry for entry in rest if isinstance(entry, Fault)] == [
            entry for entry in expected if isinstance(entry, Fault)
        ]


def test_reading_from_mid_file_hands_over_the_post_again(read_file):
    same = {"post_id": "p", "post_text": "Lygter"}
    found = read_file(comments(same, same, same), start_line=3)
    assert [post.text for post in found.posts] == ["Lygter"]


def test_a_mapping_takes_the_place_of_the_guess(read_file):
    content = "a;b;c;d\n1;Hej;24-12-2025;Anna\n"
    mapping = {"comment_id": "a", "text": "b", "time": "c", "author_id": "d"}
    (comment,) = read_file(content, mapping=mapping).comments
    assert (comment.external_id, comment.text) == ("1", "Hej")
    assert comment.author == IncomingAuthor("Anna")


def test_a_mapping_to_a_column_that_is_not_there_is_refused(read_file):
    with pytest.raises(UnreadableFile, match="no column “z”"):
        read_file("a;b\n1;2\n", mapping={"comment_id": "z"})


def test_a_mapping_of_something_unknown_is_refused(read_file):
    with pytest.raises(UnreadableFile) as refusal:
        read_file("a;b\n1;2\n", mapping={"shoe_size": "a"})
    assert refusal.value.code == "field_unknown"


def test_a_guess_is_corrected_field_by_field(read_file):
    guess = read_file(comments({})).guess.corrected({"text": "author_name", "likes": ""})
    assert guess.mapping["text"] == "author_name"
    assert "likes" not in guess.mapping
    assert guess.mapping["time"] == "time"


def test_the_columns_are_told_in_their_order(read_file):
    assert read_file(comments({})).guess.columns == tuple(HEADING)

"""Which column holds what: by its heading, by its looks."""

from __future__ import annotations

import pytest

from panel.conversations.intake.files import UnreadableFile
from panel.conversations.intake.files.columns import folded, headings, is_month_first

from .making import table

ROW = ["11", "Hvornår tændes lygterne?", "24-12-2025 08:30"]


@pytest.mark.parametrize(
    ("heading", "same"),
    [
        ("Svar på", "svar_paa"), ("SVAR PÅ", "svarpå"), ("Ærø", "aeroe"),
        ("Klokkeslæt", "KLOKKESLAET"),
        (" Comment-ID ", "comment_id"), ("Opslagets id", "opslagetsid"), ("élan", "elan"),
    ],
)  # fmt: skip
def test_case_accents_and_punctuation_do_not_matter(heading, same):
    assert folded(heading) == folded(same)


def test_headings_are_told_apart():
    assert headings(["a", "", "a", " b ", "a"]) == ("a", "#2", "a #3", "b", "a #5")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (("id", "tekst", "dato"), ("comment_id", "text", "time")),
        (("Kommentar-ID", "Kommentar", "Tidspunkt"), ("comment_id", "text", "time")),
        (("kommentar_id", "besked", "oprettet"), ("comment_id", "text", "time")),
        (("comment_id", "message", "created_time"), ("comment_id", "text", "time")),
    ],
)
def test_danish_and_english_headings_are_known(read_file, heading, expected):
    guess = read_file(table([ROW], heading)).guess
    assert guess.mapping == dict(zip(expected, heading, strict=True))


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Opslag", ["1_1", "1_2"], "post_id"),
        ("Opslag", ["Lygterne på Duevej", "Salt på vejene"], "post_text"),
        ("Forfatter", ["1001", "1002"], "author_id"),
        ("Forfatter", ["Anna And", "Bo"], "author_name"),
        ("Bruger", ["Anna", "Bo"], "author_name"),
        ("Fra", ["u17", "u18"], "author_id"),
    ],
)
def test_a_heading_of_two_meanings_is_settled_by_its_cells(read_file, heading, cells, field):
    rows = [[f"1{n}", "Hej", "24-12-2025", cell] for n, cell in enumerate(cells)]
    guess = read_file(table(rows, ("id", "tekst", "dato", heading))).guess
    assert guess.mapping[field] == heading


def test_an_author_by_id_and_by_name_are_both_found(read_file):
    row = [*ROW, "1001", "Anna And", "11", "3"]
    heading = ("id", "tekst", "dato", "forfatter", "navn", "svar på", "synes godt om")
    mapping = read_file(table([row], heading)).guess.mapping
    assert mapping["author_id"] == "forfatter"
    assert mapping["author_name"] == "navn"
    assert mapping["parent_id"] == "svar på"
    assert mapping["likes"] == "synes godt om"


def test_unknown_headings_are_settled_by_looks_where_there_is_no_doubt(read_file):
    rows = [
        ["101", "Hvornår tændes lygterne igen?", "24-12-2025 08:30", "rød"],
        ["102", "I morgen, siger de i kommunen", "24-12-2025 09:30", "rød"],
    ]
    mapping = read_file(table(rows, ("alfa", "beta", "gamma", "delta"))).guess.mapping
    assert mapping == {"comment_id": "alfa", "text": "beta", "time": "gamma"}


def test_where_there_is_doubt_nothing_is_guessed(read_file):
    rows = [["24-12-2025", "25-12-2025", "x"], ["26-12-2025", "27-12-2025", "y"]]
    path = read_file.put(table(rows, ("alfa", "beta", "gamma")))
    assert "time" not in read_file.guess(path).mapping


def test_a_file_without_headings_is_refused_with_the_way_out(read_file):
    with pytest.raises(UnreadableFile, match="Add a line with names at the top"):
        read_file(table([ROW, ROW], ROW))


def test_more_columns_than_any_table_of_comments_has_are_refused(read_file):
    with pytest.raises(UnreadableFile) as refusal:
        read_file(table([], [f"c{n}" for n in range(300)]))
    assert refusal.value.code == "columns_too_many"


def test_american_dates_are_noticed(read_file):
    rows = [[str(n), "Hej", f"12/{n}/2025 08:30"] for n in range(1, 29)]
    found = read_file(table(rows, ("id", "tekst", "dato")))
    assert found.guess.month_first
    assert {comment.written_at.month for comment in found.comments} == {12}


@pytest.mark.parametrize(
    ("cells", "unless", "expected"),
    [
        (["1/2/2025"], False, False),
        (["1/2/2025"], True, True),
        (["13/2/2025", "1/2/2025"], True, False),
        (["2/13/2025"], False, True),
        (["13/2/2025", "2/13/2025"], False, False),
        (["2025-12-24"], False, False),
    ],
)
def test_which_comes_first_is_told_by_numbers_above_twelve(cells, unless, expected):
    samples = [[cell] for cell in cells]
    assert is_month_first(("dato",), samples, ["dato"], unless=unless) is expected

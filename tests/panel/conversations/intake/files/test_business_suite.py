"""Business Suite's export of content: counts per post."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from panel.conversations.intake.files import UnreadableFile

from .making import sheet, table

COLUMNS = [
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time",
    "Caption type", "Permalink", "Is crosspost", "Is share", "Post type", "Languages",
    "Custom labels", "Funded content status", "Data comment", "Date", "Views", "Reach",
    "Reactions, Comments and Shares", "Reactions", "Comments", "Shares", "Total clicks",
]  # fmt: skip
USUAL = {
    "Post ID": "122100000000000001",
    "Title": "Nu er lygterne tændt\n\npå Duevej",
    "Publish time": "12/24/2025 08:30",
    "Permalink": "https://www.facebook.com/1/posts/pfbid02",
    "Date": "Lifetime",
    "Reach": "1234",
    "Reactions": "12",
    "Comments": "3",
    "Shares": "0",
}


def content(*rows: dict[str, str]) -> str:
    cells = [[{**USUAL, **row}.get(name, "") for name in COLUMNS] for row in rows]
    return "\ufeff" + table(cells, COLUMNS, end="\n")


def test_a_post_comes_with_its_counts(read_file):
    found = read_file(content({}))
    assert found.guess.format == "business_suite"
    (post,) = found.posts
    assert post.external_id == "122100000000000001"
    assert post.text == "Nu er lygterne tændt\n\npå Duevej"
    assert post.posted_at == datetime(2025, 12, 24, 7, 30, tzinfo=UTC)
    assert post.url == "https://www.facebook.com/1/posts/pfbid02"
    assert (post.reactions, post.comments, post.shares, post.reach) == (12, 3, 0, 1234)
    assert found.comments == []


@pytest.mark.parametrize(
    ("title", "description", "text"),
    [
        ("Hej", "", "Hej"),
        ("", "Hej", "Hej"),
        ("Hej", "Hej og farvel", "Hej og farvel"),
        ("Hej og farvel", "farvel", "Hej og farvel"),
        ("Film", "Se den", "Film\n\nSe den"),
        ("", "", None),
    ],
)
def test_the_text_stands_in_the_title_or_the_description(read_file, title, description, text):
    (post,) = read_file(content({"Title": title, "Description": description})).posts
    assert post.text == text


def test_the_month_comes_first(read_file):
    (post,) = read_file(content({"Publish time": "01/02/2025 08:30"})).posts
    assert post.posted_at == datetime(2025, 1, 2, 7, 30, tzinfo=UTC)


def test_unless_the_days_tell_otherwise(read_file):
    times = ("01/02/2025 08:30", "24/12/2025 08:30")
    found = read_file(content(*({"Publish time": time} for time in times)))
    assert [post.posted_at.month for post in found.posts if post.posted_at] == [2, 12]


def test_columns_may_come_and_go(read_file):
    heading = ("Views", "Post ID", "Publish time", "Reach", "New thing")
    found = read_file(table([("9", "1", "12/24/2025 08:30", "7", "x")], heading))
    assert found.guess.format == "business_suite"
    assert (found.posts[0].reach, found.posts[0].reactions) == (7, None)


def test_instagram_likes_are_reactions(read_file):
    heading = ("Post ID", "Account ID", "Description", "Publish time", "Likes", "Reach", "Comments")
    row = ("1", "2", "Sol over havnen", "12/24/2025 08:30", "40", "300", "2")
    (post,) = read_file(table([row], heading)).posts
    assert (post.reactions, post.text) == (40, "Sol over havnen")


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ({"Post ID": ""}, "Post ID", "empty"),
        ({"Post ID": "1,221E+17"}, "Post ID", "id_damaged"),
        ({"Date": "12/24/2025"}, "Date", "figures_daily"),
        ({"Reactions": "mange"}, "Reactions", "count_unreadable"),
        ({"Publish time": "i går"}, "Publish time", "time_unreadable"),
        ({"Permalink": "javascript:x"}, "Permalink", "address_unreadable"),
    ],
)
def test_a_damaged_line_is_refused_and_the_file_goes_on(read_file, row, column, code):
    found = read_file(content({}, row, {}))
    assert [(fault.code, fault.column) for fault in found.faults] == [(code, column)]
    assert len(found.posts) == 2


def test_ids_that_excel_has_cut_are_refused(read_file):
    rows = [{"Post ID": f"12210000000{n}00000"} for n in range(1000, 1005)]
    found = read_file(content(*({"Post ID": row["Post ID"] + "00"} for row in rows)))
    assert {fault.code for fault in found.faults} == {"id_damaged"}


def test_it_is_read_from_excel_too(read_file):
    rows = [[USUAL.get(name, "") for name in COLUMNS]]
    found = read_file(sheet(COLUMNS, *rows), "x.xlsx")
    assert (found.guess.format, found.guess.sheet) == ("business_suite", "Kommentarer")
    assert found.posts[0].reach == 1234


def test_danish_headings_can_be_mapped(read_file):
    heading = ("Indlægs-id", "Tid", "Hvor mange")
    path = read_file.put(table([("1", "12/24/2025 08:30", "7")], heading))
    guess = read_file.guess(path, kind="business_suite").corrected(
        {"post_id": "Indlægs-id", "post_time": "Tid", "reach": "Hvor mange"}
    )
    (record,) = read_file.read(path, guess)
    assert record.items[0].reach == 7


def test_the_overview_of_the_page_is_refused_and_the_right_one_named(read_file):
    overview = 'sep=,\r\n"Reach"\r\n"Date","Primary"\r\n"2025-12-01T00:00:00","5"\r\n'
    with pytest.raises(UnreadableFile, match="Order the export of content"):
        read_file(overview.encode("utf-16"))


def test_without_a_posts_id_there_is_nothing_to_go_by(read_file):
    with pytest.raises(UnreadableFile) as refused:
        read_file("a,b\n1,2\n", kind="business_suite")
    assert refused.value.code == "columns_missing"

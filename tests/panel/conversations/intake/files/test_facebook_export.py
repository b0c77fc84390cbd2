"""The export of a Facebook page, as one file or the whole zip."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from panel.channels.incoming import IncomingAuthor
from panel.conversations.intake.files import UnreadableFile

from .making import COMMENTS, EXPORT, POSTS, exported, packed, page_comment, page_post

TIME = 1_766_561_400
WHEN = datetime(2025, 12, 24, 7, 30, tzinfo=UTC)


def refusal(read_file, content, name="posts.json", **options):
    with pytest.raises(UnreadableFile) as refused:
        read_file(content, name, **options)
    return refused.value.code


@pytest.mark.parametrize("layout", [lambda posts: posts, lambda posts: {"status_updates": posts}])
def test_posts_are_read_in_both_layouts_with_their_letters_mended(read_file, layout):
    posts = [page_post("Blå lygter på Ærøvej 😀"), page_post("Salt på vejene", TIME + 60)]
    found = read_file(exported(layout(posts)), "profile_posts_1.json")
    assert found.guess.format == "facebook"
    assert [post.text for post in found.posts] == ["Blå lygter på Ærøvej 😀", "Salt på vejene"]
    assert found.posts[0].posted_at == WHEN
    assert [entry.line for entry in found.entries] == [1, 2]


def test_the_pages_own_comments_are_the_pages(read_file):
    (comment,) = read_file(exported({"comments_v2": [page_comment("Tak, vi kører ud")]})).comments
    assert (comment.text, comment.written_at) == ("Tak, vi kører ud", WHEN)
    name = "Prøvekøbing Kommune"
    assert comment.author == IncomingAuthor(f"page:{name}", name, is_page=True)


def test_the_zip_is_read_in_the_order_of_its_numbers(read_file):
    members = {COMMENTS: exported({"comments_v2": [page_comment("svar")]})}
    for number in (10, 2, 1):
        name = POSTS.replace("_1.json", f"_{number}.json")
        members[name] = exported([page_post(f"opslag {number}", TIME + number)])
    members[f"{EXPORT}/messages/inbox/x/message_1.json"] = '{"messages": [{"content": "privat"}]}'
    members[f"{EXPORT}/posts/media/x.jpg"] = "\xff\xd8\xff"
    found = read_file(packed(members), "facebook.zip")
    assert [post.text for post in found.posts] == ["opslag 1", "opslag 2", "opslag 10"]
    assert [comment.text for comment in found.comments] == ["svar"]
    assert [entry.line for entry in found.entries] == [1, 2, 3, 4]


def test_messages_are_never_opened(read_file):
    name = f"{EXPORT}/messages/comments/comments.json"
    found = read_file(packed({POSTS: exported([page_post("Hej")]), name: "}{"}), "facebook.zip")
    assert len(found.entries) == 1


def test_the_older_personal_layout_is_read(read_file):
    name = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
    found = read_file(packed({name: exported([page_post("Hej")])}), "facebook.zip")
    assert [post.text for post in found.posts] == ["Hej"]


def test_a_post_goes_by_its_second_its_text_and_its_pictures(read_file):
    posts = [
        page_post("Hej"),
        page_post("Hej", TIME + 1),
        page_post("Hej!"),
        page_post("Hej", TIME, "posts/media/1.jpg"),
        page_post("Hej", TIME, "posts/media/2.jpg"),
    ]
    first = [post.external_id for post in read_file(exported(posts)).posts]
    assert len(set(first)) == 5
    again = [post.external_id for post in read_file(exported(posts[::-1])).posts]
    assert again == first[::-1]


def test_a_post_is_the_same_in_both_layouts(read_file):
    old = page_post("Blå", TIME, "posts/media/1.jpg", title="Kommunen har delt et billede.")
    new = page_post("Blå", TIME, f"{EXPORT}/posts/media/1.jpg", title="The municipality shared.")
    first, second = read_file(exported([old, new])).posts
    assert first.external_id == second.external_id


def test_letters_written_whole_give_the_same_post(read_file):
    (first,) = read_file(exported([page_post("Blå")])).posts
    (second,) = read_file(json.dumps([page_post("Blå")], ensure_ascii=False)).posts
    assert first == second


def test_an_edited_post_tells_when(read_file):
    post = page_post("Hej")
    post["data"].append({"update_timestamp": TIME + 3600})
    (found,) = read_file(exported([post])).posts
    assert found.seen_at == datetime(2025, 12, 24, 8, 30, tzinfo=UTC)


def test_those_mentioned_are_named(read_file):
    (post,) = read_file(
        exported([page_post("Tak til @[1234:274:Duevej Grundejerforening]!")])
    ).posts
    assert post.text == "Tak til Duevej Grundejerforening!"


def test_a_post_without_words_is_kept(read_file):
    (post,) = read_file(exported([{"timestamp": TIME, "title": "x", "attachments": []}])).posts
    assert (post.text, post.posted_at) == (None, WHEN)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"a": 1}, "entry_unknown"),
        ("text", "entry_unknown"),
        (None, "entry_unknown"),
        ([], "entry_unknown"),
        (page_post("x", 0), "time_implausible"),
        (page_post("x", -62169958800), "time_implausible"),
        (page_post("x", 10**30), "time_implausible"),
        ({"timestamp": "i går", "title": "x"}, "time_implausible"),
        ({"timestamp": float("nan"), "title": "x"}, "time_implausible"),
        ({"timestamp": float("inf"), "data": 3}, "time_implausible"),
        (page_post("x" * 100_001), "too_long"),
        (page_comment("x" * 100_001), "too_long"),
    ],
)
def test_a_damaged_entry_is_refused_and_the_file_goes_on(read_file, entry, code):
    found = read_file(exported([page_post("Hej"), entry, page_post("Farvel")]))
    assert found.codes == [(2, code)]
    assert [post.text for post in found.posts] == ["Hej", "Farvel"]


@pytest.mark.parametrize(
    "entry",
    [
        {"timestamp": TIME, "data": [{"post": 7}, 3, None, {"update_timestamp": "x"}]},
        {"timestamp": TIME, "attachments": [{"data": [{"media": "x"}, {"media": {"uri": 1}}]}, 1]},
        {"timestamp": TIME, "attachments": {"data": 1}, "title": 1},
        {"timestamp": TIME, "data": {"comment": "x"}},
    ],
)
def test_parts_of_an_unexpected_kind_are_passed_over(read_file, entry):
    assert read_file(exported([page_post("Hej"), entry])).codes == []


def test_reading_goes_on_from_any_entry(read_file):
    content = exported([page_post("Hej", TIME + n) for n in range(5)])
    found = read_file(content, start_line=4)
    assert [entry.line for entry in found.entries] == [4, 5]


def test_the_web_page_variant_is_refused_and_the_right_one_named(read_file):
    html = "<html><head></head><body class='_a6-g'>Prøvekøbing</body></html>"
    members = {POSTS.replace(".json", ".html"): html}
    assert refusal(read_file, packed(members), "facebook.zip") == "facebook_html"
    with pytest.raises(UnreadableFile, match="choose the format JSON"):
        read_file(html, "profile_posts_1.html")


def test_other_web_pages_are_no_file_of_comments(read_file):
    assert refusal(read_file, "<!DOCTYPE html><p>Hej</p>", "x.html") == "html"


@pytest.mark.parametrize(
    "content", ["{}", "[]", '{"a": 1}', '[{"a": 1}]', '{"messages": [{"a": 1}]}']
)
def test_other_json_is_refused(read_file, content):
    assert refusal(read_file, content) == "json_other"


def test_a_zip_of_something_else_is_refused(read_file):
    assert refusal(read_file, packed({"x.txt": "Hej"}), "x.zip") == "zip_other"


def test_an_export_without_comments_is_read_as_nothing(read_file):
    members = {COMMENTS: exported({"comments_v2": []})}
    assert read_file(packed(members), "facebook.zip").entries == []


def test_a_file_cut_short_is_told_after_what_could_be_read(read_file):
    content = exported([page_post("Hej", TIME + n) for n in range(3)])
    path = read_file.put(content[:-40], "posts.json")
    entries = read_file.read(path, read_file.guess(path))
    assert [next(entries).line, next(entries).line] == [1, 2]
    with pytest.raises(UnreadableFile, match="after entry 2"):
        next(entries)


def test_insisting_on_facebook_refuses_a_table(read_file):
    assert refusal(read_file, "a,b\n1,2\n", "x.csv", kind="facebook") == "not_facebook"


def test_insisting_on_a_table_refuses_an_export(read_file):
    content = packed({POSTS: exported([page_post("Hej")])})
    assert refusal(read_file, content, "x.zip", kind="csv") == "not_table"

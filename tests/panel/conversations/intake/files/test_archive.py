"""Zip files from strangers."""

from __future__ import annotations

import struct
import zipfile

import pytest

from panel.conversations.intake.files import UnreadableFile, archive

from .making import POSTS, exported, packed, page_post

GOOD = {POSTS: exported([page_post("Hej")])}


def refusal(read_file, content):
    with pytest.raises(UnreadableFile) as refused:
        read_file(content, "facebook.zip")
    return refused.value.code


@pytest.mark.parametrize(
    "name", ["../x.json", "/etc/passwd", "a/../../x", "..\\x.json", "C:\\x.json", "C:/x.json"]
)
def test_a_name_that_points_outside_is_refused(read_file, name):
    assert refusal(read_file, packed({**GOOD, name: "x"})) == "zip_names"


def test_a_zip_in_the_zip_is_refused(read_file):
    assert refusal(read_file, packed({**GOOD, "part2.zip": packed(GOOD)})) == "zip_nested"
    assert refusal(read_file, packed({"part2.ZIP": packed(GOOD)})) == "zip_nested"


def test_a_zip_that_somebody_sent_the_page_as_a_message_is_let_lie(read_file):
    name = "this_profile's_activity_across_facebook/messages/inbox/x/files/photos.zip"
    assert len(read_file(packed({**GOOD, name: b"x"}), "facebook.zip").posts) == 1


def test_a_password_is_told(read_file):
    content = bytearray(packed(GOOD))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(read_file, bytes(content)) == "zip_encrypted"


@pytest.mark.parametrize("name", [POSTS, "media/film.mp4"])
def test_a_bomb_is_refused_before_it_is_opened(read_file, name):
    assert refusal(read_file, packed({**GOOD, name: b"\0" * 60_000_000})) == "zip_bomb"


def test_what_is_read_is_limited_as_a_whole(read_file, monkeypatch):
    monkeypatch.setattr(archive, "MEMBER_MOST", 10)
    assert refusal(read_file, packed(GOOD)) == "zip_bomb"


def test_a_list_of_contents_beyond_reason_is_refused(read_file):
    content = bytearray(packed(GOOD))
    struct.pack_into("<L", content, content.rindex(b"PK\x05\x06") + 12, 2**31)
    assert refusal(read_file, bytes(content)) == "zip_bomb"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_nobody_uses_for_exports_is_refused(read_file, method):
    assert refusal(read_file, packed(GOOD, method)) == "zip_damaged"


def test_a_file_cut_short_is_refused(read_file):
    content = packed({**GOOD, "media/x.jpg": bytes(range(256)) * 50})
    for share in (0.01, 0.3, 0.6, 0.9):
        assert refusal(read_file, content[: int(len(content) * share)]) == "zip_damaged"


def test_a_changed_byte_is_noticed(read_file):
    posts = exported([page_post(f"Hej {n}", 1_766_561_400 + n) for n in range(500)])
    content = bytearray(packed({POSTS: posts}, zipfile.ZIP_STORED))
    content[content.index(b"Hej 499")] = ord("h")
    assert refusal(read_file, bytes(content)) == "zip_damaged"

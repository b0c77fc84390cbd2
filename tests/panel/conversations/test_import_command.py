"""``import_comments``: files in, told in one JSON document."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from panel.audit.models import Event
from panel.channels.models import Channel
from panel.conversations.intake import run
from panel.conversations.models import Comment, FileImport, ImportState, Post, Tally
from tests.factories.conversations import ChannelFactory
from tests.panel.conversations.files import COLUMNS, rows, write
from tests.panel.conversations.rows import assert_kept_is_rebuilt, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return ChannelFactory(slug="byen")


def command(*arguments: Any) -> dict[str, Any]:
    out, told = io.StringIO(), io.StringIO()
    call_command("import_comments", *map(str, arguments), "--json", stdout=out, stderr=told)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def import_to(channel: Channel, path: Path, *arguments: Any) -> dict[str, Any]:
    return command(path, "--channel", channel.slug, *arguments)


def test_a_file_comes_in_and_a_second_time_changes_nothing(channel: Channel, tmp_path: Path):
    path = write(tmp_path / "a.csv", rows(300))
    first = import_to(channel, path)
    before = everything(channel)
    assert first == {"read": 300, "added": 300, "updated": 0, "unchanged": 0, "refused": []}
    assert import_to(channel, path) == first | {"added": 0, "unchanged": 300}
    assert everything(channel) == before
    assert Tally.objects.exists()
    assert_kept_is_rebuilt(channel)


@pytest.mark.parametrize("way", ["shuffled", "half first", "overlapping", "small batches"])
def test_every_way_to_bring_a_file_in_ends_in_the_same_rows(
    channel: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
):
    made = rows(240)
    import_to(channel, write(tmp_path / "whole.csv", made))
    other = ChannelFactory(slug="anden")
    shuffled = random.Random(3).sample(made, len(made))
    parts = {
        "shuffled": [shuffled],
        "half first": [made[:120], made],
        "overlapping": [shuffled[:150], shuffled[90:]],
        "small batches": [shuffled],
    }[way]
    if way == "small batches":
        monkeypatch.setattr(run, "LETTERS", 200)
    for number, part in enumerate(parts):
        import_to(other, write(tmp_path / f"{number}.csv", part))
    assert everything(other) == everything(channel)


def test_a_changed_file_updates_what_changed(channel: Channel, tmp_path: Path):
    made = rows(50)
    import_to(channel, write(tmp_path / "a.csv", made))
    made[3][9], made[4][11] = "Rettet", "99"
    answer = import_to(channel, write(tmp_path / "b.csv", made))
    assert (answer["added"], answer["updated"], answer["unchanged"]) == (0, 2, 48)
    assert Comment.objects.get(external_id="c3").text == "Rettet"
    assert Comment.objects.get(external_id="c4").likes == 99
    assert_kept_is_rebuilt(channel)


def test_a_dry_run_tells_the_same_and_writes_nothing(channel: Channel, tmp_path: Path):
    path = write(tmp_path / "a.csv", [*rows(60), ["p1", "", "", "", "x"] + ["?"] * 8])
    told = import_to(channel, path, "--dry-run")
    assert not Comment.objects.exists()
    assert not FileImport.objects.exists()
    assert told == import_to(channel, path)
    assert (told["added"], len(told["refused"])) == (60, 1)


def test_refused_lines_are_told_by_line_and_the_rest_comes_in(channel: Channel, tmp_path: Path):
    made = rows(5)
    made[1][10], made[3][4] = "31-02-2026", ""
    answer = import_to(channel, write(tmp_path / "a.csv", made))
    assert (answer["read"], answer["added"]) == (3, 3)
    assert [fault["line"] for fault in answer["refused"]] == [3, 5]
    assert all(fault["reason"] for fault in answer["refused"])


def test_nothing_readable_is_exit_code_one(channel: Channel, tmp_path: Path):
    made = rows(2)
    made[0][10] = made[1][10] = "i går"
    with pytest.raises(SystemExit) as ended:
        import_to(channel, write(tmp_path / "a.csv", made))
    assert ended.value.code == 1


def test_columns_under_other_names_are_mapped(channel: Channel, tmp_path: Path):
    path = write(
        tmp_path / "a.csv",
        [["1", "Hej", "2026-01-02 10:00", "Ane"]],
        ("nr", "hvad", "da", "hvem"),
        delimiter=";",
        encoding="cp1252",
    )
    answer = import_to(channel, path, "--map", "comment_id=nr", "text=hvad", "time=da")
    assert answer["added"] == 1
    assert Comment.objects.get().text == "Hej"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--channel", "nix"], "byen.*add_channel"),
        ([], "--channel"),
        (["--channel", "byen", "--map", "text"], "text=Kommentar"),
        (["--channel", "byen", "--map", "text=findes ikke"], "findes ikke"),
        (["--resume", "nix"], "."),
    ],
)
def test_a_wrong_command_says_what_to_write(
    channel: Channel, tmp_path: Path, arguments: list[str], says: str
):
    path = write(tmp_path / "a.csv", rows(1))
    with pytest.raises(CommandError, match=f"(?s){says}"):
        command(path, *arguments)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 500,
        b"%PDF-1.7",
        b"<!doctype html><html>facebook</html>",
        b"[1,2",
        b"PK\x03\x04" + b"x" * 99,
        b"comment_id,text,time\n",
        b"a,b\n1,2\n",
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_in_words(
    channel: Channel, tmp_path: Path, content: bytes
):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises((CommandError, SystemExit)):
        import_to(channel, path)
    assert not Comment.objects.exists()
    assert not FileImport.objects.filter(state=ImportState.RUNNING).exists()


def test_a_missing_file_is_said(channel: Channel, tmp_path: Path):
    with pytest.raises(CommandError):
        import_to(channel, tmp_path / "nowhere.csv")


def test_hostile_cells_are_kept_as_text(channel: Channel, tmp_path: Path):
    texts = ["=HYPERLINK(1)", "😀" * 50, "\u202eomvendt", "<script>alert(1)</script>", "a" * 90_000]
    made = rows(len(texts))
    for row, text in zip(made, texts, strict=True):
        row[9] = text
    assert import_to(channel, write(tmp_path / "a.csv", made))["added"] == len(texts)
    kept = Comment.objects.order_by("written_at").values_list("text", flat=True)
    assert list(kept) == texts


def test_a_file_damaged_far_down_keeps_what_came_before(channel: Channel, tmp_path: Path):
    path = tmp_path / "a.json"
    posts = [{"timestamp": 1735689600 + n, "data": [{"post": f"Hej {n}"}]} for n in range(30)]
    path.write_text(json.dumps(posts)[:-40])
    with pytest.raises(CommandError):
        import_to(channel, path)
    assert Post.objects.count() >= 25
    assert FileImport.objects.get().state == ImportState.FAILED


def test_an_import_that_was_stopped_goes_on_where_it_was(
    channel: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    whole, other = rows(90), ChannelFactory(slug="anden")
    import_to(other, write(tmp_path / "b.csv", whole))
    path = write(tmp_path / "a.csv", whole)
    monkeypatch.setattr(run, "LETTERS", 150)
    left = [3]

    def stop() -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt

    monkeypatch.setattr(run, "COMMITTED", stop)
    with pytest.raises(KeyboardInterrupt):
        import_to(channel, path)
    stopped = FileImport.objects.get(channel=channel)
    assert 0 < stopped.read < 90
    answer = command("--resume", stopped.public_id)
    assert answer == {"read": 90, "added": 90, "updated": 0, "unchanged": 0, "refused": []}
    assert everything(channel) == everything(other)
    with pytest.raises(CommandError):
        command("--resume", stopped.public_id)


def test_a_file_that_changed_meanwhile_is_not_gone_on_with(channel: Channel, tmp_path: Path):
    path = write(tmp_path / "a.csv", rows(5))
    import_to(channel, path)
    FileImport.objects.update(state=ImportState.FAILED, finished_at=None)
    path.write_text(",".join(COLUMNS))
    with pytest.raises(CommandError):
        command("--resume", FileImport.objects.get().public_id)


def test_an_import_leaves_a_trail_without_what_was_said(channel: Channel, tmp_path: Path):
    import_to(channel, write(tmp_path / "a.csv", rows(5)))
    done = Event.objects.filter(what__startswith="import.").order_by("pk")
    assert [event.what for event in done] == [
        "import.chosen",
        "import.started",
        "import.finished",
    ]
    assert done.last().detail["added"] == 5

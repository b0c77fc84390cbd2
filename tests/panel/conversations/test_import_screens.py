"""A file on its way in, step by step, as a clerk sees it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panel.accounts.models import User
from panel.channels.models import Channel, Kind
from panel.conversations.models import Comment, FileImport, ImportFault, ImportState
from panel.conversations.retention import drop_old_files
from panel.core.clock import now
from panel.jobs.worker import drain
from tests.conftest import SignedIn
from tests.factories.conversations import ChannelFactory
from tests.panel.conversations.files import rows, write

pytestmark = pytest.mark.django_db

DANISH = (
    "Kommentar ID;Skrevet;Tekst;Forfatter ID;Navn;Opslag ID\r\n"
    "k1;01-11-2025 08:30;Lygten på Duevej er ude; u1;Bjørn Ågesen;o1\r\n"
    "k2;31-02-2025 08:30;Forkert dag;u2;Åse;o1\r\n"
    "k3;02-11-2025 08:30;=SUM(A1)  010190-1234;u2;Åse;o1\r\n"
)


@pytest.fixture
def channel() -> Channel:
    return ChannelFactory(slug="byen", name="Byens side")


@pytest.fixture
def browser(clerk: User, signed_in: SignedIn) -> Client:
    return signed_in(clerk)


def upload(browser: Client, channel: Channel, content: bytes, name: str = "nov.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post("/admin/imports/new/", {"channel": channel.pk, "file": file})


def chosen(browser: Client, channel: Channel) -> FileImport:
    upload(browser, channel, DANISH.replace("ude; u1", '"ude"; u1').encode("cp1252"))
    return FileImport.objects.get()


def kept() -> set[Path]:
    """The files in the uploads' folder."""
    return set((Path(settings.UPLOAD_ROOT) / "imports").glob("*"))


def page(browser: Client, file_import: FileImport, part: str = "") -> str:
    answer = browser.get(f"/admin/imports/{file_import.public_id}/{part}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def push(browser: Client, file_import: FileImport, button: str) -> FileImport:
    answer = browser.post(f"/admin/imports/{file_import.public_id}/{button}/")
    assert answer.status_code == 302
    file_import.refresh_from_db()
    return file_import


def checked(browser: Client, channel: Channel) -> FileImport:
    file_import = chosen(browser, channel)
    form = browser.get(f"/admin/imports/{file_import.public_id}/columns/").context["form"]
    fields = {name: form[name].value() for name in form.fields}
    answer = browser.post(f"/admin/imports/{file_import.public_id}/columns/", fields)
    assert answer.status_code == 302
    drain()
    file_import.refresh_from_db()
    return file_import


def test_a_danish_excel_file_is_understood_and_shown(browser: Client, channel: Channel):
    file_import = chosen(browser, channel)
    shown = page(browser, file_import, "columns/")
    assert "Bjørn Ågesen" in shown
    assert "010190-1234" not in shown
    assert file_import.guess["mapping"]["comment_id"] == "Kommentar ID"
    assert file_import.file.is_relative_to(settings.UPLOAD_ROOT)


def test_a_check_counts_and_names_lines_and_writes_nothing(browser: Client, channel: Channel):
    file_import = checked(browser, channel)
    assert file_import.state == ImportState.CHECKED
    assert file_import.counts == {
        "read": 2,
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
    }
    assert "31-02-2025" in page(browser, file_import)
    assert not Comment.objects.exists()


def test_started_it_comes_in_and_the_page_tells(browser: Client, channel: Channel):
    file_import = push(browser, checked(browser, channel), "start")
    assert file_import.state == ImportState.RUNNING
    assert "<progress" in page(browser, file_import)
    drain()
    file_import.refresh_from_db()
    assert (file_import.state, file_import.added) == (ImportState.DONE, 2)
    assert "/admin/threads/" in page(browser, file_import)
    assert Comment.objects.count() == 2


def test_the_state_is_told_to_the_page_that_watches(browser: Client, channel: Channel):
    file_import = push(browser, checked(browser, channel), "start")
    state = browser.get(f"/admin/imports/{file_import.public_id}/state/").json()
    assert (state["state"], state["moving"], state["stalled"]) == ("running", True, False)
    assert state["lines"] >= state["position"] >= 0


def test_corrected_columns_are_remembered_for_the_next_file(browser: Client, channel: Channel):
    first = chosen(browser, channel)
    form = browser.get(f"/admin/imports/{first.public_id}/columns/").context["form"]
    fields = {name: form[name].value() for name in form.fields} | {"author_name": ""}
    browser.post(f"/admin/imports/{first.public_id}/columns/", fields)
    upload(browser, channel, DANISH.encode())
    second = FileImport.objects.latest("pk")
    form = browser.get(f"/admin/imports/{second.public_id}/columns/").context["form"]
    assert form["author_name"].value() == ""
    assert form["text"].value() == "Tekst"


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": "Navn"}, {"text": "findes ikke"}, {"comment_id": ""}]
)
def test_columns_that_make_no_sense_are_said(
    browser: Client, channel: Channel, wrong: dict[str, str]
):
    file_import = chosen(browser, channel)
    address = f"/admin/imports/{file_import.public_id}/columns/"
    form = browser.get(address).context["form"]
    fields = {name: form[name].value() for name in form.fields} | wrong
    answer = browser.post(address, fields)
    assert answer.status_code == 422
    file_import.refresh_from_db()
    assert file_import.state == ImportState.EXAMINED


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01" * 400, b"%PDF-1.4", b"<html>posts</html>", b"PK\x03\x04" + b"z" * 50],
)
def test_a_file_that_is_none_of_ours_is_said_and_not_kept(
    browser: Client, channel: Channel, content: bytes
):
    before = kept()
    answer = upload(browser, channel, content)
    assert answer.status_code == 422
    assert not FileImport.objects.exists()
    assert kept() == before


def test_a_file_that_is_too_large_is_said(browser: Client, channel: Channel, settings: Any):
    settings.IMPORT_MAX_BYTES = 10
    assert upload(browser, channel, DANISH.encode()).status_code == 422
    assert not FileImport.objects.exists()


def test_a_channel_that_takes_no_files_is_not_offered(browser: Client, channel: Channel):
    site = ChannelFactory(kind=Kind.SITE, name="Vores side")
    assert "Vores side" not in browser.get("/admin/imports/new/").content.decode()
    assert upload(browser, site, DANISH.encode()).status_code == 422


def test_without_a_channel_the_page_shows_the_way(browser: Client):
    assert "/admin/channels/new/" in browser.get("/admin/imports/new/").content.decode()


def test_cancelled_it_stops_and_can_go_on(browser: Client, channel: Channel):
    file_import = push(browser, checked(browser, channel), "start")
    push(browser, file_import, "cancel")
    drain()
    file_import.refresh_from_db()
    assert (file_import.state, Comment.objects.count()) == (ImportState.CANCELLED, 0)
    push(browser, file_import, "go-on")
    drain()
    file_import.refresh_from_db()
    assert (file_import.state, file_import.added) == (ImportState.DONE, 2)


def test_an_import_that_stopped_moving_can_go_on(browser: Client, channel: Channel):
    file_import = push(browser, checked(browser, channel), "start")
    FileImport.objects.update(touched_at=now() - timedelta(minutes=5))
    assert "go-on/" in page(browser, file_import)
    push(browser, file_import, "go-on")
    drain()
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("button", ["start", "go-on", "cancel"])
def test_a_button_pressed_too_late_changes_nothing(browser: Client, channel: Channel, button: str):
    file_import = push(browser, checked(browser, channel), "start")
    drain()
    push(browser, file_import, button)
    assert file_import.state == ImportState.DONE


def test_refused_lines_come_as_a_table_without_formulas(browser: Client, channel: Channel):
    file_import = checked(browser, channel)
    ImportFault.objects.create(
        file_import=file_import,
        line=9,
        code="time_unreadable",
        column="=cmd()",
        values={"value": "x"},
    )
    answer = browser.get(f"/admin/imports/{file_import.public_id}/faults/")
    table = answer.content.decode("utf-8-sig")
    assert "attachment" in answer["Content-Disposition"]
    assert "9;'=cmd();" in table
    assert table.count("\r\n") == 3


def test_a_facebook_export_needs_no_columns(browser: Client, channel: Channel):
    posts = b'[{"timestamp": 1735689600, "data": [{"post": "Hej"}]}]'
    answer = upload(browser, channel, posts, "profile_posts_1.json")
    file_import = FileImport.objects.get()
    assert answer.headers["Location"].endswith(f"/admin/imports/{file_import.public_id}/")
    drain()
    assert "start/" in page(browser, file_import)


def test_the_list_shows_what_came_in(browser: Client, channel: Channel):
    checked(browser, channel)
    assert "nov.csv" in browser.get("/admin/imports/").content.decode()


def test_files_go_some_days_after_their_last_use(browser: Client, channel: Channel):
    file_import = checked(browser, channel)
    path = file_import.file
    assert drop_old_files() == 0
    with time_machine.travel(now() + timedelta(days=settings.IMPORT_FILE_DAYS + 1)):
        assert drop_old_files() == 1
        assert drop_old_files() == 0
    file_import.refresh_from_db()
    assert not path.exists()
    assert (file_import.state, file_import.guess["samples"]) == (ImportState.CANCELLED, [])
    assert not ImportFault.objects.exists()
    push(browser, file_import, "start")
    assert file_import.state == ImportState.CANCELLED


def test_a_thousand_faults_are_kept_and_all_are_counted(
    browser: Client, channel: Channel, tmp_path: Path
):
    made = rows(1200)
    for row in made:
        row[10] = "i går"
    path = write(tmp_path / "a.csv", made)
    upload(browser, channel, path.read_bytes())
    file_import = FileImport.objects.get()
    form = browser.get(f"/admin/imports/{file_import.public_id}/columns/").context["form"]
    fields = {name: form[name].value() for name in form.fields}
    browser.post(f"/admin/imports/{file_import.public_id}/columns/", fields)
    drain()
    file_import.refresh_from_db()
    assert (file_import.refused, file_import.faults.count()) == (1200, 1000)
    assert "start/" not in page(browser, file_import)


PAGES = ["", "new/", "{id}/", "{id}/columns/", "{id}/state/", "{id}/faults/"]


@pytest.mark.parametrize("part", PAGES)
@pytest.mark.parametrize("who", ["editor", "specialist", "analyst", "member"])
def test_nobody_else_sees_imports(
    browser: Client,
    channel: Channel,
    signed_in: SignedIn,
    request: pytest.FixtureRequest,
    part: str,
    who: str,
):
    file_import = chosen(browser, channel)
    other = signed_in(request.getfixturevalue(who))
    answer = other.get(f"/admin/imports/{part.format(id=file_import.public_id)}")
    assert answer.status_code in (302, 403)
    assert "imports" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("button", ["start", "go-on", "cancel", "columns"])
def test_nobody_else_pushes_buttons(
    browser: Client, channel: Channel, editor: User, signed_in: SignedIn, button: str
):
    file_import = checked(browser, channel)
    signed_in(editor).post(f"/admin/imports/{file_import.public_id}/{button}/")
    file_import.refresh_from_db()
    assert file_import.state == ImportState.CHECKED


def test_an_administrator_imports_too(channel: Channel, administrator: User, signed_in: SignedIn):
    assert upload(signed_in(administrator), channel, DANISH.encode()).status_code == 302

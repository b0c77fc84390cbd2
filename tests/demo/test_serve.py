"""Serving the demo: its stamp, its address, and its processes."""

from __future__ import annotations

import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo import crew as crews
from demo import ready, serve
from demo.crew import Child, Crew
from demo.ready import Stamp
from run import Refused

LOCALHOST = "127.0.0.1"


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


# --- What need not be done again ------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a lock, a migration and a database, filled with 500 comments."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "panel/audit/migrations").mkdir(parents=True)
    (tmp_path / "panel/audit/migrations/0001_event.py").write_text("first")
    (tmp_path / "requirements.lock").write_text("django==5")
    (tmp_path / "var").mkdir()
    (tmp_path / "var/medspil.sqlite3").write_text("rows")
    filled = {"edition": ready.EDITION, "comments": 500}
    Stamp(tmp_path, ready.schema(tmp_path), filled).write()
    return tmp_path


def test_a_filled_demo_is_left_alone(project: Path):
    stamp = Stamp.read(project)
    assert stamp.has_schema()
    assert stamp.has_content({})
    assert stamp.has_content({"comments": 500})


def test_other_numbers_ask_for_another_filling(project: Path):
    assert not Stamp.read(project).has_content({"comments": 9000})
    assert not Stamp.read(project).has_content({"seed": 2})


def test_another_edition_asks_for_another_filling(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ready, "EDITION", ready.EDITION + 1)
    assert not Stamp.read(project).has_content({})


@pytest.mark.parametrize("changed", ["panel/audit/migrations/0002_more.py", "requirements.lock"])
def test_a_new_migration_or_package_asks_for_migrate_and_keeps_what_is_filled(
    project: Path, changed: str
):
    (project / changed).write_text("second")
    stamp = Stamp.read(project)
    assert not stamp.has_schema()
    assert stamp.has_content({})


@pytest.mark.parametrize("file", ["var/medspil.sqlite3", "var/demo.json"])
def test_without_its_database_or_itself_a_stamp_says_nothing(project: Path, file: str):
    (project / file).unlink()
    stamp = Stamp.read(project)
    assert not stamp.has_schema()
    assert not stamp.has_content({})


def test_a_stamp_does_not_speak_of_an_empty_file_with_the_number_of_the_old_one(project: Path):
    (project / "var/medspil.sqlite3").write_text("")
    assert not Stamp.read(project).has_schema()
    assert not Stamp.read(project).has_content({})


def test_a_stamp_speaks_of_one_database_only(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://medspil:secret@127.0.0.1/medspil")
    assert not Stamp.read(project).has_schema()
    Stamp(project, "schema").write()
    assert "secret" not in (project / "var/demo.json").read_text()


@pytest.mark.parametrize("content", ["", "[]", '{"schema": 3}', '{"database": '])
def test_a_spoilt_stamp_says_nothing(project: Path, content: str):
    (project / "var/demo.json").write_text(content)
    assert not Stamp.read(project).has_schema()


# --- The address ----------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_named_with_another_to_try():
    with socket.socket() as taken:
        taken.bind((LOCALHOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=rf"Port {port} is taken.*--port {port + 1}"):
            serve.make_sure_port_is_free(LOCALHOST, port)
    serve.make_sure_port_is_free(LOCALHOST, port)


@pytest.mark.parametrize(
    ("host", "port"), [("192.0.2.77", 8000), ("no such host", 8000), (LOCALHOST, 99_999)]
)
def test_an_address_that_cannot_be_is_refused_in_a_sentence(host: str, port: int):
    with pytest.raises(Refused, match=r"is no address of this machine|cannot be used"):
        serve.make_sure_port_is_free(host, port)


def test_the_address_told_is_the_one_links_are_made_with(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    environ, site = serve.environment(LOCALHOST, 8123)
    assert environ["SITE_URL"] == site == "http://127.0.0.1:8123"
    assert environ["DJANGO_SETTINGS_MODULE"] == "config.settings.demo"
    assert serve.environment("::1", 8123)[1] == "http://[::1]:8123"


@pytest.mark.allow_hosts([LOCALHOST, "192.0.2.1"])
def test_open_to_the_network_it_is_known_by_an_address_others_can_use():
    environ, site = serve.environment("0.0.0.0", 8123)
    assert "0.0.0.0" not in site
    assert site.split("//")[1].split(":")[0] in environ["ALLOWED_HOSTS"].split(",")


# --- The processes --------------------------------------------------------------------------------


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew(dict(os.environ))
    yield crew
    crew.stop()


def test_a_worker_that_dies_is_started_again(crew: Crew, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crews, "LONGEST_PAUSE_SECONDS", 0)
    worker = Child("worker", python("import time; time.sleep(60)"))
    first = crew.start(worker)
    crew.keep_up(worker)
    assert worker.process is first
    first.kill()
    first.wait()

    def is_another() -> bool:
        crew.keep_up(worker)
        return worker.process is not None and worker.process.pid != first.pid

    wait_for(is_another)


def test_a_worker_that_keeps_dying_is_given_longer_and_longer_pauses(
    crew: Crew, capfd: pytest.CaptureFixture[str]
):
    worker = Child("worker", python(""))
    for falls, pause in ((1, 2), (2, 4), (3, 8)):
        crew.start(worker).wait()
        crew.keep_up(worker)
        assert worker.falls == falls
        assert f"starting it again in {pause} s" in capfd.readouterr().err
        crew.keep_up(worker)
        assert worker.process is None


def test_stopping_ends_everything_even_what_does_not_listen(
    crew: Crew, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(crews, "STOP_SECONDS", 1)
    deaf = (
        "import pathlib, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(tmp_path / 'ready')!r}).touch(); time.sleep(60)"
    )
    processes = [
        crew.start(Child("polite", python("import time; time.sleep(60)"))),
        crew.start(Child("deaf", python(deaf))),
    ]
    wait_for((tmp_path / "ready").exists)
    crew.stop()
    assert [process.returncode for process in processes] == [-signal.SIGTERM, -signal.SIGKILL]


def test_a_step_that_fails_names_itself(crew: Crew, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crews, "MANAGE", python("raise SystemExit(3)"))
    with pytest.raises(Refused, match="Filling the demo did not work"):
        crew.finish("Filling the demo", "demo")


@pytest.fixture
def answering() -> Iterator[Callable[[int], int]]:
    """Makes a web server that answers everything with a status; gives its port."""
    servers = []

    def start(status: int) -> int:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.end_headers()

            def log_message(self, *words: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer((LOCALHOST, 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return int(server.server_address[1])

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def running(crew: Crew) -> subprocess.Popen[bytes]:
    return crew.start(Child("web server", python("import time; time.sleep(60)")))


@pytest.mark.parametrize("status", [200, 302, 404])
def test_a_front_page_that_answers_is_ready(
    answering: Callable[[int], int], running: subprocess.Popen[bytes], status: int
):
    serve.wait_until_it_answers(running, LOCALHOST, answering(status))


def test_a_front_page_that_breaks_is_said_at_once(
    answering: Callable[[int], int], running: subprocess.Popen[bytes]
):
    with pytest.raises(Refused, match=r"answers with an error \(500\)"):
        serve.wait_until_it_answers(running, LOCALHOST, answering(500))


def test_a_web_server_that_ends_is_not_waited_for(crew: Crew):
    ended = crew.start(Child("web server", python("")))
    with pytest.raises(Refused, match="did not come up"):
        serve.wait_until_it_answers(ended, LOCALHOST, 9)

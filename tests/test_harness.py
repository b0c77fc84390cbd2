"""The harness behind ``run.py test``: counting, the throw-away PostgreSQL, and what is left out."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.harness import __main__ as harness
from tests.harness import machine, programs, suites
from tests.harness.cluster import DatabaseFailed, cluster
from tests.harness.programs import own_environment
from tests.harness.results import Counts, Outcome, State, counted, table

ROOT = Path(__file__).resolve().parent.parent
binaries = machine.find_postgres()
needs_postgres = pytest.mark.skipif(binaries is None, reason="PostgreSQL is not installed")


# --- Counting -------------------------------------------------------------------------------------

# A pytest inside this one knows neither our settings nor our plugins.
WITHOUT_THE_PROJECT = ("-c", os.devnull, "--disable-plugin-autoload", "-p", "xdist.plugin")
EVERY_WAY_TO_END = """
import pytest

def test_passes(): pass
def test_fails(): assert False
def test_skips(): pytest.skip("not here")
@pytest.mark.xfail
def test_fails_as_expected(): assert False
@pytest.fixture
def broken(): raise OSError
def test_never_starts(broken): pass
@pytest.fixture
def leaky():
    yield
    raise OSError
def test_fails_when_tidying_up(leaky): pass
@pytest.mark.parametrize("number", range(3))
def test_many(number): pass
"""


@pytest.mark.parametrize("processes", ["0", "2"])
def test_counts_are_what_pytest_says(tmp_path: Path, processes: str):
    (tmp_path / "test_all.py").write_text(EVERY_WAY_TO_END)
    words = ["-m", "pytest", *WITHOUT_THE_PROJECT, "-q", "-n", processes, "--junitxml=report.xml"]
    said = subprocess.run([sys.executable, *words], cwd=tmp_path, capture_output=True, text=True)
    counts = counted(tmp_path / "report.xml")
    # pytest calls the test that breaks in its teardown passed, and the teardown an error.
    assert "1 failed, 5 passed, 1 skipped, 1 xfailed, 2 errors" in said.stdout
    assert counts.failed == 3
    assert counts.skipped == 2
    assert counts.passed in (4, 5)


@pytest.mark.parametrize("content", [None, "", "<testsuites><testsuite tests='3'"])
def test_a_report_that_is_missing_or_cut_off_counts_nothing(tmp_path: Path, content: str | None):
    report = tmp_path / "report.xml"
    if content is not None:
        report.write_text(content)
    assert counted(report) == Counts()


def test_the_sum_is_in_the_form_machines_read():
    assert str(Counts(3, 1)) == "3 passed, 1 failed"
    assert str(Counts(3, 1) + Counts(1, 0, 2)) == "4 passed, 1 failed, 2 skipped"


def test_the_table_shows_time_counts_and_reasons():
    lines = table(
        [
            Outcome("tests on SQLite", State.OK, 75.2, Counts(10)),
            Outcome("tests on PostgreSQL", State.SKIPPED, note="PostgreSQL is not installed"),
        ]
    ).splitlines()
    assert lines[0].split() == [
        "tests",
        "on",
        "SQLite",
        "ok",
        "1:15",
        "10",
        "passed,",
        "0",
        "failed",
    ]
    assert lines[1].endswith("skipped    0:00  PostgreSQL is not installed")


# --- Running --------------------------------------------------------------------------------------


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> suites.Suite:
    """A suite of one passing test."""
    monkeypatch.setattr(suites, "REPORTS", tmp_path)
    (tmp_path / "test_one.py").write_text("def test_one(): pass\n")
    return suites.Suite("tiny", (*WITHOUT_THE_PROJECT, str(tmp_path)), parallel=False)


def last_line(capfd: pytest.CaptureFixture[str]) -> str:
    return capfd.readouterr().out.splitlines()[-1]


def test_a_good_run_ends_well(tiny: suites.Suite, capfd: pytest.CaptureFixture[str]):
    assert harness.run_all(False, [tiny]) == 0
    assert last_line(capfd) == "1 passed, 0 failed"


def test_every_part_runs_and_one_failure_fails_the_run(
    tiny: suites.Suite, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    (tmp_path / "test_two.py").write_text("def test_two(): assert 1 == 2\n")
    assert harness.run_all(False, [tiny, tiny]) == 1
    assert last_line(capfd) == "2 passed, 2 failed"


def test_two_at_once_speak_one_after_the_other(
    tiny: suites.Suite, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    """The first goes on until the second has begun, and the other way round: neither waits."""
    waits = (
        "import pathlib, time\ndef test_{0}():\n    print('here is {0}')\n"
        "    here = pathlib.Path(__file__).parent; (here / '{0}').touch()\n"
        "    while not (here / '{1}').exists(): time.sleep(0.01)\n"
    )
    both = []
    for name, awaited in (("a", "b"), ("b", "a")):
        (tmp_path / f"test_{name}.py").write_text(waits.format(name, awaited))
        folders = (*WITHOUT_THE_PROJECT, "-s", str(tmp_path / f"test_{name}.py"))
        both.append(dataclasses.replace(tiny, name=f"suite {name}", folders=folders))
    first, second = both
    assert harness.run_all(False, [(first, second)]) == 0
    said = capfd.readouterr().out
    assert said.splitlines()[-1] == "2 passed, 0 failed"
    heads = [said.index(words) for words in ("== suite a", "here is a", "== suite b", "here is b")]
    assert heads == sorted(heads)


def test_one_that_cannot_start_does_not_keep_the_other_back(
    tiny: suites.Suite, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    def missing() -> Path:
        raise machine.Missing("PostgreSQL is not installed")

    monkeypatch.setattr(machine, "postgres", missing)
    monkeypatch.setattr(harness, "IN_CI", False)
    other = dataclasses.replace(tiny, name="other", postgres=True)
    assert harness.run_all(False, [(tiny, other)]) == 0
    assert last_line(capfd) == "1 passed, 0 failed, 1 skipped"


def test_a_run_without_tests_is_a_failure(
    tiny: suites.Suite, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    (tmp_path / "test_one.py").unlink()
    assert harness.run_all(False, [tiny]) == 1
    assert last_line(capfd) == "0 passed, 1 failed"


def test_a_run_that_crashes_is_a_failure(
    tiny: suites.Suite, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    (tmp_path / "test_one.py").write_text("import os\ndef test_one(): os.kill(os.getpid(), 9)\n")
    assert harness.run_all(False, [tiny]) == 1
    assert last_line(capfd) == "0 passed, 1 failed"


def test_paths_among_the_words_replace_the_folders():
    words = suites.SQLITE.words(["tests/test_run.py::test_a_python_describes_itself", "-x"])
    assert words[4:] == ["tests/test_run.py::test_a_python_describes_itself", "-x"]
    only = ["-m", "database"]
    assert suites.SQLITE.words(["-k", "lamp"])[4:] == [*only, *suites.UNIT, "-k", "lamp"]


def test_no_test_falls_between_those_with_a_database_and_those_without():
    assert suites.SQLITE.only == suites.POSTGRES.only
    assert suites.WITHOUT.only == f"not {suites.SQLITE.only}"
    assert suites.WITHOUT.folders == suites.SQLITE.folders == suites.POSTGRES.folders


def test_what_is_missing_is_skipped_with_its_reason(
    tiny: suites.Suite, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(harness, "IN_CI", False)
    outcome = harness.left_out(tiny, machine.Missing("Chromium is not installed"))
    assert (outcome.state, outcome.note) == (State.SKIPPED, "Chromium is not installed")


def test_on_a_build_server_a_skip_is_a_failure(tiny: suites.Suite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(harness, "IN_CI", True)
    assert harness.left_out(tiny, machine.Missing("no Chromium")).state is State.FAILED


def test_a_cluster_that_does_not_start_is_a_failure_everywhere(
    tiny: suites.Suite, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(harness, "IN_CI", False)
    assert harness.left_out(tiny, DatabaseFailed("no room")).counts == Counts(failed=1)


def test_no_suite_ever_sees_the_database_of_the_shell(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://real@production/panel")
    with own_environment() as environ, ExitStack() as stack:
        seen = suites.Needs(stack).environ(suites.SQLITE, environ)
        assert seen["DATABASE_URL"].startswith(f"sqlite:///{environ['TMPDIR']}")
    assert not Path(environ["TMPDIR"]).exists()


def test_a_stopped_run_lets_its_program_tidy_up(tmp_path: Path):
    program = tmp_path / "program.py"
    program.write_text(
        "import pathlib, time\n"
        "try:\n    pathlib.Path('started').touch(); time.sleep(60)\n"
        "finally:\n    pathlib.Path('tidied').touch()\n"
    )
    runner = (
        "import os, sys; from tests.harness.programs import call, stop_on_sigterm\n"
        "stop_on_sigterm(); os.chdir(sys.argv[1]); call([sys.executable, 'program.py'], os.environ)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", runner, tmp_path], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    wait_for((tmp_path / "started").exists)
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    assert (tmp_path / "tidied").exists()


def test_who_is_stopped_while_a_program_starts_stops_it_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As when the signal comes before the program's starter knows that it runs."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def slow(*words: Any, **options: Any) -> subprocess.Popen[bytes]:
        program = popen(*words, **options)
        started.append(program)
        os.kill(os.getpid(), signal.SIGINT)
        return program

    monkeypatch.setattr(programs.subprocess, "Popen", slow)
    with pytest.raises(KeyboardInterrupt):
        programs.call([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
    assert started[0].poll() is not None


# --- The throw-away PostgreSQL --------------------------------------------------------------------


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this test's temporary folders lie, and nobody else's: others run beside it."""
    with tempfile.TemporaryDirectory(prefix="medspil-clusters-") as folder:
        # The user PostgreSQL runs as must get through to its own folder inside.
        Path(folder).chmod(0o711)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@needs_postgres
def test_a_cluster_answers_knows_danish_letters_and_leaves_nothing(place: Path):
    assert binaries
    with cluster(binaries) as url:
        with psycopg.connect(url) as connection:
            row = connection.execute(
                "SELECT lower('ÆØÅ'), current_setting('fsync'),"
                " current_setting('synchronous_commit')"
            ).fetchone()
        # Nothing waits for a disk, and what is committed outlives a process that is killed.
        assert row == ("æøå", "off", "on")
        assert len([*place.iterdir()]) == 1
    assert not answers(url)
    assert not [*place.iterdir()]


@needs_postgres
def test_a_cluster_for_measuring_is_as_careful_as_a_real_one():
    assert binaries
    with cluster(binaries, durable=True) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


@needs_postgres
def test_a_cluster_ends_when_the_run_fails(place: Path):
    assert binaries
    with pytest.raises(ZeroDivisionError), cluster(binaries) as url:
        raise ZeroDivisionError
    assert not answers(url)
    assert not [*place.iterdir()]


@needs_postgres
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_cluster_does_not_outlive_a_killed_run(place: Path):
    runner = (
        "import time; from tests.harness.machine import postgres\n"
        "from tests.harness.cluster import cluster\n"
        "with cluster(postgres()) as url: print(url, flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", runner], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout
    with process.stdout:
        url = process.stdout.readline().decode().strip()
    assert answers(url)
    process.kill()
    process.wait()
    (left,) = place.iterdir()
    wait_for(lambda: not (left / "data" / "postmaster.pid").exists())
    assert not answers(url)


@needs_postgres
def test_a_cluster_that_cannot_start_shows_its_log():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        for name in ("initdb", "postgres"):
            program = Path(folder) / name
            program.write_text("#!/bin/sh\necho no room on the disk\nexit 1\n")
            program.chmod(0o755)
        with pytest.raises(DatabaseFailed, match="no room on the disk"), cluster(Path(folder)):
            pass


def test_a_folder_without_a_server_is_no_postgres(tmp_path: Path):
    assert machine.postgres_version(tmp_path) == 0


def test_a_program_that_only_has_the_name_is_no_browser(tmp_path: Path):
    stub = tmp_path / "chromium-browser"
    stub.write_text("#!/bin/sh\necho requires the chromium snap to be installed\nexit 1\n")
    stub.chmod(0o755)
    assert not machine.starts(str(stub))
    assert not machine.starts(str(tmp_path / "nothing"))

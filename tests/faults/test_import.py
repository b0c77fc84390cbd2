"""An import that is killed again and again ends in the same rows as one that is left in peace.

``MEDSPIL_FAULTS`` is the share of the full size (20 imports killed all the way); a tenth by
default.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from panel.channels.models import Channel
from panel.conversations.actions import imports
from panel.conversations.intake import run
from panel.conversations.intake.work import import_file
from panel.conversations.models import FileImport, ImportState
from panel.jobs import faultpoints
from tests.factories.conversations import ChannelFactory
from tests.panel.conversations.files import rows, write
from tests.panel.conversations.rows import assert_kept_is_rebuilt, everything

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(1200),
]

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.1"))
ROUNDS = max(2, round(20 * SHARE))
# So often it must have died at each dangerous moment (R14).
DEATHS = max(1, round(10 * SHARE))
LINES = 900
BATCH = 40
OFTEN = "import.written:0.2,import.committed:0.2,import.finishing:0.7"
assert run  # imported, it has named its moments
POINTS = sorted(each.name for each in faultpoints.known() if each.name.startswith("import."))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that says some things twice, and not the same both times."""
    made = rows(LINES)
    draw = random.Random(2)
    again = [list(row) for row in draw.sample(made, 60)]
    for row in again[:30]:
        row[9] = f"{row[9]} (rettet)"
    return write(tmp_path / "a.csv", [*made, *again])


@pytest.fixture
def peaceful(path: Path) -> Channel:
    """What the rows should be."""
    channel = ChannelFactory(slug="fred")
    imported(channel, path)
    return channel


def started(channel: Channel, path: Path) -> FileImport:
    file_import = imports.choose_path(channel, path)
    imports.start(file_import, by=None, in_background=False)
    return file_import


def imported(channel: Channel, path: Path) -> None:
    file_import = started(channel, path)
    assert file_import.token
    import_file(file_import.pk, file_import.token, most=BATCH)


def forked(body: Callable[[], None]) -> int:
    """Run ``body`` in a process of its own; its process id."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            body()
            code = 0
        finally:
            os._exit(code)
    return pid


def was_killed(pid: int) -> bool:
    """Wait for a process; whether it ended by a kill."""
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    assert os.WEXITSTATUS(status) == 0
    return False


def work(file_import: FileImport, kill_at: str = "") -> Callable[[], None]:
    """What the process does: go on with the import, dying where it is told to."""
    key, token = file_import.pk, file_import.token
    assert token

    def body() -> None:
        random.seed()
        faultpoints.arm(kill_at)
        import_file(key, token, most=BATCH)

    return body


def survive(file_import: FileImport, go: Callable[[], int]) -> int:
    """Start it again until it ends by itself; how often it was killed."""
    kills = 0
    while was_killed(go()):
        kills += 1
        file_import.refresh_from_db()
        imports.go_on(file_import, by=None, in_background=False)
    file_import.refresh_from_db()
    return kills


def assert_same(file_import: FileImport, channel: Channel, peaceful: Channel) -> None:
    told = FileImport.objects.get(channel=peaceful)
    assert file_import.state == ImportState.DONE
    assert file_import.counts == told.counts
    assert everything(channel) == everything(peaceful)
    assert_kept_is_rebuilt(channel)


def test_killed_at_every_dangerous_moment_the_rows_are_the_same(
    path: Path, peaceful: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    log = tmp_path / "kills"
    monkeypatch.setenv("MEDSPIL_KILL_LOG", str(log))
    hits: Counter[str] = Counter()
    number = 0
    # Where it dies is a matter of luck, so it goes on until it has died everywhere.
    while number < ROUNDS or (_too_few(hits) and number < 10 * ROUNDS):
        channel = ChannelFactory(slug=f"kanal-{number}")
        file_import = started(channel, path)
        survive(file_import, lambda it=file_import: forked(work(it, OFTEN)))
        assert_same(file_import, channel, peaceful)
        hits = Counter(log.read_text().split()) if log.exists() else Counter()
        number += 1
    assert sorted(hits) == POINTS
    assert not _too_few(hits)
    assert sum(hits.values()) >= 4 * ROUNDS


def _too_few(hits: Counter[str]) -> bool:
    return any(hits[point] < DEATHS for point in POINTS)


def test_killed_at_any_time_the_rows_are_the_same(path: Path, peaceful: Channel):
    """Killed within half the time it takes in peace here, so that a fast machine kills too."""
    begun = time.monotonic()
    imported(ChannelFactory(slug="ur"), path)
    half = (time.monotonic() - begun) / 2

    draw, kills, number = random.Random(), 0, 0
    while number < ROUNDS or (kills < ROUNDS and number < 10 * ROUNDS):
        channel = ChannelFactory(slug=f"kanal-{number}")
        file_import = started(channel, path)

        def go(file_import: FileImport = file_import) -> int:
            pid = forked(work(file_import))
            time.sleep(draw.uniform(0, half))
            os.kill(pid, signal.SIGKILL)
            return pid

        kills += survive(file_import, go)
        assert_same(file_import, channel, peaceful)
        number += 1
    assert kills >= ROUNDS


def test_killed_and_run_from_the_start_nothing_is_doubled(path: Path, peaceful: Channel):
    for number in range(ROUNDS):
        channel = ChannelFactory(slug=f"kanal-{number}")
        for _time in range(3):
            file_import = started(channel, path)
            was_killed(forked(work(file_import, "import.*:0.15")))
        imported(channel, path)
        assert everything(channel) == everything(peaceful)
        assert_kept_is_rebuilt(channel)


def test_who_lost_an_import_writes_nothing_more(path: Path, peaceful: Channel):
    channel = ChannelFactory(slug="kanal")
    file_import = started(channel, path)
    late = work(file_import)
    imports.go_on(file_import, by=None, in_background=False)
    assert not was_killed(forked(late))
    file_import.refresh_from_db()
    assert (file_import.state, file_import.read) == (ImportState.RUNNING, 0)
    assert not was_killed(forked(work(file_import)))
    file_import.refresh_from_db()
    assert_same(file_import, channel, peaceful)


def test_two_at_once_on_one_channel_end_as_one_after_the_other(path: Path, peaceful: Channel):
    channel = ChannelFactory(slug="kanal")
    both = [started(channel, path), started(channel, path)]
    pids = [forked(work(file_import)) for file_import in both]
    assert [was_killed(pid) for pid in pids] == [False, False]
    assert everything(channel) == everything(peaceful)
    assert_kept_is_rebuilt(channel)

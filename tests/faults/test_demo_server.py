"""``run.py demo`` as somebody meets it: up, up again at once, hurt, and gone without trace."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo.crew import ROOT
from demo.ready import Stamp
from demo.world import FEWEST_COMMENTS, STAFF
from tests.harness import migrated
from tests.harness.cluster import free_port

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(600),
    pytest.mark.skipif(migrated.TEMPLATE in os.environ, reason="the demo runs on SQLite"),
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def status(port: int) -> int:
    """How the front page answers; 0 when nobody does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def processes(folder: Path) -> dict[int, str]:
    """What runs with our folder in its environment: process id and command line."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        # Others' processes may not be read, and any may be gone by now.
        with contextlib.suppress(OSError):
            environ, words, stat = (
                (entry / name).read_bytes() for name in ("environ", "cmdline", "stat")
            )
            alive = stat.rpartition(b")")[2].split()[0] != b"Z"
            if alive and str(folder).encode() in environ:
                found[int(entry.name)] = words.replace(b"\0", b" ").decode(errors="replace")
    return found


@dataclass
class Demo:
    """A demo on its own database and port, with what it says kept in a file."""

    folder: Path
    port: int
    environ: dict[str, str]

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text()

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, and wait until it says that it is ready."""
        words = ["-m", "demo.serve", f"--port={self.port}", f"--comments={FEWEST_COMMENTS}"]
        with (self.folder / "said").open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, env=self.environ, stdout=said, stderr=said
            )
        wait_for(lambda: "Ctrl-C stops it" in self.said or process.poll() is not None, 400)
        assert process.poll() is None, self.said
        return process

    def workers(self) -> set[int]:
        return {number for number, words in processes(self.folder).items() if "work " in words}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copyfile(migrated.original(), folder / "demo.sqlite3")
    environ = dict(
        os.environ,
        DATABASE_URL=f"sqlite:///{folder}/demo.sqlite3",
        MEDIA_ROOT=str(folder / "media"),
        UPLOAD_ROOT=str(folder / "uploads"),
        OBJECTION_LOG=str(folder / "objections.log"),
    )
    for name in ("DJANGO_SETTINGS_MODULE", "SITE_URL", "ALLOWED_HOSTS"):
        environ.pop(name, None)
    yield Demo(folder, free_port(), environ)
    for number in processes(folder):
        os.kill(number, signal.SIGKILL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", environ["DATABASE_URL"])
        Stamp(ROOT).path.unlink(missing_ok=True)


def test_the_demo_lives_through_a_hard_day(demo: Demo):
    # The first start fills, answers, and names who may come in.
    process = demo.start()
    assert "Filling the demo municipality" in demo.said
    assert status(demo.port) == 200
    assert len(re.findall(r"@\w+\.example", demo.said)) == len(STAFF)
    assert "a story goes live by itself" in demo.said

    # A worker that is killed is replaced, and the site goes on.
    wait_for(demo.workers)
    before = demo.workers()
    for number in before:
        os.kill(number, signal.SIGKILL)
    wait_for(lambda: demo.workers() - before)
    assert "The worker has ended; starting it again" in demo.said
    assert status(demo.port) == 200

    # SIGTERM ends everything in order.
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert processes(demo.folder) == {}
    assert status(demo.port) == 0

    # The second start does nothing twice, but for the story that goes live soon.
    process = demo.start()
    assert "Filling" not in demo.said
    assert "a story goes live by itself" in demo.said
    assert "Setting up" not in demo.said
    assert status(demo.port) == 200

    # Killed without a word, it leaves nothing behind.
    process.kill()
    process.wait()
    wait_for(lambda: not processes(demo.folder))

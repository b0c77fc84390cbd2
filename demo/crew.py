"""The processes of the demo: started, kept up, and ended in order."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from run import Refused, say

ROOT = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, str(ROOT / "manage.py"))
STOP_SECONDS = 10
LONGEST_PAUSE_SECONDS = 30
A_GOOD_RUN_SECONDS = 60


def die_with_parent(by: int = signal.SIGTERM) -> None:
    """For a child about to start: get the signal ``by`` when its parent is gone, even killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, by)  # PR_SET_PDEATHSIG


@dataclass
class Child:
    """A process beside us, and how often in a row it ended soon after its start."""

    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    again_at: float = 0.0


@dataclass
class Crew:
    """Everything we started. Out of reach of the terminal's Ctrl-C, so that we end it in order."""

    environ: dict[str, str]
    children: list[Child] = field(default_factory=list)

    def start(self, child: Child) -> subprocess.Popen[bytes]:
        """Start or restart one."""
        if child not in self.children:
            self.children.append(child)
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            child.words,
            env=self.environ,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        return child.process

    def finish(self, name: str, *words: str) -> None:
        """Run a step of manage.py to its end; raises Refused when it fails."""
        step = Child(name, (*MANAGE, *words))
        if self.start(step).wait() != 0:
            raise Refused(f"{name} did not work; what went wrong is above.")
        self.children.remove(step)

    def keep_up(self, child: Child) -> None:
        """Restart ``child`` if it has ended, after a pause that grows while it keeps falling."""
        if child.process and child.process.poll() is None:
            return
        now = time.monotonic()
        if child.process:
            lasted = now - child.started
            child.falls = 0 if lasted > A_GOOD_RUN_SECONDS else child.falls + 1
            pause = min(2**child.falls, LONGEST_PAUSE_SECONDS)
            say(f"The {child.name} has ended; starting it again in {pause} s.")
            child.process, child.again_at = None, now + pause
        elif now >= child.again_at:
            self.start(child)

    def stop(self) -> None:
        """Ask all to end, the last started first, and insist after a while."""
        running = [child.process for child in reversed(self.children) if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

"""Running one program after another, with an environment that reaches nobody's real data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from types import FrameType
from typing import IO

PATIENCE_SECONDS = 20


@contextmanager
def running(
    words: Sequence[str], environ: dict[str, str], to: IO[str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs, saying what it says into ``to`` where that is given.

    When we are stopped ourselves, it is asked to stop first and gets time to tidy up after itself.
    """
    sys.stdout.flush()
    program = None
    try:
        with _heard_afterwards():
            errors = to and subprocess.STDOUT
            program = subprocess.Popen(words, env=environ, stdout=to, stderr=errors)
        yield program
    except BaseException:
        if program is not None:
            _stop(program)
        raise


def _stop(program: subprocess.Popen[bytes]) -> None:
    program.send_signal(signal.SIGINT)
    try:
        program.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


@contextmanager
def _heard_afterwards() -> Iterator[None]:
    """Who stops us inside is heard when it is done: a program that we do not know yet, though it
    runs, is one that nobody stops.
    """
    said: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [
        signal.signal(number, lambda number, _frame: said.append(number)) for number in numbers
    ]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
    if said:
        raise KeyboardInterrupt


def call(words: Sequence[str], environ: dict[str, str]) -> int:
    """Run a program to its end and answer its exit status."""
    with running(words, environ) as program:
        return program.wait()


@contextmanager
def own_environment() -> Iterator[dict[str, str]]:
    """The environment of one run: own temporary folder, own SQLite file, gone afterwards.

    ``DATABASE_URL`` is always set, so that neither a shell's nor an ``.env``'s is ever touched.
    """
    with TemporaryDirectory(prefix="medspil-", ignore_cleanup_errors=True) as folder:
        # The user PostgreSQL runs as must get through to its own folder inside.
        os.chmod(folder, 0o711)  # noqa: S103
        yield dict(
            os.environ,
            TMPDIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/medspil.sqlite3",
            PYTHONUNBUFFERED="1",
        )


def stop_on_sigterm() -> None:
    """Treat SIGTERM like Ctrl-C: what was started is stopped in the same order."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)

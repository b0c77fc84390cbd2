"""Seeing to it that the main thread notices a signal.

Python runs a signal's handler in the main thread, between two steps of its code. A signal that
arrives just before that thread falls asleep waits for it to wake up: a worker asked to stop would
finish its nap first, however long. So another thread is told of every signal at once, and wakes the
main thread until it has looked.
"""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from types import FrameType

POKE = signal.SIGUSR1
POKE_EVERY = 0.1


class Nudge:
    """Made by the main thread; another thread spends its pauses in ``wait``."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        for end in (self._read, self._write):
            os.set_blocking(end, False)
        self._ended = False
        self._unseen = False
        signal.signal(POKE, self._seen)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)

    def wait(self, seconds: float) -> bool:
        """Pause, and pass on what signals there are meanwhile. False once it has ended."""
        deadline = time.monotonic() + seconds
        while not self._ended and (left := deadline - time.monotonic()) > 0:
            pause = min(left, POKE_EVERY) if self._unseen else left
            if select.select([self._read], [], [], pause)[0]:
                numbers = set(os.read(self._read, 64))
                self._unseen |= bool(numbers - {0, POKE})
            if self._unseen:
                signal.pthread_kill(threading.main_thread().ident or 0, POKE)
        return not self._ended

    def end(self) -> None:
        """No more pauses."""
        self._ended = True
        os.write(self._write, b"\0")

    def close(self) -> None:
        """Give back what was taken. In the main thread, after ``end``."""
        signal.set_wakeup_fd(-1)
        os.close(self._read)
        os.close(self._write)

    def _seen(self, _signal: int, _frame: FrameType | None) -> None:
        """The main thread has looked: whatever came before has been handled too."""
        self._unseen = False

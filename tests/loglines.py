"""Where each process of a run, a worker that is killed too, keeps the log lines it writes."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path


class Kept(logging.Handler):
    """Writes each line to a file of this process; a forked one begins its own."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = Path(folder)

    def emit(self, record: logging.LogRecord) -> None:
        """One line, or several where an error is told; on disk before anybody can be killed."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{os.getpid()}.log").open("a", encoding="utf-8") as file:
            file.write(self.format(record) + "\n")


@dataclass
class Reader:
    """Reads on where it stopped, in all files there are by then."""

    folder: Path
    read: dict[Path, int] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """What was written since the last time."""
        return [line for path in sorted(self.folder.glob("*.log")) for line in self._new(path)]

    def _new(self, path: Path) -> list[str]:
        size = path.stat().st_size
        if size == self.read.get(path, 0):
            return []
        with path.open("rb") as file:
            file.seek(self.read.get(path, 0))
            new = file.read()
        self.read[path] = self.read.get(path, 0) + len(new)
        return new.decode(errors="replace").splitlines()

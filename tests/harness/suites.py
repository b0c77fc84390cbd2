"""The pytest runs: which folders, on which database, with what this machine must have."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.harness import machine, migrated
from tests.harness.cluster import DatabaseFailed, cluster

REPORTS = Path(".cache") / "reports"
PROCESSES = min(os.cpu_count() or 1, 8)


@dataclass(frozen=True)
class Suite:
    """One pytest run. ``share`` is the share of the fault tests' repetitions to do, ``only`` the
    markers of the tests to run, as pytest's ``-m`` has them.
    """

    name: str
    folders: tuple[str, ...]
    postgres: bool = False
    browser: bool = False
    parallel: bool = True
    share: str = "0.05"
    only: str = ""

    @property
    def report(self) -> Path:
        """Where pytest writes its counts."""
        return REPORTS / f"{self.name.replace(' ', '-').lower()}.xml"

    def words(self, more: Sequence[str] = ()) -> list[str]:
        """What to run. ``more`` are pytest's own words; a path among them replaces the folders."""
        chosen = any(Path(word.partition("::")[0]).exists() for word in more)
        words = [sys.executable, "-m", "pytest", f"--junitxml={self.report}"]
        if self.parallel and not more:
            # In order for each process: tests that really commit come last and leave the database
            # empty, and with "worksteal" one that counts on its rows may come after them.
            words += ["-n", str(PROCESSES), "--dist", "load"]
        if self.only and not chosen:
            words += ["-m", self.only]
        return [*words, *([] if chosen else self.folders), *more]


UNIT = ("tests", "--ignore=tests/journeys", "--ignore=tests/faults")
# What never asks a database is the same on both, and runs once.
WITHOUT = Suite("tests without a database", UNIT, only="not database")
SQLITE = Suite("tests on SQLite", UNIT, only="database")
POSTGRES = Suite("tests on PostgreSQL", UNIT, postgres=True, only="database")
JOURNEYS = Suite("journeys in the browser", ("tests/journeys",), browser=True)
FAULTS = Suite("faults on SQLite", ("tests/faults",), parallel=False)
FAULTS_POSTGRES = Suite("faults on PostgreSQL", ("tests/faults",), postgres=True, parallel=False)


class Needs:
    """What suites need from the machine, got once and shared by all of a run.

    A need that cannot be met raises Missing or DatabaseFailed each time, with the same reason.
    """

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._got: dict[str, str | Exception] = {}

    def _once(self, name: str, get: Callable[[], str]) -> str:
        if name not in self._got:
            try:
                self._got[name] = get()
            except (machine.Missing, DatabaseFailed) as reason:
                self._got[name] = reason
        got = self._got[name]
        if isinstance(got, Exception):
            raise got
        return got

    def postgres(self) -> str:
        """The address of a throw-away cluster, started and migrated at the first call."""

        def start() -> str:
            url = self._stack.enter_context(cluster(machine.postgres()))
            migrated.migrate(url)
            return url

        return self._once("postgres", start)

    def sqlite(self) -> str:
        """The migrated file every test database is a copy of."""
        return self._once("sqlite", lambda: str(migrated.original()))

    def chromium(self) -> str:
        """The path of a browser."""
        return self._once("chromium", machine.chromium)

    def environ(self, suite: Suite, environ: dict[str, str]) -> dict[str, str]:
        """``environ`` with what ``suite`` needs in it; raises Missing or DatabaseFailed."""
        added = {"MEDSPIL_FAULTS": suite.share}
        if suite.postgres:
            added["DATABASE_URL"] = url = self.postgres()
            added[migrated.TEMPLATE] = url.rpartition("/")[2]
        else:
            self.sqlite()
        if suite.browser:
            added["MEDSPIL_CHROMIUM"] = self.chromium()
        return {**environ, **added}

"""What came of each part, added up: a table to read and a last line for machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree


class State(StrEnum):
    """How a part ended."""

    OK = "ok"
    FAILED = "FAILED"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Counts:
    """Tests by how they ended; an error before or after a test counts as a failure."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        words = f"{self.passed} passed, {self.failed} failed"
        return f"{words}, {self.skipped} skipped" if self.skipped else words


@dataclass(frozen=True)
class Outcome:
    """One part of a run. ``note`` says why it was skipped; ``seconds`` are wall time."""

    part: str
    state: State
    seconds: float = 0.0
    counts: Counts = Counts()
    note: str = ""


def counted(report: Path) -> Counts:
    """The counts of a JUnit file as pytest writes it; none where the file is missing or cut off."""
    try:
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 - our own
    except (OSError, ElementTree.ParseError):
        return Counts()

    def total(name: str) -> int:
        return sum(int(suite.get(name, 0)) for suite in suites)

    failed, skipped = total("failures") + total("errors"), total("skipped")
    # A test that passes and then fails in its teardown is listed twice, so never below nothing.
    return Counts(max(total("tests") - failed - skipped, 0), failed, skipped)


def table(outcomes: Iterable[Outcome]) -> str:
    """The parts below each other: state, time, tests and a note."""
    rows = []
    for outcome in outcomes:
        detail = outcome.note or (str(outcome.counts) if outcome.counts != Counts() else "")
        minutes, seconds = divmod(round(outcome.seconds), 60)
        rows.append(
            f"{outcome.part:<34} {outcome.state:<8} {minutes:>3}:{seconds:02d}  {detail}".rstrip()
        )
    return "\n".join(rows)

"""What the readers hand over: a guess about the file, then a record or a fault for every line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from panel.channels.incoming import IncomingComment, IncomingPost

from .faults import Fault

Format = Literal["csv", "xlsx", "facebook", "business_suite"]


class Record(NamedTuple):
    """What one line says: at most a post, then at most a comment.

    A comment's post comes along only when it was not seen just before with the same values; so a
    reader that starts in mid-file hands it over again.
    """

    line: int
    items: tuple[IncomingPost | IncomingComment, ...]


Entry = Record | Fault


Row = tuple[int, int, list[str]]
"""A row of a table: its first and last physical line, from 1, and the cells as text."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file seems to be. Plain values only: keep it as JSON, show it, correct it, read by it.

    ``mapping`` is field -> heading. ``lines`` is about how many lines or rows there are, 0 if not
    known: good for a progress bar. ``month_first`` says that the times are American; ``rounded``
    lists the headings under which Excel has cut long ids to 15 digits. ``sheet`` is set for Excel
    files only.
    """

    format: Format
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
    columns: Sequence[str] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    samples: Sequence[Sequence[str]] = ()
    month_first: bool = False
    rounded: Sequence[str] = ()
    lines: int = 0

    def corrected(self, mapping: Mapping[str, str]) -> Guess:
        """The guess with some fields mapped otherwise; an empty heading leaves a field out."""
        merged = {**self.mapping, **mapping}
        return replace(self, mapping={name: column for name, column in merged.items() if column})

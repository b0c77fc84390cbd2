"""Reads the text sheets in ``texts/``: Danish as one writes it, not wrapped in code.

A sheet is a list of ``# name`` sections. A section holds ``key: value`` lines, then texts as ``-
text`` lines, either at once or under ``## kind`` headings. One text is one line; indented lines
below it belong to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files

TEXTS = files("demo.world") / "texts"


@dataclass(slots=True)
class Entry:
    """One text and the indented lines below it, stripped."""

    text: str
    below: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One ``#`` section: facts above, entries by kind below ("" for those without a heading)."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)

    def texts(self, kind: str = "") -> tuple[str, ...]:
        """The texts of a kind without what is below them; none where there is no such kind."""
        return tuple(entry.text for entry in self.entries.get(kind, ()))


def read_sheet(*path: str) -> dict[str, Section]:
    """The sections of ``texts/<path>.md`` by name, in order.

    A line of no known shape raises ``ValueError``.
    """
    *folders, name = path
    source = TEXTS.joinpath(*folders, f"{name}.md").read_text(encoding="utf-8")
    sections: dict[str, Section] = {}
    section, kind = Section(""), ""
    for number, line in enumerate(source.splitlines(), start=1):
        if line.startswith("# "):
            section, kind = Section(line[2:]), ""
            sections[section.name] = section
        elif line.startswith("## "):
            kind = line[3:]
        elif line:
            _take(section, kind, line, f"{name}.md:{number}")
    return sections


def _take(section: Section, kind: str, line: str, where: str) -> None:
    if line.startswith("- "):
        section.entries.setdefault(kind, []).append(Entry(line[2:]))
    elif line.startswith("  ") and kind in section.entries:
        section.entries[kind][-1].below.append(line.strip())
    else:
        key, colon, value = line.partition(":")
        if not colon or " " in key:
            raise ValueError(f"{where}: neither a heading, a text nor a fact: {line!r}")
        section.facts[key] = value.strip()


def read_lists(*path: str) -> dict[str, tuple[str, ...]]:
    """A sheet without ``##`` headings: section name to its texts."""
    return {name: section.texts() for name, section in read_sheet(*path).items()}

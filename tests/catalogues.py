"""Catalogues of words as gettext writes them, read without gettext: a fresh machine has none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LINE = re.compile(r'(?:(?P<key>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+)?(?P<words>".*")')


@dataclass(slots=True)
class Entry:
    """One message: its words, those of the plural if it has one, and what they are in Danish."""

    words: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    @property
    def msgid(self) -> str:
        """The message as the source writes it."""
        return self.words["msgid"]

    @property
    def key(self) -> str:
        """What a compiled catalogue files it under."""
        context = self.words.get("msgctxt")
        return f"{context}\x04{self.msgid}" if context else self.msgid

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The source beside each translation of it, singular first."""
        plural = self.words.get("msgid_plural")
        if plural is None:
            return [(self.msgid, self.words["msgstr"])]
        return [(self.msgid, self.words["msgstr[0]"]), (plural, self.words["msgstr[1]"])]


def read(path: Path) -> list[Entry]:
    """The messages of a ``.po`` file, without its heading and without what is obsolete."""
    return [entry for entry in _entries(path) if entry.words.get("msgid")]


def _entries(path: Path) -> Iterator[Entry]:
    entry, key = Entry(), ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif match := LINE.fullmatch(line):
            key = match["key"] or key
            entry.words[key] = entry.words.get(key, "") + ast.literal_eval(match["words"])
        elif not line.strip():
            yield entry
            entry = Entry()

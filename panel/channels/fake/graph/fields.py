"""Which fields were asked for: ``id,message,comments.limit(2){id,from{name}}`` as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from panel.channels.fake.graph.errors import Refusal

TOKEN = re.compile(r"\s*([\w]+|[.,(){}]|[^\w\s.,(){}]+)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field, what was said in brackets after it, and what is wanted of what is inside."""

    name: str
    args: tuple[tuple[str, str], ...] = ()
    inside: tuple[Field, ...] = ()

    def arg(self, name: str) -> str:
        """What was said for ``.name(…)``; empty where nothing was."""
        return dict(self.args).get(name, "")


@lru_cache(maxsize=256)
def parse(text: str) -> tuple[Field, ...]:
    """The fields of a ``fields`` parameter. Raises ``Refusal`` where it cannot be read."""
    tokens = TOKEN.findall(text)
    found = _list(tokens)
    if tokens:
        raise _unreadable(tokens)
    return found


def _list(tokens: list[str]) -> tuple[Field, ...]:
    """Fields up to a closing brace or the end; what is read is taken off ``tokens``."""
    found = []
    while tokens and tokens[0] != "}":
        found.append(_field(tokens))
        if tokens and tokens[0] == ",":
            tokens.pop(0)
    return tuple(found)


def _field(tokens: list[str]) -> Field:
    name = _word(tokens)
    args = []
    while tokens and tokens[0] == ".":
        tokens.pop(0)
        args.append((_word(tokens), _bracket(tokens)))
    inside: tuple[Field, ...] = ()
    if tokens and tokens[0] == "{":
        tokens.pop(0)
        inside = _list(tokens)
        _expect(tokens, "}")
    return Field(name, tuple(args), inside)


def _word(tokens: list[str]) -> str:
    if not tokens or not tokens[0].isidentifier():
        raise _unreadable(tokens)
    return tokens.pop(0)


def _bracket(tokens: list[str]) -> str:
    _expect(tokens, "(")
    said = ""
    while tokens and tokens[0] != ")":
        said += tokens.pop(0)
    _expect(tokens, ")")
    return said


def _expect(tokens: list[str], what: str) -> None:
    if not tokens or tokens.pop(0) != what:
        raise _unreadable(tokens)


def _unreadable(tokens: list[str]) -> Refusal:
    near = tokens[0] if tokens else "end of string"
    return Refusal(2500, f'Syntax error "Expected name" at: {near}')

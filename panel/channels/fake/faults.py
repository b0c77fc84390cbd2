"""What goes wrong: rules, asked in order for every request; the first that fires decides.

A kind says two things apart, because telling them apart is what a client cannot do: whether the
act is done, and what the client gets to see.
"""

from __future__ import annotations

import fnmatch
import random
import re
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from panel.channels.fake.exchange import Request


class Sees(StrEnum):
    """What reaches the client."""

    ANSWER = "answer"  # the true answer, if late
    ERROR = "error"  # a refusal instead of the answer
    GARBAGE = "garbage"  # 200, and nothing that can be understood
    HALF = "half"  # a part of the answer, then the connection is cut
    CUT = "cut"  # nothing; the connection is cut
    SILENCE = "silence"  # nothing, until the client gives up


class Done(StrEnum):
    """Whether the act is done, and when."""

    NO = "no"
    FIRST = "first"  # at once, whatever the client gets to see
    LATE = "late"  # after the wait, whether or not the client still listens


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to misbehave."""

    done: Done
    sees: Sees
    status: int = 200
    code: int = 0


KINDS = {
    "error_before": Kind(Done.NO, Sees.ERROR, 500, 2),
    "error_after": Kind(Done.FIRST, Sees.ERROR, 500, 2),
    "drop_before": Kind(Done.NO, Sees.CUT),
    "drop_after": Kind(Done.FIRST, Sees.CUT),
    "drop_late": Kind(Done.LATE, Sees.CUT),
    "drop_middle": Kind(Done.FIRST, Sees.HALF),
    "hang": Kind(Done.NO, Sees.SILENCE),
    "slow": Kind(Done.FIRST, Sees.ANSWER),
    "http_429": Kind(Done.NO, Sees.ERROR, 429, 4),
    "code": Kind(Done.NO, Sees.ERROR, 0, 1),
    "garbage": Kind(Done.FIRST, Sees.GARBAGE),
}


class UnknownFault(Exception):
    """No such kind, or a word that no rule has."""


@dataclass(slots=True)
class Rule:
    """When a fault fires, and with what.

    ``path`` is a shell pattern over the path without its version (``*/feed``); ``contains`` is
    looked for in the body. A rule fires for ``share`` of the requests it fits, drawn by ``seed``,
    after the first ``skip`` of them, at most ``times`` times.
    """

    kind: str
    method: str = ""
    path: str = "*"
    contains: str = ""
    share: float = 1.0
    seed: int = 1
    skip: int = 0
    times: int | None = None
    done: str = ""  # "no", "first" or "late": other than the kind's own
    seconds: float = 0.0  # how long a slow answer or a late act takes
    status: int = 0  # 0: as the kind or the code has it
    code: int | None = None  # of the refusal; 0: a proxy's page instead of one
    subcode: int = 0
    message: str = ""
    minutes: int = 0  # how long a limit still lasts, as the usage header says
    body: str = "<html><body>Sorry, something went wrong.</body></html>"  # of garbage
    fired: int = 0
    fitted: int = 0
    _path: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _draw: random.Random = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.done not in {"", *Done}:
            raise UnknownFault(f"{self.kind} {self.done}".strip())
        self._path = re.compile(fnmatch.translate(self.path))
        self._draw = random.Random(self.seed)  # noqa: S311 - a draw, not a secret

    @property
    def acts(self) -> Done:
        """Whether the act is done."""
        return Done(self.done) if self.done else KINDS[self.kind].done

    @property
    def as_kind(self) -> Kind:
        """What all rules of its kind share."""
        return KINDS[self.kind]

    @property
    def sees(self) -> Sees:
        """What the client gets."""
        return KINDS[self.kind].sees

    def fires(self, request: Request, path: str) -> bool:
        """Whether it hits this request; asking counts."""
        if self.times is not None and self.fired >= self.times:
            return False
        if not self._fits(request, path):
            return False
        self.fitted += 1
        if self.fitted <= self.skip or self._draw.random() >= self.share:
            return False
        self.fired += 1
        return True

    def _fits(self, request: Request, path: str) -> bool:
        if self.method and request.method != self.method:
            return False
        if not self._path.match(path):
            return False
        return not self.contains or self.contains in _said(request)

    def as_data(self) -> dict[str, Any]:
        """For the control interface."""
        return {name: value for name, value in asdict(self).items() if name[0] != "_"}


WORDS = {one.name for one in fields(Rule) if one.init} - {"fired", "fitted"}


def rule_from(said: dict[str, Any]) -> Rule:
    """A rule as the control interface was told. Raises ``UnknownFault``."""
    if unknown := set(said) - WORDS:
        raise UnknownFault(", ".join(sorted(unknown)))
    return Rule(**said)


def hit(rules: list[Rule], request: Request, path: str) -> Rule | None:
    """The rule that decides what becomes of a request, if any."""
    return next((rule for rule in rules if rule.fires(request, path)), None)


def _said(request: Request) -> str:
    return "\n".join(str(value) for value in request.params.values())

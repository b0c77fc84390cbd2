"""What Graph's answers mean: sorted by ``code`` and ``error_subcode``, never by their words.

The lists are those of Meta's own pages on errors and limits; single sub-codes are second-hand, from
other products' tables. A refusal whose code stands in no list counts as unknown: looking there
costs a call, believing it could cost a second post.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any, Final

from panel.channels.outgoing import Answer, Outcome, Trouble
from panel.core.http import NoReply, Reply

SIGN_IN: Final = frozenset({102, 190})
LIMIT: Final = frozenset({4, 17, 32, 341, 613, 80001, 80002, 80006})
TOO_FAST: Final = frozenset({1390008})
TEMPORARY: Final = frozenset({1, 2})
# 10 and 200-299: permission; 100: wrong or unknown; 324: no picture; 368: blocked; 506: the same
# once more; 1609005: the link; 9004: the picture.
REFUSED: Final = frozenset({10, *range(200, 300), 100, 324, 368, 506, 1609005, 9004})
# The picture is too large, the words are refused, publishing must be authorised, the pictures were
# posted before, an identity must be confirmed, no such picture.
REFUSED_BY_SUBCODE: Final = frozenset({1366046, 1346003, 1404078, 1366051, 4854002, 2207052})

LONGEST_WAIT: Final = timedelta(days=1)
USAGE_HEADERS: Final = ("x-business-use-case-usage", "x-app-usage")


class Sort(Enum):
    """What kind of refusal it is."""

    SIGN_IN = auto()
    LIMIT = auto()
    REFUSED = auto()
    TEMPORARY = auto()
    STRANGE = auto()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is none: the network's own code and sub-code, 0 where it gave none."""

    status: int
    code: int = 0
    subcode: int = 0
    is_transient: bool = False
    trace: str = ""

    @property
    def name(self) -> str:
        """``190/460``, ``190``, or ``http_502`` where there is no code."""
        if not self.code:
            return f"http_{self.status}"
        return f"{self.code}/{self.subcode}" if self.subcode else str(self.code)

    @property
    def sort(self) -> Sort:
        """The first that fits: a limit calls itself transient too, and is known not to be done."""
        if self.status >= 500:
            return Sort.TEMPORARY
        if self.code in SIGN_IN:
            return Sort.SIGN_IN
        if self.status == 429 or self.code in LIMIT or self.subcode in TOO_FAST:
            return Sort.LIMIT
        if self.code in TEMPORARY or self.is_transient:
            return Sort.TEMPORARY
        known = self.code in REFUSED or self.subcode in REFUSED_BY_SUBCODE
        return Sort.REFUSED if known else Sort.STRANGE


def refusal_of(reply: Reply) -> Refusal | None:
    """How an answer refuses; None for one that does not."""
    said = reply.json()
    error = said.get("error") if isinstance(said, dict) else None
    if not isinstance(error, dict):
        return None if reply.status < 300 else Refusal(reply.status)
    return Refusal(
        reply.status,
        _number(error.get("code")),
        _number(error.get("error_subcode")),
        error.get("is_transient") is True,
        str(error.get("fbtrace_id") or reply.headers.get("x-fb-trace-id", "")),
    )


def written(reply: Reply) -> Answer:
    """The answer to a write. Only an id says that it is done."""
    refusal, wait = refusal_of(reply), wait_asked(reply.headers)
    if refusal is not None:
        return _refused(refusal, wait, temporary=Outcome.UNKNOWN)
    trace = reply.headers.get("x-fb-trace-id", "")
    found = id_in(reply)
    if not found:
        return Answer(Outcome.UNKNOWN, code="no_id", trace=trace, wait=wait)
    return Answer(Outcome.DONE, found, wait=wait, trace=trace)


def unread(refusal: Refusal, headers: Mapping[str, str]) -> Answer:
    """The answer to a read that was refused: nothing is ever half done."""
    return _refused(refusal, wait_asked(headers), temporary=Outcome.NOT_TRIED)


def unheard(silence: NoReply) -> Answer:
    """The answer where there was none: sent or not is all that counts."""
    outcome = Outcome.UNKNOWN if silence.sent else Outcome.NOT_TRIED
    return Answer(outcome, code=str(silence.why))


def id_in(reply: Reply) -> str:
    """The id of what was made: a post's before a picture's; empty where there is none."""
    said = reply.json()
    if not isinstance(said, dict):
        return ""
    found = said.get("post_id") or said.get("id")
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def wait_asked(headers: Mapping[str, str]) -> timedelta | None:
    """How long the usage headers ask to be left alone; None where they do not."""
    longest = max((_minutes(usage) for usage in usages(headers)), default=0.0)
    retry = _number(headers.get("retry-after"))
    seconds = max(longest * 60, retry)
    return min(timedelta(seconds=min(seconds, 1e6)), LONGEST_WAIT) if seconds > 0 else None


def usages(headers: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Every use the headers tell of: one of the app, and a list of them for each page."""
    for name in USAGE_HEADERS:
        try:
            said = json.loads(headers.get(name, ""))
        except (ValueError, RecursionError):
            continue
        if not isinstance(said, dict):
            continue
        lists = [each for each in said.values() if isinstance(each, list)]
        yield from (each for rows in (lists or [[said]]) for each in rows if isinstance(each, dict))


def _refused(refusal: Refusal, wait: timedelta | None, *, temporary: Outcome) -> Answer:
    outcome, trouble = {
        Sort.SIGN_IN: (Outcome.NOT_TRIED, Trouble.SIGN_IN),
        Sort.LIMIT: (Outcome.NOT_TRIED, Trouble.LIMIT),
        Sort.REFUSED: (Outcome.REFUSED, Trouble.NONE),
        Sort.TEMPORARY: (temporary, Trouble.NONE),
        Sort.STRANGE: (temporary, Trouble.NONE),
    }[refusal.sort]
    return Answer(outcome, code=refusal.name, trace=refusal.trace, wait=wait, trouble=trouble)


def _minutes(usage: Mapping[str, Any]) -> float:
    found = usage.get("estimated_time_to_regain_access")
    return float(found) if isinstance(found, int | float) and 0 < found < 1e6 else 0.0


def _number(value: object) -> int:
    text = str(value)
    digits = text.removeprefix("-")  # Instagram has codes below zero
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0

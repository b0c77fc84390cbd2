"""What a Mastodon server's answers mean: sorted by their status, never by their words.

Statuses are those of Mastodon's own documentation. One that stands in no list counts as unknown
after a write: looking there costs a call, believing it could cost a second post.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from panel.channels.outgoing import Answer, Outcome, Trouble
from panel.core.clock import now
from panel.core.http import NoReply, Reply

SIGN_IN: Final = 401
LIMIT: Final = 429
# Not allowed, not there, no longer there, too large, not acceptable.
REFUSED: Final = frozenset({403, 404, 410, 413, 422})
# It sends us on: our key goes nowhere but where the channel says.
ELSEWHERE: Final = "elsewhere"

LONGEST_WAIT: Final = timedelta(days=1)


def written(reply: Reply) -> Answer:
    """The answer to a write. Only an id says that it is done."""
    if not is_fine(reply):
        return _refused(reply, otherwise=Outcome.UNKNOWN)
    found, wait, trace = id_in(reply.json()), wait_asked(reply), _trace(reply)
    if not found:
        return Answer(Outcome.UNKNOWN, code="no_id", trace=trace, wait=wait)
    return Answer(Outcome.DONE, found, wait=wait, trace=trace)


def unread(reply: Reply) -> Answer:
    """The answer to a read that was refused: nothing is ever half done."""
    return _refused(reply, otherwise=Outcome.NOT_TRIED)


def unheard(silence: NoReply) -> Answer:
    """The answer to a write where there was none: sent or not is all that counts."""
    outcome = Outcome.UNKNOWN if silence.sent else Outcome.NOT_TRIED
    return Answer(outcome, code=str(silence.why))


def is_fine(reply: Reply) -> bool:
    """Whether it is an answer to what was asked."""
    return 200 <= reply.status < 300


def may_pass(reply: Reply) -> bool:
    """Whether asking again may help at once."""
    return reply.status >= 500


def id_in(said: Any) -> str:
    """The id of what is told of; empty where there is none."""
    found = said.get("id") if isinstance(said, dict) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def wait_asked(reply: Reply) -> timedelta | None:
    """How long the server asks to be left alone: when nothing is left of a limit, not before."""
    headers = reply.headers
    if reply.status != LIMIT and headers.get("x-ratelimit-remaining", "").strip() != "0":
        return None
    until = moment(headers.get("x-ratelimit-reset", ""))
    if until is not None:
        wait = until - _their_clock(headers)
    else:
        wait = timedelta(seconds=_number(headers.get("retry-after", "")))
    return min(wait, LONGEST_WAIT) if wait > timedelta(0) else None


def moment(text: object) -> datetime | None:
    """A time as Mastodon writes it, or as seconds since 1970; None for what is no time."""
    if seconds := _number(str(text)):
        return datetime.fromtimestamp(seconds, UTC)
    try:
        found = datetime.fromisoformat(str(text).strip())
    except ValueError:
        return None
    return found if found.tzinfo else None


def _refused(reply: Reply, *, otherwise: Outcome) -> Answer:
    outcome, trouble, code = otherwise, Trouble.NONE, f"http_{reply.status}"
    if reply.status == SIGN_IN:
        outcome, trouble, code = Outcome.NOT_TRIED, Trouble.SIGN_IN, str(SIGN_IN)
    elif reply.status == LIMIT:
        outcome, trouble, code = Outcome.NOT_TRIED, Trouble.LIMIT, str(LIMIT)
    elif reply.status in REFUSED:
        outcome, code = Outcome.REFUSED, str(reply.status)
    elif 300 <= reply.status < 400:
        outcome, code = Outcome.REFUSED, ELSEWHERE
    wait = wait_asked(reply)
    return Answer(outcome, code=code, trace=_trace(reply), wait=wait, trouble=trouble)


def _trace(reply: Reply) -> str:
    return reply.headers.get("x-request-id", "")


def _their_clock(headers: Mapping[str, str]) -> datetime:
    """What the server's clock shows; ours where it does not say."""
    try:
        return parsedate_to_datetime(headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return now()


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0

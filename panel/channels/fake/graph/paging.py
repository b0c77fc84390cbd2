"""A list in pages. Cursors name a place by time and number, so nothing is missed or told twice
when more arrives while somebody reads.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from panel.channels.fake.graph.asking import Call
from panel.channels.fake.graph.errors import Refusal
from panel.channels.fake.state import in_time
from panel.channels.fake.things import Comment, Post

MOST, USUAL = 100, 25
GAP = "gap"
Row = TypeVar("Row", Post, Comment)


@dataclass(slots=True)
class Listing:
    """What is listed: where it is found again, and how much of it was asked for."""

    path: str
    limit: str = ""
    after: str = ""
    before: str = ""
    newest_first: bool = False
    params: dict[str, str] = field(default_factory=dict)


def listing_of(call: Call, path: str, *, newest_first: bool) -> Listing:
    """What the parameters of a call say; all of them return in its links."""
    kept = {
        name: call.text(name)
        for name in call.request.params
        if name not in {"access_token", "after", "before", "limit"}
    }
    return Listing(
        path, call.text("limit"), call.text("after"), call.text("before"), newest_first, kept
    )


def one_page(
    call: Call, rows: Sequence[Row], wanted: Listing, shown: Callable[[Row], dict[str, Any]]
) -> dict[str, Any]:
    """``rows``, oldest first, as the page that was asked for, with the way to the next."""
    limit = _limit(call, wanted)
    if wanted.after.startswith(GAP):
        place = wanted.after.removeprefix(GAP)
        return {"data": [], "paging": {"next": _link(call, wanted, place)}}
    ordered = rows[::-1] if wanted.newest_first else rows
    rest = _beyond(ordered, wanted)
    page = rest[-limit:] if wanted.before and limit else rest[:limit]
    answer: dict[str, Any] = {"data": [shown(row) for row in page]}
    if page:
        answer["paging"] = {"cursors": {"before": cursor(page[0]), "after": cursor(page[-1])}}
        if page[-1] is not ordered[-1]:
            answer["paging"]["next"] = _onwards(call, wanted, page[-1])
    return answer


def _limit(call: Call, wanted: Listing) -> int:
    if not (wanted.limit or "0").isdigit():
        raise Refusal(100, "(#100) param limit must be an integer")
    asked = int(wanted.limit or USUAL)
    if asked > MOST:
        raise Refusal(100, f"(#100) Please reduce the limit: at most {MOST} rows can be read")
    return min(asked, call.network.settings.page_size or MOST)


def _onwards(call: Call, wanted: Listing, last: Post | Comment) -> str:
    settings = call.network.settings
    if settings.loop:
        return _link(call, wanted, wanted.after)
    return _link(call, wanted, (GAP if settings.gaps else "") + cursor(last))


def _beyond(ordered: Sequence[Row], wanted: Listing) -> Sequence[Row]:
    """What lies after the one cursor, or before the other."""
    mark = wanted.before or wanted.after
    if not mark:
        return ordered
    place = _place(mark)
    older = wanted.newest_first == bool(wanted.after and not wanted.before)
    if older:
        return [row for row in ordered if in_time(row) < place]
    return [row for row in ordered if in_time(row) > place]


def _link(call: Call, wanted: Listing, after: str) -> str:
    params = wanted.params | {"limit": wanted.limit or str(USUAL)}
    return call.address(wanted.path, params | ({"after": after} if after else {}))


def cursor(row: Post | Comment) -> str:
    """The place of a row, in letters that say nothing."""
    return base64.urlsafe_b64encode(f"{row.created}:{row.number}".encode()).decode()


def _place(cursor: str) -> tuple[int, int]:
    try:
        created, _colon, number = base64.urlsafe_b64decode(cursor).decode().partition(":")
        return int(created), int(number)
    except ValueError:
        raise Refusal(100, "(#100) Invalid cursor") from None

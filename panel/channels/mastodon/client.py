"""Mastodon's interface on one server, with one account's key: reads again, writes once.

The key goes in a header to the server that the channel names, and nowhere else: no redirect is
followed, and of the links to a list's next page only what they ask for is taken.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

from panel.channels.mastodon.errors import is_fine, may_pass, unheard, unread, written
from panel.channels.outgoing import Answer, NotReached, Outcome
from panel.core.http import Caller, Files, NoReply, Reply

if TYPE_CHECKING:
    import httpx

TRIES: Final = 3
PAUSE_SECONDS: Final = 0.5
MOST_PAGES: Final = 500
_NEXT: Final = re.compile(r'<([^<>]*)>[^,<]*?;\s*rel="?next"?', re.IGNORECASE)

Words = Mapping[str, str]
Form = Mapping[str, str | list[str]]
Row = dict[str, Any]
Sleep = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Page:
    """What was read; ``following`` is what to ask for to read on, None at the end."""

    said: Any
    following: Words | None


class Server:
    """Asks ``url`` in the name of one key. ``transport`` takes the network's place in tests."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Sleep = time.sleep,
    ) -> None:
        self.url, self._token, self.sleep = url, token, sleep
        self._caller = Caller(url, transport=transport, only_open=True)

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Words | None = None,
        form: Form | None = None,
        files: Files = (),
        key: str = "",
    ) -> Reply:
        """Ask once. Raises ``NoReply``. ``key`` is what the server knows a double by."""
        headers = {"authorization": f"Bearer {self._token}"}
        if key:
            headers["idempotency-key"] = key
        return self._caller.call(
            method, f"api/{path}", query=query, form=form, files=files, headers=headers
        )

    def write(self, path: str, form: Form, *, key: str = "") -> tuple[Answer, Any]:
        """Make something, asked once: the answer, and what was said beside it."""
        try:
            reply = self.ask("POST", path, form=form, key=key)
        except NoReply as silence:
            return unheard(silence), None
        return written(reply), reply.json()

    def read(self, path: str, query: Words | None = None, *, tries: int = TRIES) -> Page:
        """An object, or one page of a list. Raises ``NotReached`` with the reason sorted."""
        for again in range(tries):
            if again:
                self.sleep(PAUSE_SECONDS * 2 ** (again - 1))
            found = self._read_once(path, query)
            if isinstance(found, Page):
                return found
            answer, is_worth_asking = found
            if not is_worth_asking:
                break
        raise NotReached(answer)

    def read_object(self, path: str, *, tries: int = TRIES) -> Row:
        """An object; an empty one where what was said is none. Raises ``NotReached``."""
        said = self.read(path, tries=tries).said
        return said if isinstance(said, dict) else {}

    def read_pages(self, path: str, query: Words) -> Iterator[list[Row]]:
        """The pages of a list, one after the other, the empty ones in between too.

        Raises ``NotReached``, also where they lead in a circle.
        """
        asked: Words | None = query
        seen: set[frozenset[tuple[str, str]]] = set()
        while asked is not None:
            place = frozenset(asked.items())
            if place in seen or len(seen) >= MOST_PAGES:
                raise NotReached(Answer(Outcome.NOT_TRIED, code="loop"))
            seen.add(place)
            page = self.read(path, asked)
            if not isinstance(page.said, list):
                raise NotReached(Answer(Outcome.NOT_TRIED, code="unreadable"))
            yield [row for row in page.said if isinstance(row, dict)]
            asked = page.following

    def _read_once(self, path: str, query: Words | None) -> Page | tuple[Answer, bool]:
        """What was read; or why not, and whether asking again may help."""
        try:
            reply = self.ask("GET", path, query=query)
        except NoReply as silence:
            return Answer(Outcome.NOT_TRIED, code=str(silence.why)), True
        if not is_fine(reply):
            return unread(reply), may_pass(reply)
        said = reply.json()
        if not isinstance(said, dict | list):
            return Answer(Outcome.NOT_TRIED, code="unreadable"), True
        return Page(said, following(reply.headers.get("link", "")))


def following(link: str) -> Words | None:
    """What the ``Link`` header says to ask for next; None at the end of a list.

    Whose it says the next page is does not matter: our key goes to our server, and to no other.
    """
    found = _NEXT.search(link)
    if found is None:
        return None
    try:
        return dict(parse_qsl(urlsplit(found[1]).query, keep_blank_values=True))
    except ValueError:
        return None

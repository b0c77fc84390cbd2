"""Graph, Meta's interface: one version, one key, reads in full and writes once.

Keys go in a header, never in an address. ``next`` links carry one in theirs: it is taken out before
the link is followed, and the link is never logged.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings

from panel.channels.graph.errors import (
    Refusal,
    Sort,
    refusal_of,
    unheard,
    unread,
    written,
)
from panel.channels.outgoing import Answer, NotReached, Outcome
from panel.core.http import Caller, Files, NoReply, Reply

if TYPE_CHECKING:
    import httpx

TRIES: Final = 3
PAUSE_SECONDS: Final = 0.5
MOST_PAGES: Final = 500
SECRETS: Final = frozenset({"access_token", "appsecret_proof"})

Words = Mapping[str, str]


class Graph:
    """Asks in the name of one key; ``calls`` is how often it has read.

    ``transport`` takes the network's place in tests.
    """

    def __init__(
        self,
        token: str,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._token = token
        self._caller = Caller(settings.FACEBOOK_GRAPH_URL, transport=transport)
        self.sleep = sleep
        self.calls = 0

    def write(self, path: str, form: Words | None = None, *, files: Files = ()) -> Answer:
        """Make or change something: asked once, whatever comes back."""
        return self._written("POST", path, form, files)

    def change(self, path: str, form: Words) -> Answer:
        """Change something that is there, once: done where Graph says so."""
        return self._written("POST", path, form, (), says_so=True)

    def remove(self, path: str) -> Answer:
        """Take something away, once: done where Graph says so."""
        return self._written("DELETE", path, None, (), says_so=True)

    def read(self, path: str, query: Words | None = None, *, tries: int = TRIES) -> dict[str, Any]:
        """One object or one page of a list. Raises ``NotReached`` with the reason sorted."""
        return self._read(_versioned(path), dict(query or {}), tries)

    def read_all(self, path: str, query: Words) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page, empty pages in between too.

        Raises ``NotReached``, also where the pages lead in a circle.
        """
        return self._read_on(_versioned(path), dict(query))

    def read_rest(self, inside: object) -> Iterator[dict[str, Any]]:
        """Every row of a list that came inside another answer: those that came, and what follows.

        Raises ``NotReached``.
        """
        page = inside if isinstance(inside, dict) else {}
        yield from _rows(page)
        if following := _next_of(page):
            yield from self._read_on(*_place_of(following))

    def _read_on(self, place: str, asked: dict[str, str]) -> Iterator[dict[str, Any]]:
        seen: set[tuple[str, frozenset[tuple[str, str]]]] = set()
        while (key := (place, frozenset(asked.items()))) not in seen and len(seen) < MOST_PAGES:
            seen.add(key)
            page = self._read(place, asked)
            yield from _rows(page)
            following = _next_of(page)
            if not following:
                return
            place, asked = _place_of(following)
        raise NotReached(Answer(Outcome.NOT_TRIED, code="loop"))

    def _written(
        self, method: str, path: str, form: Words | None, files: Files, *, says_so: bool = False
    ) -> Answer:
        try:
            reply = self._caller.call(
                method,
                _versioned(path),
                form=dict(form or {}) | self._proof() if method == "POST" else None,
                query=self._proof() if method != "POST" else None,
                files=files,
                headers=self._headers(),
            )
        except NoReply as silence:
            return unheard(silence)
        return _agreed(reply) if says_so else written(reply)

    def _read(self, place: str, query: dict[str, str], tries: int = TRIES) -> dict[str, Any]:
        for again in range(tries):
            if again:
                self.sleep(PAUSE_SECONDS * 2 ** (again - 1))
            found = self._read_once(place, query)
            if isinstance(found, dict):
                return found
            answer, may_pass = found
            if not may_pass:
                break
        raise NotReached(answer)

    def _read_once(self, place: str, query: dict[str, str]) -> dict[str, Any] | tuple[Answer, bool]:
        """What was read; or why not, and whether asking again may help."""
        self.calls += 1
        try:
            reply = self._caller.call(
                "GET", place, query=query | self._proof(), headers=self._headers()
            )
        except NoReply as silence:
            return Answer(Outcome.NOT_TRIED, code=str(silence.why)), True
        refusal = refusal_of(reply)
        if refusal is not None:
            return unread(refusal, reply.headers), _may_pass(refusal)
        said = reply.json()
        if not isinstance(said, dict):
            return Answer(Outcome.NOT_TRIED, code="unreadable"), True
        return said

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._token}"}

    def _proof(self) -> dict[str, str]:
        """What shows that who has the key has our app's secret too."""
        secret = settings.FACEBOOK_APP_SECRET
        if not secret:
            return {}
        proof = hmac.new(secret.encode(), self._token.encode(), hashlib.sha256)
        return {"appsecret_proof": proof.hexdigest()}


def _place_of(link: str) -> tuple[str, dict[str, str]]:
    """Path and query of a ``next`` link, without its key. Whose it says it is does not matter: our
    key goes where the settings say, and nowhere else.
    """
    there = urlsplit(link)
    query = parse_qsl(there.query, keep_blank_values=True)
    return there.path, {name: value for name, value in query if name not in SECRETS}


def _versioned(path: str) -> str:
    return f"/{settings.FACEBOOK_GRAPH_VERSION}/{path}"


def _agreed(reply: Reply) -> Answer:
    """Graph answers ``{"success": true}``, and older ends of it ``true``."""
    said = reply.json()
    success = said is True or (isinstance(said, dict) and said.get("success") is True)
    return Answer(Outcome.DONE) if success else written(reply)


def _may_pass(refusal: Refusal) -> bool:
    return refusal.sort is Sort.TEMPORARY


def _rows(page: dict[str, Any]) -> list[dict[str, Any]]:
    rows = page.get("data")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _next_of(page: dict[str, Any]) -> str:
    paging = page.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    return following if isinstance(following, str) else ""

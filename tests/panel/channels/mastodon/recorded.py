"""A Mastodon server as a list of recorded answers: each call takes the next, and is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx

from panel.channels.mastodon.adapter import Mastodon
from panel.channels.outgoing import Account

TOKEN = "kanariefugl-noegle-0123456789"
URL = "https://social.example"
ACCOUNT = Account("@kommune@social.example", TOKEN, URL)
ME = {
    "id": "14715",
    "username": "kommune",
    "acct": "kommune",
    "display_name": "Byen",
    "url": "https://social.example/@kommune",
    "source": {"privacy": "public", "sensitive": False, "language": "da"},
}
SERVED_AT = "Sun, 22 Nov 2026 10:00:00 GMT"

Answered = httpx.Response | Exception


def says(data: Any, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(
        status, json=data, headers={k.replace("_", "-"): headers[k] for k in headers}
    )


def refuses(status: int, error: str = "no", **headers: str) -> httpx.Response:
    """As recorded: one sentence, and nothing that a program could read."""
    return says({"error": error}, status, **headers)


def limited(until: str = "2026-11-22T10:07:00.000000Z", status: int = 429) -> httpx.Response:
    return refuses(
        status,
        "Too many requests",
        date=SERVED_AT,
        x_ratelimit_limit="300",
        x_ratelimit_remaining="0",
        x_ratelimit_reset=until,
    )


@dataclass(slots=True)
class Recorded(httpx.BaseTransport):
    """The answers in their order. Whose key it is stands first, unless ``asks_who`` is off."""

    answers: list[Answered] = field(default_factory=list)
    asks_who: bool = True
    asked: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        is_who = request.url.path == "/api/v1/accounts/verify_credentials"
        if self.asks_who and is_who:
            return says(ME)
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def calls(self) -> list[str]:
        """What was asked, without the host; whose key it is left out."""
        return [f"{each.method} {each.url.path.removeprefix('/api/')}" for each in self.asked]

    def form(self, number: int = 0) -> dict[str, list[str]]:
        """The words of a form that went out."""
        return parse_qs(self.asked[number].content.decode())


def mastodon(*answers: Answered, asks_who: bool = True) -> tuple[Mastodon, Recorded]:
    """An adapter that hears these answers."""
    recorded = Recorded(list(answers), asks_who)
    return Mastodon(recorded), recorded


def status(
    id: str = "103254962155278888",
    content: str = "<p>Hej</p>",
    at: str = "2026-11-20T10:00:05.196Z",
    media: Sequence[dict[str, Any]] = (),
    **more: Any,
) -> dict[str, Any]:
    """A post, as Mastodon shows it."""
    row: dict[str, Any] = {
        "id": id,
        "created_at": at,
        "in_reply_to_id": None,
        "visibility": "public",
        "url": f"{URL}/@kommune/{id}",
        "content": content,
        "reblog": None,
        "account": ME,
        "media_attachments": list(media),
    }
    return row | more

"""Graph as a list of recorded answers: each call takes the next, and is kept to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx

from panel.channels.facebook.adapter import Facebook
from panel.channels.outgoing import Account

PAGE = "100200300"
TOKEN = "EAAkanariefuglNoegle"
ACCOUNT = Account(PAGE, TOKEN)

Answered = httpx.Response | Exception


def says(data: Any, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(
        status, json=data, headers={k.replace("_", "-"): headers[k] for k in headers}
    )


def refuses(code: int, subcode: int = 0, status: int = 400, **more: Any) -> httpx.Response:
    """As recorded: ``type`` says OAuthException whatever it is about."""
    error: dict[str, Any] = {"message": f"(#{code}) no", "type": "OAuthException", "code": code}
    if subcode:
        error["error_subcode"] = subcode
    headers = more.pop("headers", {})
    return httpx.Response(
        status, json={"error": error | {"fbtrace_id": "AbC"} | more}, headers=headers
    )


@dataclass(slots=True)
class Recorded(httpx.BaseTransport):
    """The answers in their order; the last one again and again where ``endless``."""

    answers: list[Answered] = field(default_factory=list)
    asked: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def calls(self) -> list[str]:
        """What was asked, without host and version."""
        return [f"{each.method} {each.url.path.split('/', 2)[2]}" for each in self.asked]

    def form(self, number: int = 0) -> dict[str, str]:
        """The words of a form that went out."""
        found = parse_qs(self.asked[number].content.decode())
        return {name: values[0] for name, values in found.items()}


def facebook(*answers: Answered) -> tuple[Facebook, Recorded]:
    """An adapter that hears these answers."""
    recorded = Recorded(list(answers))
    return Facebook(recorded), recorded


def post(
    id: str = f"{PAGE}_1",
    message: str = "Hej",
    at: str = "2026-11-20T10:00:05+0000",
    attachments: Sequence[dict[str, Any]] = (),
    **more: Any,
) -> dict[str, Any]:
    """A row of a feed, as Graph writes it."""
    row: dict[str, Any] = {"id": id, "created_time": at, "from": {"id": PAGE, "name": "Byen"}}
    if message:
        row["message"] = message
    if attachments:
        row["attachments"] = {"data": list(attachments)}
    return row | more

"""What Instagram is documented to answer, and an adapter that hears it."""

from __future__ import annotations

from typing import Any, Final

import httpx

from panel.channels.instagram.adapter import Instagram
from panel.channels.outgoing import Account, Act, Picture, Verb
from tests.factories.network_pictures import jpeg
from tests.panel.channels.facebook.graph import Answered, Recorded, says

ID: Final = "17841400000000001"
ACCOUNT: Final = Account(ID, "EAAkanariefuglNoegle", "https://www.instagram.com/fjordby/")
LINK: Final = "https://www.instagram.com/p/CxYz123/"


def made(id: str = "17800001") -> httpx.Response:
    """Something is prepared."""
    return says({"id": id})


def status(code: str, **more: str) -> httpx.Response:
    """How far Instagram is with it."""
    return says({"id": "17800001", "status_code": code} | more)


def ready() -> httpx.Response:
    return status("FINISHED", status="Finished: Media has been uploaded and it is ready")


def done() -> httpx.Response:
    """It is published."""
    return says({"id": "17900001"})


def permalink() -> httpx.Response:
    return says({"id": "17900001", "permalink": LINK})


def quota(used: int = 2, most: int = 50) -> httpx.Response:
    config = {"quota_total": most, "quota_duration": 86400}
    return says({"data": [{"quota_usage": used, "config": config}]})


def instagram(*answers: Answered) -> tuple[Instagram, Recorded]:
    """An adapter that hears these answers."""
    recorded = Recorded(list(answers))
    return Instagram(recorded), recorded


def act(
    text: str = "Åbent hus.", pictures: int = 1, size: tuple[int, int] = (40, 40), **more: Any
) -> Act:
    """A post with so many pictures, each with an address."""
    shown = tuple(
        Picture(jpeg(size=size), f"Billede {number}", address=f"https://byen.dk/{number}.jpg")
        for number in range(pictures)
    )
    return Act(Verb.POST, text, pictures=shown, **more)


def media(
    id: str = "17900001",
    caption: str = "Åbent hus.",
    at: str = "2026-11-20T10:00:05+0000",
    children: int = 0,
    **more: Any,
) -> dict[str, Any]:
    """A row of an account's media, as Instagram writes it."""
    row: dict[str, Any] = {"id": id, "timestamp": at, "permalink": LINK, "media_type": "IMAGE"}
    if caption:
        row["caption"] = caption
    if children:
        row["media_type"] = "CAROUSEL_ALBUM"
        row["children"] = {"data": [{"id": str(number)} for number in range(children)]}
    return row | more

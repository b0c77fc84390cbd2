"""Putting a post on an account: prepared first, where nobody sees it, then published."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from panel.channels.graph.client import Graph
from panel.channels.instagram.errors import prepared, published, quota_spent
from panel.channels.instagram.limits import fault_of, text_of
from panel.channels.outgoing import Account, Act, Answer, NotReached, Outcome, Picture, Trouble

# How long Instagram may work on all of a post's pictures: a minute, asked ever more seldom.
PAUSES: Final = (0.5, 1, 2, 4, 8, 15, 30)
# Who took longer to prepare may have been given up meanwhile: then it is not published any more.
LONGEST_SECONDS: Final = 180.0
HOME: Final = "https://www.instagram.com/"
_SUBCODE: Final = re.compile(r"\b22\d{5}\b")


class Status(StrEnum):
    """How far Instagram is with what was prepared."""

    WORKING = "IN_PROGRESS"
    READY = "FINISHED"
    FAILED = "ERROR"
    OLD = "EXPIRED"
    OUT = "PUBLISHED"


def post(graph: Graph, account: Account, act: Act) -> Answer:
    """Put it there, once. The answer carries the address of a post that is there.

    Everything before the last call leaves nothing that anybody sees, so a lost answer to it means
    that nothing was posted.
    """
    begun = time.monotonic()
    if code := fault_of(act):
        return Answer(Outcome.REFUSED, code=code)
    if not all(picture.address for picture in act.pictures):
        return Answer(Outcome.REFUSED, code="no_address")
    try:
        if _is_spent(graph, account):
            return quota_spent()
        answer = _Desk(graph, account.external_id).prepare(act)
    except NotReached as error:
        return error.answer
    if answer.outcome is not Outcome.DONE:
        return answer
    if time.monotonic() - begun > LONGEST_SECONDS:
        return Answer(Outcome.NOT_TRIED, code="still_working")
    return _published(graph, account, answer.external_id)


def _is_spent(graph: Graph, account: Account) -> bool:
    """Whether the account has posted as much as a day allows. Raises ``NotReached``.

    Some keys may post and not ask this: then Instagram says it when it is so.
    """
    try:
        said = graph.read(
            f"{account.external_id}/content_publishing_limit", {"fields": "quota_usage,config"}
        )
    except NotReached as error:
        if error.answer.outcome is Outcome.REFUSED:
            return False
        raise
    rows = said.get("data")
    row = _row(rows[0]) if isinstance(rows, list) and rows else {}
    used, most = row.get("quota_usage"), _row(row.get("config")).get("quota_total")
    return isinstance(used, int) and isinstance(most, int) and used >= most


def _row(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


@dataclass(slots=True)
class _Desk:
    """Prepares one post; all of it shares one patience."""

    graph: Graph
    account: str
    pauses: Iterator[float] = field(default_factory=lambda: iter(PAUSES))

    def prepare(self, act: Act) -> Answer:
        """Done with the id of what is ready to be published, or why it is not."""
        if len(act.pictures) == 1:
            return self._make({"caption": text_of(act)} | _shown(act.pictures[0]))
        children = []
        for picture in act.pictures:
            answer = self._make({"is_carousel_item": "true"} | _shown(picture))
            if answer.outcome is not Outcome.DONE:
                return answer
            children.append(answer.external_id)
        together = {"media_type": "CAROUSEL", "children": ",".join(children)}
        return self._make({"caption": text_of(act)} | together)

    def _make(self, words: dict[str, str]) -> Answer:
        """Let Instagram fetch and work on it, and wait until it has."""
        form = {name: value for name, value in words.items() if value}
        answer = prepared(self.graph.write(f"{self.account}/media", form))
        if answer.outcome is not Outcome.DONE:
            return answer
        return self._failed(answer.external_id) or answer

    def _failed(self, container: str) -> Answer | None:
        """Why it cannot be published; None as soon as it can."""
        status, said = _status(self.graph, container)
        while status == Status.WORKING:
            pause = next(self.pauses, None)
            if pause is None:
                return Answer(Outcome.NOT_TRIED, code="still_working")
            self.graph.sleep(pause)
            status, said = _status(self.graph, container)
        if status == Status.READY:
            return None
        if status == Status.FAILED:
            subcode = _SUBCODE.search(str(said.get("status", "")))
            code = f"failed/{subcode[0]}" if subcode else "failed"
            return Answer(Outcome.REFUSED, code=code)
        return Answer(Outcome.NOT_TRIED, code="expired")


def _shown(picture: Picture) -> dict[str, str]:
    return {"image_url": picture.address, "alt_text": picture.alt}


def _status(graph: Graph, container: str) -> tuple[str, dict[str, Any]]:
    """How far it is, and all that was said; what says nothing is worked on. Raises
    ``NotReached``.
    """
    said = graph.read(container, {"fields": "status_code,status"})
    return str(said.get("status_code") or Status.WORKING), said


def _published(graph: Graph, account: Account, container: str) -> Answer:
    form = {"creation_id": container}
    answer = published(graph.write(f"{account.external_id}/media_publish", form))
    if answer.outcome is Outcome.DONE:
        return replace(answer, url=_address_of(graph, account, answer.external_id))
    if answer.outcome is not Outcome.UNKNOWN and _is_out(graph, container):
        return replace(answer, outcome=Outcome.UNKNOWN, trouble=Trouble.NONE)
    return answer


def _is_out(graph: Graph, container: str) -> bool:
    """Whether it was published although that was refused: Instagram has been seen to do so."""
    try:
        said = graph.read(container, {"fields": "status_code"}, tries=1)
    except NotReached:
        return False
    return said.get("status_code") == Status.OUT


def _address_of(graph: Graph, account: Account, media: str) -> str:
    """Where people see it: no address can be made of its id. The account's where nobody says."""
    try:
        link = graph.read(media, {"fields": "permalink"}, tries=1).get("permalink")
    except NotReached:
        link = None
    is_whole = isinstance(link, str) and link.startswith(("https://", "http://"))
    return str(link) if is_whole else account.url or HOME

"""An act as it is kept: plain JSON, and pictures as files that carry their own hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils.functional import LazyObject

from panel.channels.outgoing import Act, Picture, Verb
from panel.core.crypto import keyed_hash

SUFFIX: Final = ".jpg"


class Altered(Exception):
    """A picture's file is gone, or is not the one that was handed over."""


class _Storage(LazyObject):  # type: ignore[type-arg]  # the class has none when it runs
    """Beside the uploads, never served: what is to be sent is nobody's to see before."""

    def _setup(self) -> None:
        self._wrapped = FileSystemStorage(location=settings.UPLOAD_ROOT / "outbox")


storage: Any = _Storage()


def kept(act: Act) -> dict[str, Any]:
    """``act`` as JSON; its pictures are written to files named by their own SHA-256."""
    words: dict[str, Any] = {
        "text": act.text,
        "link": act.link,
        "pictures": [
            {"sha256": _written(picture), "alt": picture.alt, "name": picture.name}
            for picture in act.pictures
        ],
    }
    place = {"answers": act.answers, "top": act.top} if act.answers else {}
    return words | place


def act_of(key: str, verb: str, payload: dict[str, Any]) -> Act:
    """The act again, as it was handed over under ``key``. Raises Altered.

    The network gets a keyed hash of ``key``: two installations that post to one account number
    their stories alike.
    """
    return Act(
        verb=Verb(verb),
        text=payload["text"],
        link=payload["link"],
        pictures=tuple(_pictures(payload["pictures"])),
        key=keyed_hash("outgoing", key),
        answers=payload.get("answers", ""),
        top=payload.get("top", ""),
    )


def _written(picture: Picture) -> str:
    digest = hashlib.sha256(picture.data).hexdigest()
    if not storage.exists(digest + SUFFIX):
        storage.save(digest + SUFFIX, ContentFile(picture.data))
    return digest


def file_of(digest: str) -> bytes:
    """The picture with this SHA-256. Raises Altered."""
    try:
        with storage.open(digest + SUFFIX) as file:
            data: bytes = file.read()
    except OSError:
        raise Altered from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise Altered
    return data


def digests(payload: dict[str, Any]) -> list[str]:
    """The SHA-256 of each picture that goes with an act."""
    return [each["sha256"] for each in payload["pictures"]]


def _pictures(kept_ones: Iterable[dict[str, str]]) -> Iterable[Picture]:
    for each in kept_ones:
        yield Picture(data=file_of(each["sha256"]), alt=each["alt"], name=each["name"])

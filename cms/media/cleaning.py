"""A picture from anybody, made anew in a process of its own, or refused with a reason in words."""

from __future__ import annotations

import subprocess
import sys
import uuid
from enum import StrEnum
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from cms.media import decoder

MOST_BYTES = 10 * 1024 * 1024
# The program stops itself after its seconds of work; this is for one that waits.
PATIENCE = 20


class Kind(NamedTuple):
    """How a cleaned picture begins, and what the world calls it."""

    magic: bytes
    ending: str
    content_type: str


KINDS = (
    Kind(b"\xff\xd8\xff", "jpg", "image/jpeg"),
    Kind(b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    Kind(b"RIFF", "webp", "image/webp"),
)


class Reason(StrEnum):
    """Why a picture is refused."""

    TOO_HEAVY = "too_heavy"
    TOO_LARGE = decoder.TOO_LARGE
    UNREADABLE = decoder.UNREADABLE

    @property
    def words(self) -> str:
        """What to tell the person who sent it, with the way out."""
        return {
            Reason.TOO_HEAVY: _(
                "The picture fills more than 10 MB. Make it smaller and try again."
            ),
            Reason.TOO_LARGE: _(
                "The picture has more than 25 million pixels, or is longer than 16,000. Make it "
                "smaller and try again."
            ),
            Reason.UNREADABLE: _(
                "We cannot read this as a picture. Save it as JPEG, PNG, WebP or GIF and try "
                "again. From a phone, a screenshot of the picture will do."
            ),
        }[self]


class Refused(Exception):
    """The picture cannot be taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.words)
        self.reason = reason


class Remade(SimpleUploadedFile):
    """A picture that we drew from pixels ourselves, and that may be stored as it is.

    Without a ``name`` it gets one that nobody can guess and that says nothing; what it is decides
    the ending. ``is_first_of_many`` when the rest of an animation was left behind.
    """

    def __init__(self, content: bytes, *, name: str = "", is_first_of_many: bool = False) -> None:
        kind = _kind(content)
        name = name or uuid.uuid4().hex
        super().__init__(f"{name}.{kind.ending}", content, kind.content_type)
        self.is_first_of_many = is_first_of_many


def remade(data: bytes) -> Remade:
    """The picture in ``data`` (JPEG, PNG, WebP or GIF, whatever its name says) made anew from its
    pixels, as JPEG, PNG or WebP.

    Raises Refused.
    """
    if len(data) > MOST_BYTES:
        raise Refused(Reason.TOO_HEAVY)
    # -I: nothing from the folder or the environment gets into the program.
    program = [sys.executable, "-I", decoder.__file__]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            program, input=data, capture_output=True, timeout=PATIENCE, env={}, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise Refused(Reason.UNREADABLE) from late
    if (done.returncode, done.stdout) == (decoder.REFUSED, decoder.TOO_LARGE.encode()):
        raise Refused(Reason.TOO_LARGE)
    if done.returncode not in (0, decoder.FIRST_OF_MANY):
        raise Refused(Reason.UNREADABLE)
    return Remade(done.stdout, is_first_of_many=done.returncode == decoder.FIRST_OF_MANY)


def _kind(content: bytes) -> Kind:
    for kind in KINDS:
        if content.startswith(kind.magic):
            return kind
    raise Refused(Reason.UNREADABLE)

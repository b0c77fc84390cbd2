"""A publication as the act that a network is asked for: made of what was approved."""

from __future__ import annotations

from typing import Final

from cms.media.models import Picture
from cms.publishing import presenting
from cms.publishing.models import Publication
from cms.review.models import Approval
from panel.channels import outgoing
from panel.channels.outgoing import Act, Verb

# Large enough for every network, small enough for a phone; drawn anew, so without place or camera.
SIZE: Final = "max-2048x2048|format-jpeg|jpegquality-85"


class NoPicture(Exception):
    """The approved picture is gone, or its file is another one now."""


def act_of(row: Publication) -> Act:
    """What is to be done on the channel of ``row``. Raises NoPicture: a post without the picture
    that was approved is another post.
    """
    what = row.approval.contents
    return Act(
        verb=Verb.POST,
        text=row.text,
        link=presenting.address(what, row.approval.page),
        pictures=_pictures(row.approval),
    )


def picture_to_post(approval: Approval) -> Picture | None:
    """The story's picture, if it still is the file that was approved."""
    what = approval.contents
    found = Picture.objects.filter(pk=what.get("picture")).first()
    approved = dict(map(tuple, what.get("pictures", [])))
    return found if found and approved.get(found.pk) == found.file.name else None


def _pictures(approval: Approval) -> tuple[outgoing.Picture, ...]:
    what = approval.contents
    if what.get("picture") is None:
        return ()
    picture = picture_to_post(approval)
    if picture is None:
        raise NoPicture
    try:
        with picture.get_rendition(SIZE).file.open("rb") as file:
            data = file.read()
    except OSError:
        raise NoPicture from None
    alt = "" if what.get("picture_is_decorative") else what.get("picture_alt", "")
    return (outgoing.Picture(data=data, alt=alt),)

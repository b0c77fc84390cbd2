"""A publication as the act that a network is asked for: made of what was approved."""

from __future__ import annotations

from typing import Final

from cms.media.models import Picture
from cms.publishing import presenting
from cms.publishing.framing import framed
from cms.publishing.illustrating import illustrations, library_of
from cms.publishing.models import Publication
from panel.channels import outgoing
from panel.channels.outgoing import Act, Verb
from panel.channels.protocol import PictureRules
from panel.channels.sending import picture_rules

# Large enough for every network, small enough for a phone; drawn anew, so without place or camera.
SIZE: Final = "max-2048x2048|format-jpeg|jpegquality-85"


class NoPicture(Exception):
    """The approved picture is gone, or its file is another one now."""


def act_of(row: Publication) -> Act:
    """What is to be done on the channel of ``row``. Raises NoPicture: a post without the picture
    that was approved is another post.
    """
    what, rules = row.approval.contents, picture_rules(row.channel)
    return Act(
        verb=Verb.POST,
        text=row.text,
        link=presenting.address(what, row.approval.page),
        pictures=tuple(
            outgoing.Picture(data=_drawn(each.picture, rules), alt=each.alt)
            for each in illustrations(what, row.channel_id, library_of(what))
        ),
    )


def _drawn(picture: Picture | None, rules: PictureRules) -> bytes:
    if picture is None:
        raise NoPicture
    try:
        with picture.get_rendition(SIZE).file.open("rb") as file:
            return framed(file.read(), rules)
    except OSError:
        raise NoPicture from None

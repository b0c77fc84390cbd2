"""Pictures that a network comes for: an address nobody can guess, open only while it is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from panel.channels.outgoing import Act
from panel.channels.sending import picture_rules
from panel.outbox.models import Outgoing, State
from panel.outbox.payloads import Altered, digests, file_of

SALT: Final = "outbox.picture"
# Longer than any try at a post takes; what is not being sent is not shown in any case.
OPEN_FOR: Final = timedelta(hours=3)


class NotThere(LookupError):
    """Nothing is shown at this address."""


def with_addresses(outgoing: Outgoing, act: Act) -> Act:
    """``act`` with an address for each picture, where its network comes for them."""
    if not act.pictures or not picture_rules(outgoing.channel).fetched:
        return act
    of_each = zip(act.pictures, digests(outgoing.payload), strict=True)
    pictures = (replace(each, address=address_of(outgoing, digest)) for each, digest in of_each)
    return replace(act, pictures=tuple(pictures))


def address_of(outgoing: Outgoing, digest: str) -> str:
    """Where the picture of ``outgoing`` with this SHA-256 can be fetched for a while."""
    token = _signer().sign_object([outgoing.pk, digest])
    return settings.SITE_URL + reverse("network_picture", args=[token])


def picture_at(token: str) -> bytes:
    """The picture an address of ours leads to. Raises NotThere.

    Only while it is being sent, and only to a network that comes for pictures. Nothing is looked up
    for an address that we did not make.
    """
    try:
        key, digest = _signer().unsign_object(token, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError):
        raise NotThere from None
    sending = Outgoing.objects.filter(pk=key, state=State.SENDING).select_related("channel")
    found = sending.first()
    if found is None or not picture_rules(found.channel).fetched:
        raise NotThere
    if digest not in digests(found.payload):
        raise NotThere
    try:
        return file_of(digest)
    except Altered:
        raise NotThere from None


def _signer() -> Any:
    return signing.TimestampSigner(salt=SALT, sep=".")

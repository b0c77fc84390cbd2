"""The key of the objections must stay what it was when the first one was noted."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from panel.basis.models import ObjectionKey
from panel.core.crypto import keyed_hash

# Fingerprints found equal to the present key's; asked once in each process.
_known: set[str] = set()


class WrongKey(ImproperlyConfigured):
    """The key in the settings is not the one the objections were hashed with."""


def fingerprint() -> str:
    """What recognises the key in the settings: 64 hex digits that tell nothing else about it."""
    return keyed_hash("objection-key", "fingerprint")


def keep_key() -> None:
    """Note the key with the first objection; afterwards as ``same_key``."""
    ObjectionKey.objects.get_or_create(pk=1, defaults={"fingerprint": fingerprint()})
    same_key()


def same_key() -> None:
    """Raises WrongKey, saying what to put back, where objections were hashed with another key."""
    present = fingerprint()
    if present in _known:
        return
    kept = ObjectionKey.objects.filter(pk=1).values_list("fingerprint", flat=True).first()
    if kept is None:
        return
    if kept != present:
        raise WrongKey(
            "OBJECTION_KEY (or SECRET_KEY, where it is not set) is not the key the objections were"
            " noted with: nobody who objected would be recognised, and the next import would bring"
            " them back. Put the former value into OBJECTION_KEY; it stays the same for good."
        )
    _known.add(present)

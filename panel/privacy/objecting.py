"""Objecting: one step, one transaction, for good (P5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction

from panel.audit.actions import SYSTEM, By, record
from panel.basis import log
from panel.basis.actions import record_objections
from panel.basis.models import Objection, Route
from panel.conversations.actions.people import holding_channels_of
from panel.conversations.models import Commenter
from panel.core.crypto import keyed_hash
from panel.invitations.models import Invitation
from panel.privacy.letting_go import let_go, the_same_person

AT_ONCE = 5_000

T = TypeVar("T")


def hash_of(commenter: Commenter) -> str:
    """By what the person is recognised if they ever come again; needs the commenter's channel."""
    return keyed_hash("objection", f"{commenter.channel.scope}:{commenter.external_id}")


def hash_of_email(address: str) -> str:
    """By what an address that was given to us is recognised."""
    return keyed_hash("objection", f"email:{address.strip().lower()}")


def object_for(commenter: Commenter, *, route: Route, by: By = SYSTEM) -> None:
    """Never count or ask this person again.

    In one transaction: the objection is noted, on every channel where the same id is the same
    person; invitations that are out stop working; shortlists, counters, claims and the name are
    gone; their comments stand, by nobody.
    """
    keys = the_same_person(commenter)
    with holding_channels_of(keys):
        addresses = _addresses(keys)
        record_objections(
            [hash_of(commenter), *(hash_of_email(address) for address in addresses)], route=route
        )
        let_go(keys, by=by, keep_words=True)
        # Not on the person: the trail must not say who they were.
        record("objection.noted", on=("basis.objection", route), by=by)


@transaction.atomic
def replay(hashes: Iterable[str] | None = None) -> int:
    """Apply the log (or ``hashes``) anew, after a restore; how many people were let go again."""
    record_objections(list(log.read() if hashes is None else hashes), route=Route.REPLAY)
    objected = set(Objection.objects.values_list("subject_hash", flat=True))
    if not objected:
        return 0
    back = [
        person.pk
        for people in in_batches(Commenter.objects.select_related("channel").iterator())
        for person in people
        if hash_of(person) in objected
    ]
    for keys in in_batches(iter(back)):
        let_go(keys, by=SYSTEM, keep_words=True)
    return len(back)


def _addresses(keys: list[int]) -> list[str]:
    return [
        email
        for email in Invitation.objects.filter(commenter__in=keys).values_list("email", flat=True)
        if email
    ]


def in_batches(things: Iterator[T]) -> Iterator[list[T]]:
    """``things`` in lists of at most ``AT_ONCE``."""
    while some := list(islice(things, AT_ONCE)):
        yield some

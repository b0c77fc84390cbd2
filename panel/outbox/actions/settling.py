"""What a person decides about something that goes out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.core.clock import database_now
from panel.core.trail import System
from panel.outbox.models import Outgoing, State
from panel.outbox.moves import Refused, check, too_late

NOT_BEGUN: Final = (State.HELD, State.DUE, State.CLAIMED)
OVER: Final = (State.UNKNOWN, State.FAILED, State.MISSED)
_address = URLValidator(schemes=["https", "http"])


@transaction.atomic
def cancel(outgoing: Outgoing, *, why: str, by: User | System) -> Outgoing:
    """It will not be sent. Raises Refused without a reason, or where the network was called
    already: what may be there is not called back.
    """
    return _stop(outgoing, NOT_BEGUN, why=why, by=by, what="outgoing.cancelled")


@transaction.atomic
def hold(outgoing: Outgoing, *, why: str, by: User) -> Outgoing:
    """It waits until somebody lets it go. Raises Refused without a reason, or once it is begun."""
    row = _held(outgoing)
    _must_be(row, (State.DUE, State.CLAIMED))
    row.why = _reason(why)
    return _write(row, State.HELD, by=by, what="outgoing.held")


@transaction.atomic
def let_go(outgoing: Outgoing, *, by: User) -> Outgoing:
    """What was held back goes out at once, unless it is too late by now."""
    row = _held(outgoing)
    _must_be(row, (State.HELD,))
    row.why = ""
    return _write(row, State.DUE, by=by, what="outgoing.let_go")


@transaction.atomic
def is_there(outgoing: Outgoing, *, url: str, by: User) -> Outgoing:
    """Somebody has seen it on the network, at ``url``. Raises Refused for an address that is none,
    or where it is not in doubt.
    """
    try:
        _address(url.strip())
    except ValidationError:
        raise Refused(_("This is no address. Copy it from the network.")) from None
    row = _held(outgoing)
    _must_be(row, (State.UNKNOWN,))
    row.sent_at, row.url = database_now(), url.strip()[:500]
    return _write(row, State.SENT, by=by, what="outgoing.is_there")


@transaction.atomic
def is_not_there(outgoing: Outgoing, *, seen: int, by: User) -> Outgoing:
    """Somebody has looked: it is not on the network, and is to be sent again.

    ``seen`` is how many tries there were when they looked: of a later one they know nothing.
    """
    row = _held(outgoing)
    if row.tries != seen:
        raise Refused(_("It has moved on since you looked. Look at it again."))
    return _again(row, (State.UNKNOWN,), by=by, what="outgoing.is_not_there")


@transaction.atomic
def give_up(outgoing: Outgoing, *, why: str, by: User) -> Outgoing:
    """Nobody wants it sent any more: it is not there, was refused, or came too late. Raises Refused
    without a reason.
    """
    return _stop(outgoing, OVER, why=why, by=by, what="outgoing.given_up")


@transaction.atomic
def send_again(outgoing: Outgoing, *, by: User) -> Outgoing:
    """What the network refused, or what came too late, is tried once more, from the beginning."""
    return _again(_held(outgoing), (State.FAILED, State.MISSED), by=by, what="outgoing.sent_again")


def _again(row: Outgoing, only: Collection[str], *, by: User, what: str) -> Outgoing:
    _must_be(row, only)
    # A person wants it out now, whatever the plan was.
    row.next_at, row.looks, row.latest_at = database_now(), 0, None
    return _write(row, State.DUE, by=by, what=what)


def _stop(
    outgoing: Outgoing, only: Collection[str], *, why: str, by: User | System, what: str
) -> Outgoing:
    row = _held(outgoing)
    _must_be(row, only)
    row.why = _reason(why)
    return _write(row, State.CANCELLED, by=by, what=what)


def _must_be(row: Outgoing, states: Collection[str]) -> None:
    if row.state not in states:
        raise too_late(row.state)


def _reason(why: str) -> str:
    if not why.strip():
        raise Refused(_("Write why, so that your colleagues know."))
    return why.strip()[:300]


def _write(row: Outgoing, to: State, *, by: User | System, what: str) -> Outgoing:
    check(row.state, to)
    row.state, row.lease, row.leased_until = to, "", None
    if by is not SYSTEM:
        person: Any = by
        row.settled_by, row.settled_at = person, database_now()
    row.save()
    record(what, on=row, by=by, detail={"key": row.key})
    return row


def _held(outgoing: Outgoing) -> Outgoing:
    return Outgoing.objects.select_for_update(of=("self",)).get(pk=outgoing.pk)

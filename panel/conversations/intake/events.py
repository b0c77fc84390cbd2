"""What networks tell us by themselves: kept first, read later, and never lost on the way.

A delivery may come twice, late, and beside another: rows come from intake, which takes any order
and any number of repeats. What fails is tried alone, so that it holds up nothing else.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from panel.channels import hearing
from panel.channels.heard import Heard, Unreadable
from panel.channels.incoming import Incoming
from panel.channels.listening import listener_for
from panel.channels.models import Channel
from panel.conversations.models import Delivery, How, Strange
from panel.core.clock import now
from panel.jobs.current import current_job
from panel.jobs.faultpoints import faultpoint

from . import sql
from .batch import Intake

AT_ONCE: Final = 200
TRIES: Final = 5
FIRST_WAIT: Final = timedelta(seconds=30)
MOST_NAMES: Final = 500
NOBODY: Final = "page/unknown"
KEEP: Final = (
    "INSERT INTO conversations_delivery (kind, digest, body, received_at, tries, code)"
    " VALUES (%s, %s, %s, %s, 0, '') ON CONFLICT DO NOTHING"
)

TAKEN = faultpoint("events.taken", "what a delivery said is written, it is not marked as read")
MARKED = faultpoint("events.marked", "a delivery is marked as read, the next is not begun")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Said:
    """What some deliveries say together, by channel."""

    items: dict[Channel, list[Incoming]] = field(default_factory=dict)
    strange: Counter[str] = field(default_factory=Counter)
    shapes: dict[str, str] = field(default_factory=dict)


def keep(kind: str, body: bytes) -> None:
    """Keep a delivery until it is read; one that was delivered before changes nothing.

    One statement, committed by itself: a burst waits for nothing but the disk.
    """
    sql.execute(KEEP, [kind, sha256(body).hexdigest(), body, sql.moments()(now())])


def read() -> int:
    """Read everything that waits; how many deliveries."""
    done = 0
    while rows := list(Delivery.objects.waiting(now())[:AT_ONCE]):
        _read(rows)
        done += len(rows)
        current_job().checkpoint()
    return done


def _read(rows: Sequence[Delivery]) -> None:
    """Read them together; where that fails, each alone."""
    try:
        _take(rows)
    except (OperationalError, InterfaceError):
        raise  # the database is away: that says nothing about what was delivered
    except Exception as error:
        if len(rows) == 1:
            _put_off(rows[0], error)
            return
        for row in rows:
            _read([row])


def _take(rows: Sequence[Delivery]) -> None:
    at = now()
    said, fine = _Said(), []
    for row in rows:
        try:
            heard = _heard(row)
        except Unreadable as why:
            _give_up([row.pk], str(why), at)
            continue
        fine.append(row.pk)
        _sort(said, row.kind, heard)
    for channel, items in said.items.items():
        Intake(channel, at=at, how=How.TOLD).take([item] for item in items)
    hearing.told(said.items.keys(), at=at)
    TAKEN()
    with transaction.atomic():
        # Counted with the mark: a delivery that is read again is counted once.
        _count(said, at)
        Delivery.objects.filter(pk__in=fine).update(read_at=at, body=b"", code="", next_at=None)
    MARKED()


def _heard(row: Delivery) -> Heard:
    listener = listener_for(row.kind)
    if listener is None:
        raise Unreadable("kind")
    return listener.heard(bytes(row.body))


def _sort(said: _Said, kind: str, heard: Heard) -> None:
    """Whose channel each page is; a page that none of ours is for is strange."""
    found = Channel.objects.active().filter(kind=kind, external_id__in=list(heard.items))
    channels = {channel.external_id: channel for channel in found}
    for page, items in heard.items.items():
        if page in channels:
            said.items.setdefault(channels[page], []).extend(items)
        else:
            said.strange[NOBODY] += len(items)
    said.strange.update(heard.strange)
    said.shapes.update(heard.shapes)


def _count(said: _Said, at: datetime) -> None:
    for name, times in said.strange.items():
        known = Strange.objects.filter(name=name)
        if known.update(times=F("times") + times, last_at=at):
            continue
        if Strange.objects.count() < MOST_NAMES:
            shape = said.shapes.get(name, "")
            Strange.objects.create(name=name, shape=shape, times=times, first_at=at, last_at=at)


def _put_off(row: Delivery, error: Exception) -> None:
    """Try it again later, a few times. Its words are nobody's business: only the kind of error."""
    code, at = type(error).__name__, now()
    _log.error("Delivery %s could not be read: %s", row.pk, code)
    if row.tries + 1 >= TRIES:
        _give_up([row.pk], code, at)
        return
    wait = FIRST_WAIT * 2**row.tries
    again = Delivery.objects.filter(pk=row.pk)
    again.update(tries=F("tries") + 1, next_at=at + wait, code=code[:40])


def _give_up(keys: Sequence[int], code: str, at: datetime) -> None:
    given_up = Delivery.objects.filter(pk__in=keys)
    given_up.update(given_up_at=at, tries=F("tries") + 1, code=code[:40])

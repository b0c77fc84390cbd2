"""Writing the trail, and letting its oldest part go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from panel.audit.models import GENESIS, ByKind, Event, Head
from panel.core.clock import now
from panel.core.trail import SYSTEM, System

__all__ = ["SYSTEM", "Entry", "prune", "record", "record_many"]

BATCH = 500
_ADDRESS = re.compile(r"[^\s@<>,;:\"']+@[^\s@<>,;:\"']+\.[^\s@<>,;:\"'.]+")
_CPR = re.compile(r"\b\d{6}-?\d{4}\b")

On = models.Model | tuple[str, Any]
By = models.Model | System


@dataclass(frozen=True, slots=True)
class Entry:
    """One event to be: the arguments of ``record``."""

    what: str
    on: On
    by: By
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(what: str, *, on: On, by: By, detail: Mapping[str, Any] | None = None) -> Event:
    """Append one event in the caller's transaction: it stands or falls with the change it tells of.

    ``what`` is "thing.verb"; ``on`` a saved instance or ("app.model", id); ``by`` an account or
    ``SYSTEM``; ``detail`` JSON with ids, counts and choices. Call it last: it takes the one lock
    every writer waits for, and keeps it until the transaction ends. Raises ValueError for an
    instance without a key.
    """
    return record_many([Entry(what, on, by, detail or {})])[0]


def record_many(entries: Iterable[Entry]) -> list[Event]:
    """Append many events under one lock, in a handful of statements."""
    at = now()
    events = [_event(entry, at) for entry in entries]
    if events:
        with transaction.atomic():
            _append(events)
    return events


def prune(*, before: datetime, by: By) -> int:
    """Remove events from before ``before``, keeping the last seal so that the rest still verifies.

    Returns how many went. The removal is itself an event.
    """
    with transaction.atomic():
        head = _locked_head()
        old: models.QuerySet[Event] = Event.objects.filter(at__lt=before)
        kept_first = Event.objects.filter(at__gte=before).order_by("sequence").first()
        if kept_first is not None:
            old = old.filter(sequence__lt=kept_first.sequence)
        last = old.order_by("sequence").last()
        if last is None:
            return 0
        Head.objects.filter(pk=head.pk).update(pruned_sequence=last.sequence, pruned_hash=last.hash)
        count = models.QuerySet(Event).filter(sequence__lte=last.sequence).delete()[0]
        record("trail.pruned", on=head, by=by, detail={"events": count, "up_to": last.sequence})
        return count


def _append(events: list[Event]) -> None:
    """Number and seal ``events`` after the last one, and move the end. Needs a transaction."""
    head = _locked_head()
    sequence, seal = head.sequence, head.hash
    for event in events:
        sequence += 1
        event.sequence, event.previous_hash = sequence, seal
        event.hash = seal = event.sealed()
    Event.objects.bulk_create(events, batch_size=BATCH)
    moved = Head.objects.filter(pk=head.pk, sequence=head.sequence).update(
        sequence=sequence, hash=seal
    )
    if not moved:
        raise IntegrityError("Somebody else wrote the trail at the same time.")


def _locked_head() -> Head:
    """The end of the chain, ours until the transaction ends; made where the table is empty."""
    locked = Head.objects.select_for_update()
    head = locked.first()
    if head is None:
        Head.objects.bulk_create([Head(pk=1, hash=GENESIS)], ignore_conflicts=True)
        head = locked.get()
    return head


def _event(entry: Entry, at: datetime) -> Event:
    on_type, on_id = _name_of(entry.on)
    system = isinstance(entry.by, System)
    return Event(
        at=at,
        what=entry.what,
        on_type=on_type,
        on_id=on_id,
        by_kind=ByKind.SYSTEM if system else ByKind.PERSON,
        by_id=None if isinstance(entry.by, System) else entry.by.pk,
        detail=_plain(dict(entry.detail)),
    )


def _name_of(on: On) -> tuple[str, str]:
    if isinstance(on, tuple):
        return on[0], str(on[1])
    if on.pk is None:
        raise ValueError(f"{on._meta.label} has no key yet: save it before recording.")
    return on._meta.label_lower, str(on.pk)


def _plain(value: Any) -> Any:
    """``value`` as both databases give it back: floats and times as text, nobody's address."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {_masked(str(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return [_plain(each) for each in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return _masked(str(value))


def _masked(text: str) -> str:
    """``text`` storable in both databases, with what points at a person taken out."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return _CPR.sub("[cpr]", _ADDRESS.sub("[e-mail]", clean))

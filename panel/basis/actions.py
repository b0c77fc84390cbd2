"""Recording the basis, and noting objections."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panel.audit.actions import SYSTEM, By, record
from panel.basis import log
from panel.basis.keys import keep_key
from panel.basis.models import ControllerRecord, Objection, Route
from panel.basis.reports import objected
from panel.core.clock import in_copenhagen, now


@transaction.atomic
def record_basis(
    *,
    legal_basis: str,
    dpia_reference: str,
    dpo_consulted_on: date,
    retention_days: int,
    valid_until: date,
    valid_from: date | None = None,
    by: By = SYSTEM,
) -> ControllerRecord:
    """Write down what the municipality decided; it opens the gate from ``valid_from`` (today).

    Raises ValidationError with a sentence for every field that cannot be right.
    """
    entry = ControllerRecord(
        legal_basis=legal_basis.strip(),
        dpia_reference=dpia_reference.strip(),
        dpo_consulted_on=dpo_consulted_on,
        retention_days=retention_days,
        valid_from=valid_from or in_copenhagen(now()).date(),
        valid_until=valid_until,
        recorded_by_id=getattr(by, "pk", None),
    )
    entry.full_clean()
    _check_days(entry)
    entry.save()
    record("basis.recorded", on=entry, by=by, detail={"valid_until": valid_until.isoformat()})
    return entry


def _check_days(entry: ControllerRecord) -> None:
    """What no constraint can say, because it depends on the day it is written down."""
    day = in_copenhagen(now()).date()
    if entry.valid_until < day:
        raise ValidationError({"valid_until": _("The last day has passed. Choose one ahead.")})
    if entry.dpo_consulted_on > day:
        raise ValidationError(
            {"dpo_consulted_on": _("Ask the data protection officer first; this day is ahead.")}
        )


@transaction.atomic
def withdraw_basis(entry: ControllerRecord, *, by: By) -> None:
    """The record holds no longer: the gate closes unless another one is in force."""
    done = ControllerRecord.objects.filter(pk=entry.pk, withdrawn_at=None).update(
        withdrawn_at=now()
    )
    if done:
        record("basis.withdrawn", on=entry, by=by)


@transaction.atomic
def record_objections(hashes: Collection[str], *, route: Route) -> int:
    """Note that the people behind ``hashes`` objected; how many of them were not noted before.

    The hashes go to the log outside the database too, so that a restored backup gets them back.
    They are written there before the transaction ends: an objection too many in the log does no
    harm, one too few would bring somebody back.
    """
    keep_key()
    known = objected(hashes)
    new = [each for each in dict.fromkeys(hashes) if each not in known]
    Objection.objects.bulk_create(
        [Objection(subject_hash=each, route=route) for each in new], ignore_conflicts=True
    )
    if route != Route.REPLAY:
        log.append(new)
    return len(new)

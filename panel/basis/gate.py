"""The gate (P1): nothing is measured, shortlisted or invited before the municipality has decided it
may."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from panel.basis.models import ControllerRecord
from panel.core.clock import in_copenhagen, now


class NoBasis(Exception):
    """No controller's record is in force; the message says what is missing and where to write
    it."""


def today() -> date:
    """The day it is on the town hall's clock: records begin and end with it."""
    return in_copenhagen(now()).date()


def in_force(on: date | None = None) -> ControllerRecord | None:
    """The record that holds on the day ``on`` (today in Copenhagen), the newest of several."""
    return ControllerRecord.objects.in_force(on or today()).first()


def is_open(on: date | None = None) -> bool:
    """Whether anybody may be measured on the day ``on``."""
    return in_force(on) is not None


def require() -> ControllerRecord:
    """The record in force today.

    Raises NoBasis while there is none.
    """
    record = in_force()
    if record is None:
        raise NoBasis(f"{why_closed()} {_way_out()}")
    return record


def why_closed(on: date | None = None) -> str:
    """What is missing on the day ``on``: never recorded, not yet, over or withdrawn."""
    day = on or today()
    latest = ControllerRecord.objects.first()
    if latest is None:
        return _(
            "Nothing is measured and nobody is invited until the municipality has recorded its"
            " legal basis, impact assessment and retention."
        )
    standing = ControllerRecord.objects.filter(withdrawn_at=None)
    ahead = standing.filter(valid_from__gt=day).order_by("valid_from").first()
    if ahead:
        return _("The legal basis is recorded, and in force from %(day)s.") % {
            "day": date_format(ahead.valid_from)
        }
    if latest.withdrawn_at is not None:
        return _("The legal basis was withdrawn on %(day)s: nothing is measured any more.") % {
            "day": date_format(in_copenhagen(latest.withdrawn_at))
        }
    return _("The legal basis ran out on %(day)s: nothing is measured until it is renewed.") % {
        "day": date_format(latest.valid_until)
    }


def _way_out() -> str:
    return _("Record it under Settings, Legal basis, or with manage.py record_basis.")

"""Jobs: each calls one action."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from panel.jobs.registry import job, periodic
from panel.privacy.replaying import catch_up
from panel.privacy.retaining import retain


@periodic(daily="04:10")
@job(name=_("Forget what has been kept long enough"), time_limit=6 * 3600.0)
def forget_daily() -> dict[str, int]:
    """Once a night; returns how many rows each rule dealt with."""
    return retain()


@periodic(every=timedelta(minutes=5))
@job(name=_("Apply objections that a restored backup has forgotten"), time_limit=3600.0)
def apply_forgotten_objections() -> int:
    """First thing when a worker starts, and every five minutes; returns how many were let go."""
    return catch_up()

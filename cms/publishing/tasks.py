"""Jobs: each calls one action."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cms.publishing import sweeping
from panel.jobs.registry import job, periodic


@periodic(every=timedelta(seconds=5))
@job(name=_("Let stories out at their time"), time_limit=600)
def go_live() -> int:
    """Every five seconds; returns how many stories went out."""
    return sweeping.sweep()


@periodic(every=timedelta(seconds=30))
@job(name=_("Close stories whose time is over"), time_limit=300)
def close_late() -> int:
    """Twice a minute; returns how many."""
    sweeping.replace_who_left()
    return sweeping.close_late()

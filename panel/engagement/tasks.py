"""What comes by the clock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.engagement.actions import expire
from panel.jobs.registry import job, periodic


@periodic(daily="03:40")
@job(name=_("Let go of people on shortlists whose purpose is over"))
def expire_shortlists() -> None:
    """See ``actions.expire``."""
    expire(now())

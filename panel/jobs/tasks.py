"""Our own periodic job."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.jobs.actions import clear_away
from panel.jobs.registry import job, periodic


@periodic(daily="03:40")
@job(name=_("Clear away what is over in the queue"), time_limit=600)
def clear_the_queue() -> dict[str, int]:
    """Once a night; returns how many rows went."""
    return clear_away(at=now())

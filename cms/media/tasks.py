"""Jobs: each calls one action."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.media.actions import forget_set_aside
from panel.jobs.registry import job, periodic


@periodic(daily="04:40")
@job(name=_("Forget files that nobody has put into words"))
def forget_daily() -> int:
    """Once a night; returns how many files."""
    return forget_set_aside()

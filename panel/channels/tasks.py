"""Jobs: each calls one action."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from panel.channels import looking_after
from panel.jobs.registry import job, periodic


@periodic(daily="06:20")
@job(name=_("Test the keys of the channels"), time_limit=900)
def check_keys() -> int:
    """Every morning; returns how many networks could be asked."""
    return looking_after.check_all()


@periodic(every=timedelta(minutes=5))
@job(name=_("Tell administrators of keys that need them"))
def tell_of_keys() -> int:
    """Every five minutes; returns of how many keys."""
    return looking_after.tell()

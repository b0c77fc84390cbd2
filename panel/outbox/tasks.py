"""Jobs: each calls one action."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from panel.jobs.queue import enqueue
from panel.jobs.registry import job, periodic
from panel.outbox import looking, sending


@periodic(every=timedelta(seconds=2))
@job(name=_("Send what is due to the networks"), time_limit=600, priority=90)
def deliver() -> int:
    """Every two seconds; returns how many tries were made."""
    if sending.is_much():
        enqueue(deliver_too, key="deliver_too")
    return sending.deliver()


@job(name=_("Help to send what is due to the networks"), time_limit=600, priority=90)
def deliver_too() -> int:
    """What a second worker does when much is due at once; returns how many tries were made."""
    return sending.deliver()


@periodic(every=timedelta(seconds=15))
@job(name=_("Look for what may have been sent"), time_limit=300, priority=50)
def look_after() -> int:
    """Four times a minute; returns how many were found on their network."""
    looking.recover()
    looking.miss()
    return looking.look()

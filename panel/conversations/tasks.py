"""Jobs: each loads by id and calls one action."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.conversations import telling
from panel.conversations.intake import events, polling, vanishing, work
from panel.conversations.retention import drop_old_deliveries, drop_old_files
from panel.jobs.queue import enqueue
from panel.jobs.registry import job, periodic

HOURS = 6 * 3600.0


@job(name=_("Import a file of comments"), time_limit=HOURS)
def import_file(key: int, token: str) -> None:
    """Import the rest of the file of import ``key``."""
    work.import_file(key, UUID(token))


@job(name=_("Check a file of comments"), time_limit=HOURS)
def check_file(key: int, token: str) -> None:
    """Count what importing the file of import ``key`` would do."""
    work.check_file(key, UUID(token))


@periodic(daily="03:40")
@job(name=_("Delete import files nobody needs any more"))
def forget_files() -> None:
    """Delete uploaded files some days after their last use."""
    drop_old_files()


@periodic(every=timedelta(seconds=2))
@job(name=_("Read what the networks have told us"), time_limit=600, priority=80)
def read_events() -> int:
    """Every two seconds; returns how many deliveries were read."""
    return events.read()


@periodic(every=timedelta(minutes=10))
@job(name=_("Read the networks for what is new"))
def poll_all() -> None:
    """Six times an hour, each channel in a job of its own: a slow network holds up no other."""
    for channel in polling.readable():
        enqueue(poll, channel.pk, key=f"poll:{channel.pk}")


@job(name=_("Read a network for what is new"), time_limit=1800, tries=1)
def poll(channel: int) -> None:
    """Read the channel with this primary key, if it is still in use."""
    found = Channel.objects.active().filter(pk=channel).first()
    if found is not None:
        polling.poll(found)


@periodic(every=timedelta(minutes=1))
@job(name=_("Tell editors of what vanished"))
def tell_of_vanishings() -> int:
    """Every minute; returns about how many alarms a letter left."""
    vanishing.look_again()
    return telling.tell()


@periodic(daily="03:50")
@job(name=_("Delete deliveries nobody needs any more"))
def forget_deliveries() -> int:
    """Once a day; returns how many were deleted."""
    return drop_old_deliveries()

"""When what vanished is too much to be chance: the alarm, raised once for each thread.

It looks only at what was seen, never at the order in which it came. What came back later had
vanished all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Max

from panel.audit.actions import SYSTEM, Entry, record_many
from panel.channels.models import Channel
from panel.conversations.models import Sighting, Thing, Vanishing, What
from panel.core.clock import now

from .locking import holding

WITHIN: Final = timedelta(minutes=15)
# The answers below a comment go with it, and may be told of before it.
PATIENCE: Final = timedelta(minutes=1)
LOOKED_BACK: Final = timedelta(hours=1)

Moment = tuple[datetime, str]


def is_gone(seen: Sighting) -> bool:
    """Whether it is something citizens cannot see any more, without our doing."""
    return seen.what in (What.REMOVED, What.HIDDEN) and not seen.by_us


def are_many(moments: Iterable[Moment], *, least: int, within: timedelta = WITHIN) -> bool:
    """Whether ``least`` different things (when, which) lie so close together somewhere."""
    in_time = sorted(moments)
    first = 0
    for last, (at, _which) in enumerate(in_time):
        while at - in_time[first][0] > within:
            first += 1
        if len({which for _at, which in in_time[first : last + 1]}) >= least:
            return True
    return False


def raise_due(channel: Channel, threads: Collection[str], *, at: datetime) -> list[Vanishing]:
    """Raise the alarm for those of ``threads`` (posts' ids) that call for it and have none.

    The caller holds the channel.
    """
    raised = [
        Vanishing(channel=channel, post_external_id=thread, thing=thing, after=after, raised_at=at)
        for thread in sorted(threads)
        for thing in Thing
        if (after := _after(channel, thread, thing)) is not None
        and _calls_for_it(channel, thread, thing, after, at)
    ]
    # One by one: their keys are wanted, and there is hardly ever more than one.
    for each in raised:
        each.save()
    record_many(
        Entry("vanishing.raised", each, SYSTEM, {"thing": each.thing, "channel": channel.slug})
        for each in raised
    )
    return raised


def look_again() -> int:
    """Raise what had to wait for a comment above to be told of; how many alarms."""
    at, raised = now(), 0
    lately = Sighting.objects.vanished().filter(learned_at__gte=at - LOOKED_BACK)
    waiting = lately.filter(what=What.REMOVED).exclude(parent_external_id="")
    threads: dict[int, set[str]] = {}
    for channel, thread in waiting.values_list("channel_id", "post_external_id"):
        threads.setdefault(channel, set()).add(thread)
    for found in Channel.objects.filter(pk__in=threads):
        with holding([found.pk]):
            raised += len(raise_due(found, threads[found.pk], at=at))
    return raised


def _after(channel: Channel, thread: str, thing: Thing) -> int | None:
    """The last sighting that a settled alarm was about; None while there is an open one."""
    alarms = Vanishing.objects.filter(channel=channel, post_external_id=thread, thing=thing)
    if alarms.open().exists():
        return None
    last: int | None = alarms.aggregate(last=Max("up_to"))["last"]
    return last or 0


def _calls_for_it(channel: Channel, thread: str, thing: Thing, after: int, at: datetime) -> bool:
    seen = Sighting.objects.of_thread(channel.pk, thread).vanished().filter(thing=thing)
    if thing is Thing.POST:
        return seen.filter(is_ours=True, pk__gt=after).exists()
    above = set(seen.filter(what=What.REMOVED).values_list("external_id", flat=True))
    fresh = list(seen.filter(pk__gt=after))
    moments = [(each.happened_at, each.external_id) for each in fresh if _counts(each, above, at)]
    return are_many(moments, least=settings.VANISHED_COMMENTS)


def _counts(seen: Sighting, above: Collection[str], at: datetime) -> bool:
    """An answer that went with the comment above it is no loss of its own."""
    if seen.what == What.HIDDEN or not seen.parent_external_id:
        return True
    return seen.parent_external_id not in above and seen.learned_at <= at - PATIENCE

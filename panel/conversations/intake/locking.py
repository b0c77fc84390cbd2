"""One writer a channel: whatever changes comments or their counters holds the channel until it
commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from panel.channels.models import Channel


@contextmanager
def holding(channels: Iterable[int]) -> Iterator[None]:
    """A transaction in which nobody else writes under these channels (primary keys).

    Counters are sums over rows: two writers that do not see each other's rows would both be wrong.
    An objection takes this before it is written, so that no import puts back whom it removes.
    """
    with transaction.atomic():
        wanted = Channel.objects.filter(pk__in=sorted(set(channels))).order_by("pk")
        list(wanted.select_for_update(no_key=True).values_list("pk", flat=True))
        yield

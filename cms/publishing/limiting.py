"""How often one network may ask for calendars. The login's limits let every GET pass."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from panel.core.clock import now
from panel.core.crypto import keyed_hash

# A town hall's calendars come from one address, each of them four times an hour.
AN_HOUR: Final = 1200
_SECONDS: Final = 60 * 60


def may_read(request: HttpRequest) -> bool:
    """Whether this network may ask once more this hour; its address is kept only as a hash."""
    network = keyed_hash("calendar", get_adapter().get_client_ip(request))
    counter = f"calendar-asked:{now():%Y%m%d%H}:{network}"
    cache.add(counter, 0, timeout=_SECONDS)
    try:
        return int(cache.incr(counter)) <= AN_HOUR
    except ValueError:
        # It ran out between the two lines: the hour is over, and the next has just begun.
        return True

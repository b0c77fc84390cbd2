"""How much is left of the limits, as the headers say, and no when nothing is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from panel.channels.fake.mastodon.errors import Refusal
from panel.channels.fake.state import Network

USUAL, MINUTES = 300, 5


@dataclass(slots=True)
class Meter:
    """Counts calls by account. Without a quota there is always something left."""

    network: Network
    windows: dict[str, tuple[int, int]] = field(default_factory=dict)  # since when, how many

    def count(self, owner: str) -> None:
        """One call more. Raises ``Refusal`` when that is one too many."""
        settings, now = self.network.settings, self.network.now()
        if not settings.quota:
            return
        since, calls = self.windows.get(owner, (now, 0))
        if now - since >= settings.quota_minutes * 60:
            since, calls = now, 0
        self.windows[owner] = since, calls + 1
        if calls >= settings.quota:
            raise Refusal(429)

    def headers(self, owner: str, minutes: int | None = None) -> dict[str, str]:
        """All three; ``minutes`` is how long a limit lasts that a fault made up, 0 for one that is
        over by now.
        """
        settings, now = self.network.settings, self.network.now()
        since, calls = self.windows.get(owner, (now, 1))
        limit = settings.quota or USUAL
        window = settings.quota_minutes if settings.quota else MINUTES
        is_made_up = minutes is not None
        left = 0 if is_made_up else max(0, limit - calls) if settings.quota else limit - 1
        until = since + window * 60 if minutes is None else now + minutes * 60
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": written(until, "microseconds"),
        }


def written(moment: int, precision: str = "milliseconds") -> str:
    """A time as Mastodon writes it."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec=precision)[:-6] + "Z"

"""How much of the limits is used, as the headers say, and no when it is too much."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from panel.channels.fake.graph.errors import Refusal
from panel.channels.fake.state import Network

TOO_MANY = 80001


@dataclass(slots=True)
class Window:
    """One page's calls since a moment."""

    since: int
    calls: int = 0


@dataclass(slots=True)
class Meter:
    """Counts calls by page. Without a quota it only says what the settings say."""

    network: Network
    windows: dict[str, Window] = field(default_factory=dict)

    def count(self, owner: str) -> None:
        """One call more. Raises ``Refusal`` when that is one too many."""
        settings = self.network.settings
        if not settings.quota:
            return
        now = self.network.now()
        window = self.windows.setdefault(owner, Window(now))
        if now - window.since >= settings.quota_minutes * 60:
            window.since, window.calls = now, 0
        window.calls += 1
        if window.calls > settings.quota:
            raise Refusal(TOO_MANY, subcode=2446079)

    def headers(self, owner: str, minutes: int = 0) -> dict[str, str]:
        """Both of them; ``minutes`` is how long a limit lasts that a fault made up."""
        percent = 100 if minutes else self._percent(owner)
        share = {"call_count": percent, "total_cputime": percent // 2, "total_time": percent // 2}
        headers = {"X-App-Usage": json.dumps(share)}
        if owner:
            wait = minutes or self._wait(owner)
            one = {"type": "pages", **share, "estimated_time_to_regain_access": wait}
            headers["X-Business-Use-Case-Usage"] = json.dumps({owner: [one]})
        return headers

    def _percent(self, owner: str) -> int:
        settings, window = self.network.settings, self.windows.get(owner)
        if not settings.quota or window is None:
            return settings.usage
        return min(100, window.calls * 100 // settings.quota)

    def _wait(self, owner: str) -> int:
        """Minutes until calls are taken again; 0 while they are."""
        settings, window = self.network.settings, self.windows.get(owner)
        if not settings.quota or window is None or window.calls <= settings.quota:
            return 0
        left = window.since + settings.quota_minutes * 60 - self.network.now()
        return max(1, -(-left // 60))

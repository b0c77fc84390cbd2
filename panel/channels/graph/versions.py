"""Graph's versions and how long each is answered.

From docs/graph-api/changelog, as of November 2026. A version lives two years at least; where its
end is not announced yet, that is when to look again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from panel.core.clock import in_copenhagen, now

ENDS: Final[Mapping[str, date]] = {
    "v20.0": date(2026, 9, 24),
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
    # Not announced: two years after its 29 July 2026.
    "v26.0": date(2028, 7, 29),
}
QUARTER: Final = timedelta(days=91)


def days_left(version: str) -> int | None:
    """Until it is no longer answered, below zero afterwards; None for one that we do not know."""
    end = ENDS.get(version)
    return (end - in_copenhagen(now()).date()).days if end else None


@register
def version_lives(**_rest: Any) -> list[CheckMessage]:
    """A quarter ahead: afterwards Graph answers as the oldest version it still has, unasked."""
    version = settings.FACEBOOK_GRAPH_VERSION
    left = days_left(version)
    if left is None:
        return [
            Warning(
                f"FACEBOOK_GRAPH_VERSION={version} is not among those Medspil was tried with.",
                hint=f"Write one of {', '.join(sorted(ENDS))}, or upgrade Medspil.",
                id="channels.W001",
            )
        ]
    if left > QUARTER.days:
        return []
    ends = f"ended on {ENDS[version]}" if left < 0 else f"ends on {ENDS[version]}, in {left} days"
    return [
        Warning(
            f"FACEBOOK_GRAPH_VERSION={version} {ends}.",
            hint="Upgrade Medspil, read Meta's changelog, and set a newer version.",
            id="channels.W002",
        )
    ]

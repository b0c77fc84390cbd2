"""What was asked, which fault hit it, and whether the act was done: the truth a client's own story
is compared with.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class Asked:
    """One request. ``made`` is the id of what came of it; ``status`` 0 means no answer was sent."""

    number: int
    at: float
    method: str
    path: str
    fault: str = ""
    done: bool = False
    made: str = ""
    status: int = 0

    def as_data(self) -> dict[str, Any]:
        """For the control interface."""
        return asdict(self)


def counted(log: list[Asked]) -> dict[str, Any]:
    """Requests in numbers: all, acts done, by route (ids left out), and by fault."""
    faults: dict[str, dict[str, int]] = {}
    for one in log:
        if one.fault:
            of_kind = faults.setdefault(one.fault, {"hit": 0, "done": 0})
            of_kind["hit"] += 1
            of_kind["done"] += one.done
    return {
        "requests": len(log),
        "done": sum(one.done for one in log),
        "routes": dict(Counter(_route(one) for one in log)),
        "faults": faults,
    }


def _route(one: Asked) -> str:
    parts = one.path.split("/")
    return f"{one.method} " + "/".join(
        "*" if any(map(str.isdigit, part)) else part for part in parts
    )

"""How what lies below ``audit`` leaves a trail: ``accounts`` calls here, ``audit`` writes.

Everything above ``audit`` calls ``panel.audit.actions.record`` itself. Both end in the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final


class System:
    """The one who did it when no person did: the worker, a command, a migration."""

    def __str__(self) -> str:
        return "system"


SYSTEM: Final = System()

_writers: list[Callable[..., Any]] = []


def write_with(writer: Callable[..., Any]) -> None:
    """``writer`` is the ``record`` that does the work; ``audit`` says so when it is ready."""
    _writers[:] = [writer]


def record(what: str, *, on: Any, by: Any, detail: Mapping[str, Any] | None = None) -> None:
    """As ``panel.audit.actions.record``.

    Raises RuntimeError where nothing writes the trail.
    """
    if not _writers:
        raise RuntimeError("Nothing writes the trail: panel.audit is not in INSTALLED_APPS.")
    _writers[0](what, on=on, by=by, detail=detail)

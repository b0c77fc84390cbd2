"""Which state of an import may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from panel.conversations.models import ImportState

S = ImportState

IMPORT_MOVES: Final[Mapping[ImportState, frozenset[ImportState]]] = {
    S.EXAMINED: frozenset({S.CHECKING, S.RUNNING, S.CANCELLED}),
    S.CHECKING: frozenset({S.CHECKED, S.EXAMINED, S.FAILED, S.CANCELLED}),
    S.CHECKED: frozenset({S.EXAMINED, S.CHECKING, S.RUNNING, S.CANCELLED}),
    S.RUNNING: frozenset({S.RUNNING, S.DONE, S.FAILED, S.CANCELLED}),
    S.FAILED: frozenset({S.EXAMINED, S.CHECKING, S.RUNNING}),
    S.CANCELLED: frozenset({S.EXAMINED, S.CHECKING, S.RUNNING}),
    S.DONE: frozenset(),
}
"""From a state to those that may follow. Running may follow itself: another process goes on."""


def may_follow(state: str, following: ImportState) -> bool:
    """Whether an import in ``state`` may come to ``following``."""
    return following in IMPORT_MOVES[ImportState(state)]

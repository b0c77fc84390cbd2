"""What may become of an approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from cms.review.models import State

_FORWARD: Mapping[State, tuple[State, ...]] = {
    State.ASKED: (
        *(State.APPROVED, State.CHANGES, State.REJECTED),
        *(State.TAKEN_BACK, State.FELL_AWAY, State.LATE),
    ),
    # Back to asked for when the one who gave it has left before it was used.
    State.APPROVED: (
        *(State.PUBLISHED, State.CHANGES, State.REJECTED),
        *(State.TAKEN_BACK, State.FELL_AWAY, State.MISSED, State.ASKED),
    ),
    State.PUBLISHED: (State.SUPERSEDED, State.TAKEN_DOWN),
}
MOVES: Final[Mapping[str, frozenset[str]]] = {
    state: frozenset(_FORWARD.get(state, ())) for state in State
}


class MoveRefused(Exception):
    """The approval is not where this may happen to it; the message says so to staff."""


def check(now_in: str, to: str) -> None:
    """Raises MoveRefused unless an approval may go from ``now_in`` to ``to``."""
    if to not in MOVES[now_in]:
        raise MoveRefused(
            _("This is “%(state)s” now. Somebody was quicker than you: look at it again.")
            % {"state": State(now_in).label}
        )

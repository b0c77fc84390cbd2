"""What may become of a publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from cms.publishing.models import State
from cms.review.moves import MoveRefused

_FORWARD: Mapping[State, tuple[State, ...]] = {
    State.WAITING: (
        *(State.HELD, State.READY, State.QUEUED, State.OUT),
        *(State.FAILED, State.MISSED, State.CANCELLED),
    ),
    State.HELD: (State.WAITING, State.MISSED, State.CANCELLED),
    State.READY: (State.OUT, State.CANCELLED),
    State.QUEUED: (State.OUT, State.FAILED, State.MISSED, State.CANCELLED),
    # Somebody sends again what was refused, or what came too late.
    State.FAILED: (State.QUEUED, State.OUT),
    State.MISSED: (State.QUEUED, State.OUT),
    # Back when somebody marked as posted by mistake.
    State.OUT: (State.READY, State.DOWN),
}
MOVES: Final[Mapping[str, frozenset[str]]] = {
    state: frozenset(_FORWARD.get(state, ())) for state in State
}


def check(now_in: str, to: str) -> None:
    """Raises MoveRefused unless a publication may go from ``now_in`` to ``to``."""
    if to not in MOVES[now_in]:
        raise MoveRefused(
            _("This is “%(state)s” now. Somebody was quicker than you: look at it again.")
            % {"state": State(now_in).label}
        )

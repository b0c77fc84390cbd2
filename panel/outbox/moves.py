"""What may become of something that goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from panel.outbox.models import State

_FORWARD: Mapping[State, tuple[State, ...]] = {
    State.HELD: (State.DUE, State.MISSED, State.CANCELLED),
    State.DUE: (State.HELD, State.CLAIMED, State.MISSED, State.CANCELLED),
    # Nobody has called the network yet: whoever took it may lose it.
    State.CLAIMED: (
        *(State.DUE, State.HELD, State.SENDING, State.MISSED),
        *(State.FAILED, State.CANCELLED),
    ),
    State.SENDING: (State.SENT, State.UNKNOWN, State.FAILED, State.DUE),
    # Never by itself to be sent again: a person says that it is not there.
    State.UNKNOWN: (State.SENT, State.DUE, State.CANCELLED),
    State.FAILED: (State.DUE, State.CANCELLED),
    State.MISSED: (State.DUE, State.CANCELLED),
}
MOVES: Final[Mapping[str, frozenset[str]]] = {
    state: frozenset(_FORWARD.get(state, ())) for state in State
}


class Refused(Exception):
    """It cannot be done; the message says why, for a person."""


def check(now_in: str, to: str) -> None:
    """Raises Refused unless something may go from ``now_in`` to ``to``."""
    if to not in MOVES[now_in]:
        raise too_late(now_in)


def too_late(now_in: str) -> Refused:
    """What is said to whoever comes to something that has moved on."""
    return Refused(
        _("This is “%(state)s” now. Somebody was quicker than you: look at it again.")
        % {"state": State(now_in).label}
    )

"""The verbs: hand over, stop, settle, pause."""

from panel.outbox.actions.handing import hand_over
from panel.outbox.actions.pausing import end_pause, pause
from panel.outbox.actions.settling import (
    cancel,
    give_up,
    hold,
    is_not_there,
    is_there,
    let_go,
    send_again,
)

__all__ = [
    "cancel",
    "end_pause",
    "give_up",
    "hand_over",
    "hold",
    "is_not_there",
    "is_there",
    "let_go",
    "pause",
    "send_again",
]

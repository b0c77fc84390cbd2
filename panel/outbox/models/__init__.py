"""What goes to the outside, each try at it, and what stops it."""

from panel.outbox.models.attempts import Attempt
from panel.outbox.models.lanes import Lane
from panel.outbox.models.outgoing import Outgoing, State
from panel.outbox.models.pauses import Pause

__all__ = ["Attempt", "Lane", "Outgoing", "Pause", "State"]

"""What can be done with conversations, a verb each."""

from .answering import Refused, reply
from .moderation import AlreadyDone, hide, mark_competition, set_department, show_again
from .people import forget, holding_channels_of
from .vanishings import settle

__all__ = [
    "AlreadyDone",
    "Refused",
    "forget",
    "hide",
    "holding_channels_of",
    "mark_competition",
    "reply",
    "set_department",
    "settle",
    "show_again",
]

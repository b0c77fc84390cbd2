"""What can be done with conversations, a verb each."""

from .moderation import AlreadyDone, hide, mark_competition, set_department, show_again
from .people import forget, holding_channels_of

__all__ = [
    "AlreadyDone",
    "forget",
    "hide",
    "holding_channels_of",
    "mark_competition",
    "set_department",
    "show_again",
]

"""What may be done with templates, campaigns and invitations, a verb each."""

from .answers import decline, lapse, open_up, redeem
from .campaigns import add_ways, end, go_on, make, pause, release, submit, take_back
from .forgetting import blank
from .invitations import hand_over, set_way, settle, withdraw
from .letters import write_letters
from .reminders import remind, write_reminders, write_reminders_again
from .templates import approve_template, write_template

__all__ = [
    "add_ways",
    "approve_template",
    "blank",
    "decline",
    "end",
    "go_on",
    "hand_over",
    "lapse",
    "make",
    "open_up",
    "pause",
    "redeem",
    "release",
    "remind",
    "set_way",
    "settle",
    "submit",
    "take_back",
    "withdraw",
    "write_letters",
    "write_reminders",
    "write_reminders_again",
    "write_template",
]

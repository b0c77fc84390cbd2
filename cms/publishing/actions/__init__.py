"""The verbs: plan and stop, put out, take down, post by hand, pause."""

from cms.publishing.actions.byhand import give_up_posting, mark_posted, not_posted_after_all
from cms.publishing.actions.calendarkeys import close_calendar, make_calendar_key
from cms.publishing.actions.down import remove, take_down
from cms.publishing.actions.golive import give_up_late, put_out
from cms.publishing.actions.planning import cancel, go_on, hold_back, move, submit, take_back
from cms.publishing.actions.prompting import prompt
from cms.publishing.actions.reminding import remind, remind_all
from panel.outbox.actions import end_pause, pause

__all__ = [
    "cancel",
    "close_calendar",
    "end_pause",
    "give_up_late",
    "give_up_posting",
    "go_on",
    "hold_back",
    "make_calendar_key",
    "mark_posted",
    "move",
    "not_posted_after_all",
    "pause",
    "prompt",
    "put_out",
    "remind",
    "remind_all",
    "remove",
    "submit",
    "take_back",
    "take_down",
]

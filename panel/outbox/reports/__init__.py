"""What is asked of the outbox: read only, answered as dataclasses."""

from panel.outbox.reports.channels import (
    Numbers,
    Stop,
    Stopped,
    Troubles,
    Way,
    numbers,
    sending,
    troubles,
    ways,
    with_something_to_send,
)
from panel.outbox.reports.groups import Group
from panel.outbox.reports.sections import Listing, Section, Wanted, listing
from panel.outbox.reports.stories import Story, story_of

__all__ = [
    "Group",
    "Listing",
    "Numbers",
    "Section",
    "Stop",
    "Stopped",
    "Story",
    "Troubles",
    "Wanted",
    "Way",
    "listing",
    "numbers",
    "sending",
    "story_of",
    "troubles",
    "ways",
    "with_something_to_send",
]

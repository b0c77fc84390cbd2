"""What goes out, what went out, and what keeps it: read-only, answered as rows ready to show."""

from cms.publishing.reports.calendar import Calendar, Day, Entry, calendar, election_ahead
from cms.publishing.reports.feed import events, reader
from cms.publishing.reports.listing import Listing, Section, outgoing
from cms.publishing.reports.marks import marks_of
from cms.publishing.reports.record import Happened, Record, record_of
from cms.publishing.reports.rounds import Group, Wanted
from cms.publishing.reports.rows import Line, Row
from cms.publishing.reports.standing import (
    AfterPause,
    after_pause,
    of,
    problems,
    removed,
    to_post,
)

__all__ = [
    "AfterPause",
    "Calendar",
    "Day",
    "Entry",
    "Group",
    "Happened",
    "Line",
    "Listing",
    "Record",
    "Row",
    "Section",
    "Wanted",
    "after_pause",
    "calendar",
    "election_ahead",
    "events",
    "marks_of",
    "of",
    "outgoing",
    "problems",
    "reader",
    "record_of",
    "removed",
    "to_post",
]

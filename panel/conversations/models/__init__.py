"""What citizens write, the bare counters kept from it, and the files it comes from."""

from .comments import Comment, Removal
from .counters import Exchange, Participation, Tally
from .deliveries import Delivery, Strange
from .imports import ColumnMapping, FileImport, ImportFault, ImportState
from .people import Commenter, Department
from .posts import Post
from .replies import Reply
from .sightings import How, Sighting, Thing, What
from .vanishings import Vanishing, Verdict

__all__ = [
    "ColumnMapping",
    "Comment",
    "Commenter",
    "Delivery",
    "Department",
    "Exchange",
    "FileImport",
    "How",
    "ImportFault",
    "ImportState",
    "Participation",
    "Post",
    "Removal",
    "Reply",
    "Sighting",
    "Strange",
    "Tally",
    "Thing",
    "Vanishing",
    "Verdict",
    "What",
]

"""What citizens write, the bare counters kept from it, and the files it comes from."""

from .comments import Comment, Removal
from .counters import Exchange, Participation, Tally
from .deliveries import Delivery, Strange
from .imports import ColumnMapping, FileImport, ImportFault, ImportState
from .people import Commenter, Department
from .posts import Post
from .replies import Reply

__all__ = [
    "ColumnMapping",
    "Comment",
    "Commenter",
    "Delivery",
    "Department",
    "Exchange",
    "FileImport",
    "ImportFault",
    "ImportState",
    "Participation",
    "Post",
    "Removal",
    "Reply",
    "Strange",
    "Tally",
]

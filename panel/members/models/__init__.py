"""Members of the panel, what they told us themselves, and what they said yes to."""

from .consent import Answer, Consent, ConsentText
from .people import AgeBand, Area, Claim, Door, Gender, Interest, Member, Profile

__all__ = [
    "AgeBand",
    "Answer",
    "Area",
    "Claim",
    "Consent",
    "ConsentText",
    "Door",
    "Gender",
    "Interest",
    "Member",
    "Profile",
]

"""Joining, and the member's own page.

Views find, ask, call one action and answer.
"""

from __future__ import annotations

from .consent import ConsentTextPage
from .own_page import (
    About,
    Agree,
    AreTheyYours,
    Disclaim,
    Home,
    Joined,
    Leave,
    Left,
    MemberRequired,
)
from .steps import Code, Start, Yes

__all__ = [
    "About",
    "Agree",
    "AreTheyYours",
    "Code",
    "ConsentTextPage",
    "Disclaim",
    "Home",
    "Joined",
    "Leave",
    "Left",
    "MemberRequired",
    "Start",
    "Yes",
]

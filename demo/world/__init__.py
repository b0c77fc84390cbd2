"""Ternesund Kommune as pure data: no Django, no database, the same every time.

``generate`` is the year of its page; ``cast`` and ``landmarks`` name who and what to point at in
it; ``pages``, ``LETTERS``, ``STAFF`` ``panelists``, ``stories``
and ``thoughts`` are what else a demo is filled with.
"""

from demo.world.cast import AUTHORS, CITIZEN_KEYS, ROLES, Role, cast
from demo.world.letters import LETTERS, Letter
from demo.world.pages import LANGUAGES, PAGE_KEYS, PageText, html, inline, page, pages
from demo.world.people import (
    DPIA_REFERENCE,
    INTERESTS,
    LEGAL_BASIS,
    RETENTION_DAYS,
    STAFF,
    Panelist,
    Staff,
    panelists,
)
from demo.world.places import (
    AREA_BY_SLUG,
    AREAS,
    DEPARTMENTS,
    MUNICIPALITY,
    Area,
    Department,
    Municipality,
)
from demo.world.stories import Thought, Told, stories, thoughts
from demo.world.stream import FEWEST_COMMENTS, Incoming, Landmarks, generate, landmarks

__all__ = [
    "AREAS",
    "AREA_BY_SLUG",
    "AUTHORS",
    "CITIZEN_KEYS",
    "DEPARTMENTS",
    "DPIA_REFERENCE",
    "FEWEST_COMMENTS",
    "INTERESTS",
    "LANGUAGES",
    "LEGAL_BASIS",
    "LETTERS",
    "MUNICIPALITY",
    "PAGE_KEYS",
    "RETENTION_DAYS",
    "ROLES",
    "STAFF",
    "Area",
    "Department",
    "Incoming",
    "Landmarks",
    "Letter",
    "Municipality",
    "PageText",
    "Panelist",
    "Role",
    "Staff",
    "Thought",
    "Told",
    "cast",
    "generate",
    "html",
    "inline",
    "landmarks",
    "page",
    "pages",
    "panelists",
    "stories",
    "thoughts",
]

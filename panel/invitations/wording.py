"""The words of an invitation: what may be inserted, what must be (P8), and how it is filled in.

Pure: no models. A template is plain text with names in braces, as ``{link}``. Nothing else in
braces is allowed, and nothing in it is code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Insert:
    """Something the product fills in.

    ``missing`` is what to tell the author who left it out.
    """

    name: str
    meaning: Promise | str
    missing: Promise | str


REQUIRED: Final = (
    Insert(
        "municipality",
        _("Who is responsible: the municipality's name"),
        _("It must say who is responsible. Insert {municipality}."),
    ),
    Insert(
        "dpo",
        _("How to reach the data protection officer"),
        _("It must say how to reach the data protection officer. Insert {dpo}."),
    ),
    Insert(
        "purpose",
        _("What the panel is for"),
        _("It must say what the information is used for. Insert {purpose}."),
    ),
    Insert(
        "basis",
        _("The legal basis, from the controller's record"),
        _("It must name the legal basis. Insert {basis}."),
    ),
    Insert(
        "source",
        _("Why this person: their comments, and where"),
        _("It must say where you know the person from. Insert {source}."),
    ),
    Insert(
        "retention",
        _("How long the information is kept"),
        _("It must say how long the information is kept. Insert {retention}."),
    ),
    Insert("link", _("The person's own link"), _("It needs a link to join by. Insert {link}.")),
    Insert(
        "objection",
        _("The link to say: do not count or ask me again"),
        _("It must tell how to object. Insert {objection}."),
    ),
)
OPTIONAL: Final = (
    Insert("name", _("The person's name as shown on the network"), ""),
    Insert("until", _("The last day the link works"), ""),
    Insert("panel", _("What the panel is called"), ""),
)
KNOWN: Final = frozenset(insert.name for insert in (*REQUIRED, *OPTIONAL))


def faults(body: str) -> list[str]:
    """What keeps ``body`` from being sent, in sentences for its author; empty when it may go
    out."""
    used = set(_NAME.findall(body))
    missing = [str(insert.missing) for insert in REQUIRED if insert.name not in used]
    unknown = [
        str(_("There is nothing called {%(name)s} to insert.") % {"name": name})
        for name in sorted(used - KNOWN)
    ]
    return [*missing, *unknown, *_stray_braces(body)]


def subject_faults(subject: str) -> list[str]:
    """What is wrong with a subject line: it is one line, and only names may be inserted."""
    allowed = {"municipality", "name", "panel"}
    return [
        str(_("{%(name)s} cannot stand in the subject.") % {"name": name})
        for name in sorted(set(_NAME.findall(subject)) - allowed)
    ] + _stray_braces(subject)


def reminder_faults(subject: str, text: str) -> dict[str, list[str]]:
    """What is wrong with a reminder's "subject" and "text"; nothing when both are empty.

    It must say all that the invitation must: the invitation may be lost.
    """
    if not subject and not text:
        return {}
    found = {"subject": subject_faults(subject), "text": faults(text)}
    if not subject:
        found["subject"] = [str(_("A reminder needs a subject."))]
    if not text:
        found["text"] = [str(_("Write the text of the reminder, or leave its subject empty."))]
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with every known name replaced once; what is inserted is never looked into again.

    Raises KeyError for a name without a value.
    """
    return _NAME.sub(lambda found: values[found.group(1)], text)


def _stray_braces(text: str) -> list[str]:
    if re.search(r"[{}]", _NAME.sub("", text)):
        return [str(_("There is a single { or } in the text. Use them only around a name."))]
    return []


def reply_faults(reply: str) -> list[str]:
    """What is wrong with a public reply: everybody reads it, so it names nobody (P15)."""
    if not reply:
        return []
    used = set(_NAME.findall(reply))
    found = [] if "link" in used else [str(_("A public reply needs the link. Insert {link}."))]
    found += [
        str(_("{%(name)s} cannot stand in a public reply: everybody can read it.") % {"name": name})
        for name in sorted(used - {"link", "panel", "municipality"})
    ]
    return [*found, *_stray_braces(reply)]

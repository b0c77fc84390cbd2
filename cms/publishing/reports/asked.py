"""Questions about what waits for a yes, and what became of it. Reading only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from wagtail.models import Page

from cms.review.models import Approval, State
from panel.accounts.models import User
from panel.audit import presenters
from panel.audit.models import Event

# What the timeline shows at most: the newest.
LONGEST = 30


def waiting_for(user: User) -> list[Approval]:
    """What this editor may decide, what is needed first at the top. One query.

    Who has a hand in something is left out here by what was noted when it was asked for; the
    action looks again.
    """
    if not user.has_perm("review.give_approval"):
        return []
    asked = (
        Approval.objects.filter(state=State.ASKED)
        .exclude(asked_by=user)
        .select_related("asked_by", "page")
        .order_by(F("needed_by").asc(nulls_last=True), "asked_at", "pk")
    )
    return [approval for approval in asked if user.pk not in approval.authors]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done in a round of approval, and what was written with it."""

    at: datetime
    who: str
    what: str
    note: str = ""


def history(page: Page | None, approval: Approval | None = None) -> list[Happening]:
    """What happened in all rounds of ``page``, newest first; of ``approval`` alone, where the
    page is gone. Three queries.
    """
    rounds = Approval.objects.filter(pk=approval.pk) if approval else Approval.objects.none()
    if page is not None:
        rounds = Approval.objects.of(page)
    known = {str(one.pk): one for one in rounds}
    events = list(
        Event.objects.filter(on_type=Approval._meta.label_lower, on_id__in=known).order_by(
            "-sequence"
        )[:LONGEST]
    )
    names = presenters.names(events)
    return [
        Happening(
            at=event.at,
            who=presenters.actor(event, names),
            what=presenters.sentence(event),
            note=_note(event, known[event.on_id]),
        )
        for event in events
    ]


def _note(event: Event, approval: Approval) -> str:
    if event.what == "approval.asked":
        return approval.message
    said = ("approval.given", "approval.changes_asked_for", "approval.rejected")
    # An approval that was given anew has the note of the last one only.
    same = event.by_id == approval.decided_by_id
    return approval.note if event.what in said and same else ""

"""One story's rounds, what is to be posted, what a pause keeps, what the watchman removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from cms.publishing.actions.down import REMOVED
from cms.publishing.models import Publication, State
from cms.publishing.reports.rounds import every, has, newest
from cms.publishing.reports.rows import Row, rows
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.stories.models import StoryPage
from panel.audit.models import Event
from panel.core.clock import now
from panel.outbox.models import Pause

# Administrators read it for so long.
TOLD_FOR: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AfterPause:
    """What the end of a pause does: goes out ``at_once``, is ``too_late`` by now."""

    at_once: tuple[Row, ...]
    too_late: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A story the watchman took down: what it is called, and when that was."""

    title: str
    at: datetime
    page: int | None


def of(approval: Approval) -> Row:
    """One round alone."""
    return rows(every(now()).filter(pk=approval.pk))[0]


def to_post() -> QuerySet[Publication]:
    """What somebody is to post by hand now, the longest due first."""
    ready = Publication.objects.filter(state=State.READY)
    return ready.select_related("approval", "channel").order_by("due_at", "pk")


def problems() -> int:
    """How many stories need a decision."""
    return newest(now()).filter(rank__isnull=False).count()


def after_pause(pause: Pause) -> AfterPause:
    """What has come due since ``pause`` began, were it to end now."""
    at = now()
    due = has(state=State.WAITING, due_at__lte=at, latest_at__gte=at)
    over = Q(has(state=State.WAITING, latest_at__lt=at), state=Said.APPROVED)
    missed = Q(state=Said.MISSED, ended_at__gte=pause.started_at)
    return AfterPause(
        at_once=tuple(rows(every(at).filter(due, state=Said.APPROVED).order_by("moment", "pk"))),
        too_late=tuple(rows(newest(at).filter(over | missed).order_by("due", "pk"))),
    )


def removed() -> list[Removed]:
    """What the watchman took down lately, the newest first: two queries at most."""
    events = list(
        Event.objects.filter(what=REMOVED, at__gte=now() - TOLD_FOR).order_by("-sequence")
    )
    pages = [event.detail["page"] for event in events]
    titles = dict(StoryPage.objects.filter(pk__in=pages).values_list("pk", "title"))
    return [
        Removed(title=titles.get(key, ""), at=event.at, page=key if key in titles else None)
        for key, event in zip(pages, events, strict=True)
    ]

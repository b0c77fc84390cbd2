"""Everything there is to know about one round of one story, years later too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cms.publishing.models import Publication
from cms.publishing.reports.rounds import every
from cms.publishing.reports.rows import Row, rows
from cms.review.models import Approval
from panel.accounts.models import User
from panel.audit import presenters
from panel.audit.models import Event
from panel.core.clock import now


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the trail."""

    at: datetime
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Record:
    """One round: ``row`` as in the list, ``rounds`` of the same page with it among them."""

    row: Row
    writers: tuple[str, ...]
    fingerprint: str
    rounds: tuple[Row, ...]
    happened: tuple[Happened, ...]


def record_of(approval: Approval) -> Record:
    """The record of ``approval``. As many queries for a hundred rounds as for one."""
    same = Q(pk=approval.pk) | Q(page__isnull=False, page=approval.page_id)
    rounds = rows(every(now()).filter(same).order_by("-asked_at", "-pk"))
    row = next(each for each in rounds if each.approval.pk == approval.pk)
    return Record(
        row=row,
        writers=_names(approval.authors),
        fingerprint=fingerprint(approval.seal),
        rounds=tuple(rounds),
        happened=_happened(approval, [line.publication for line in row.lines]),
    )


def fingerprint(seal: str) -> str:
    """The beginning of a seal, as people compare it: four groups of four."""
    return " ".join(seal[start : start + 4] for start in range(0, 16, 4))


def _names(keys: list[int]) -> tuple[str, ...]:
    """Who they are today, in the order of their names."""
    return tuple(sorted(map(str, User.objects.filter(pk__in=keys))))


def _happened(approval: Approval, planned: list[Publication]) -> tuple[Happened, ...]:
    about = Q(on_type=Approval._meta.label_lower, on_id=str(approval.pk)) | Q(
        on_type=Publication._meta.label_lower, on_id__in=[str(row.pk) for row in planned]
    )
    events = list(Event.objects.filter(about).order_by("sequence"))
    known = presenters.names(events)
    return tuple(
        Happened(event.at, presenters.actor(event, known), presenters.sentence(event))
        for event in events
    )

"""What goes out, for a colleague's own calendar: titles, states and times, and nobody's name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.publishing.brief import brief
from cms.publishing.ical import Event, Status
from cms.publishing.models import CalendarKey
from cms.publishing.reports.calendar import SHOWN
from cms.publishing.reports.rounds import DID_NOT, newest
from cms.publishing.reports.rows import Row, rows
from cms.review.models import State as Said
from panel.accounts.models import User
from panel.core.clock import now
from panel.core.crypto import token_hash

BEHIND: Final = timedelta(days=90)
AHEAD: Final = timedelta(days=365)


def reader(token: str) -> User | None:
    """Whose key ``token`` is, as long as they work here and may see what goes out."""
    keys = CalendarKey.objects.select_related("user")
    key = keys.filter(token_hash=token_hash(token)).first()
    if key is None or not key.user.is_staff:
        return None
    return key.user if key.user.has_perm("publishing.view_publication") else None


def events() -> list[Event]:
    """Every story that has a time, the newest round of each, in the order of the clock."""
    at = now()
    found = newest(at).annotate(stands_at=Coalesce("published_at", "due"))
    there = found.filter(
        state__in=SHOWN, stands_at__gte=at - BEHIND, stands_at__lt=at + AHEAD
    ).order_by("stands_at", "pk")
    # One event a story: of several rounds, the last one is what holds.
    last: dict[str, Row] = {}
    for row in sorted(rows(there), key=lambda row: row.approval.pk):
        last[_uid(row.approval)] = row
    told = [_event(uid, row) for uid, row in last.items()]
    return sorted(told, key=lambda event: (event.at, event.uid))


def _uid(approval: Any) -> str:
    host = urlsplit(settings.SITE_URL).hostname
    if approval.page_id is None:
        return f"round-{approval.pk}@{host}"
    return f"story-{approval.page_id}@{host}"


def _event(uid: str, row: Row) -> Event:
    approval: Any = row.approval
    published = list(approval.publications.all())
    said = {"state": brief(approval, published, row.standing).words, "title": approval.title}
    return Event(
        uid=uid,
        # A story that is moved gets another round, and every round a higher number.
        sequence=approval.pk,
        at=approval.stands_at,
        changed_at=_changed_at(approval, published),
        words=_("%(state)s: %(title)s") % said,
        url=settings.SITE_URL + reverse("outgoing:record", args=[approval.pk]),
        status=_status(approval),
    )


def _changed_at(approval: Any, published: list[Any]) -> datetime:
    moments = [approval.asked_at, approval.decided_at, approval.published_at, approval.ended_at]
    moments += [moment for row in published for moment in (row.held_at, row.out_at, row.posted_at)]
    return max(moment for moment in moments if moment)


def _status(approval: Any) -> Status:
    if approval.state == Said.ASKED:
        return Status.TENTATIVE
    if approval.state in (*DID_NOT, Said.TAKEN_DOWN):
        return Status.CANCELLED
    return Status.CONFIRMED

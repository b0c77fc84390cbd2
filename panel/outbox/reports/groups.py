"""What goes out, sorted by what it asks of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from panel.outbox.models import Outgoing, State
from panel.outbox.models.outgoing import LOOKS, OutgoingQuerySet

# What came too late is put before people for so long; nobody sends older news.
FRESH: Final = timedelta(days=7)


class Group(models.TextChoices):
    """What it asks of whoever reads the list."""

    NEEDS = "needs", _("Needs you")
    UNDER_WAY = "under_way", _("Under way")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")


def needing(at: datetime) -> OutgoingQuerySet:
    """What a person is to settle: in doubt after all looks, refused, or too late a short while
    ago.
    """
    found: OutgoingQuerySet = Outgoing.objects.filter(_needs(at))
    return found


def in_group(group: str, at: datetime) -> OutgoingQuerySet:
    """All of ``group``, in the order one reads it."""
    return _GROUPS[group](at)


def over(at: datetime) -> OutgoingQuerySet:
    """What asks nothing of anybody any more, the newest first."""
    ended = Coalesce("sent_at", "settled_at", "latest_at", "due_at")
    found = Outgoing.objects.filter(_sent(at) | _stopped(at)).order_by(ended.desc(), "-pk")
    return _with_names(found)


def _needs(at: datetime) -> Q:
    asking = Q(state=State.UNKNOWN, looks__gte=LOOKS)
    return asking | Q(state=State.FAILED) | Q(state=State.MISSED, latest_at__gte=at - FRESH)


def _under_way(at: datetime) -> Q:
    moving = Q(state__in=(State.HELD, State.DUE, State.CLAIMED, State.SENDING))
    return moving | Q(state=State.UNKNOWN, looks__lt=LOOKS)


def _sent(at: datetime) -> Q:
    return Q(state=State.SENT)


def _stopped(at: datetime) -> Q:
    old = Q(state=State.MISSED) & (Q(latest_at__lt=at - FRESH) | Q(latest_at__isnull=True))
    return Q(state=State.CANCELLED) | old


def _first_what_may_be_there(at: datetime) -> OutgoingQuerySet:
    """What may stand twice soonest comes first, what is only late last."""
    ranks = {State.UNKNOWN: 0, State.FAILED: 1}
    whens = [When(state=state, then=Value(rank)) for state, rank in ranks.items()]
    rank = Case(*whens, default=Value(2), output_field=IntegerField())
    return _with_names(needing(at).order_by(rank, "due_at", "pk"))


def _next_first(at: datetime) -> OutgoingQuerySet:
    return _with_names(Outgoing.objects.filter(_under_way(at)).order_by("next_at", "pk"))


def _newest_sent(at: datetime) -> OutgoingQuerySet:
    return _with_names(Outgoing.objects.filter(_sent(at)).order_by("-sent_at", "-pk"))


def _newest_stopped(at: datetime) -> OutgoingQuerySet:
    ended = Coalesce("settled_at", "latest_at", "due_at")
    return _with_names(Outgoing.objects.filter(_stopped(at)).order_by(ended.desc(), "-pk"))


def _with_names(found: OutgoingQuerySet) -> OutgoingQuerySet:
    return found.select_related("channel", "settled_by").defer("payload")


_GROUPS: Final[Mapping[str, Callable[[datetime], OutgoingQuerySet]]] = {
    Group.NEEDS: _first_what_may_be_there,
    Group.UNDER_WAY: _next_first,
    Group.SENT: _newest_sent,
    Group.STOPPED: _newest_stopped,
}

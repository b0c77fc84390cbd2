"""How well a network is heard: facts about the line, which nobody decided, noted and in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from panel.channels.heard import Ears
from panel.channels.listening import listener_for, reader_of
from panel.channels.models import Channel, Hearing, Refused
from panel.channels.outgoing import NotReached, Outcome
from panel.core.clock import now

# Read six times an hour: three readings in a row that failed are a failure.
OVERDUE: Final = timedelta(minutes=40)
DAYS_COUNTED: Final = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A channel's line to its network, as the channel's page shows it.

    ``address`` is where the network tells us, empty where it tells nothing by itself; ``lacks`` are
    the settings without which it cannot.
    """

    hearing: Hearing
    address: str
    lacks: tuple[str, ...]
    refused: int
    is_overdue: bool


def line_of(channel: Channel) -> Line | None:
    """How the channel's network is heard; None where there is nothing to hear."""
    listener, reader = listener_for(channel.kind), reader_of(channel)
    if listener is None and reader is None:
        return None
    found = Hearing.objects.filter(channel=channel).first() or Hearing(channel=channel)
    return Line(
        found,
        address_for(channel.kind) if listener is not None else "",
        listener.lacks() if listener is not None else (),
        _refused_lately(channel.kind),
        is_overdue=bool(found.tried_at) and (found.read_at or channel.created_at) < now() - OVERDUE,
    )


def address_for(kind: str) -> str:
    """Where a kind's network tells us what happens."""
    return settings.SITE_URL + reverse(f"webhook_{kind}")


def ears_told(ears: Ears) -> str:
    """What came of asking the network to tell us, and what is left to do."""
    if not ears.page:
        return _("The network took the order and does not follow it. Try again in a while.")
    if ears.app is None:
        return _(
            "The page tells our app. Whether the app tells us cannot be seen from here: look in "
            "the app under Webhooks."
        )
    if not ears.app:
        return _(
            "The page tells our app, but the app does not tell us yet: enter the address and the "
            "word below in the app under Webhooks, Page, and tick “feed”."
        )
    return _("The network tells us what happens on the page.")


def why_deaf(error: NotReached) -> str:
    """Why the network could not be asked to tell us."""
    if error.answer.code == "no_key":
        return _("The channel has no key that can be read. Paste one in.")
    if error.answer.outcome is Outcome.REFUSED:
        return _(
            "The network refused (%(code)s). Does the key have the permission "
            "pages_manage_metadata? Make one that has, and replace it here."
        ) % {"code": error.answer.code}
    return _("The network did not answer (%(code)s). Try again in a while.") % {
        "code": error.answer.code
    }


def told(channels: Collection[Channel], *, at: datetime) -> None:
    """Their network has told us something."""
    _ensure(channels)
    Hearing.objects.filter(channel__in=channels).update(told_at=at)


def was_read(channel: Channel, *, at: datetime) -> None:
    """The channel was read to the end."""
    _ensure([channel])
    Hearing.objects.filter(channel=channel).update(read_at=at, tried_at=at, read_code="")


def was_not_read(channel: Channel, *, at: datetime, code: str) -> None:
    """The channel could not be read, for the reason in ``code``."""
    _ensure([channel])
    Hearing.objects.filter(channel=channel).update(tried_at=at, read_code=code[:40])


def refused(kind: str) -> None:
    """A call was made in the name of the kind's network and was not its."""
    today = now().astimezone(UTC).date()
    counted = Refused.objects.filter(kind=kind, day=today)
    if not counted.update(times=F("times") + 1):
        Refused.objects.bulk_create([Refused(kind=kind, day=today)], ignore_conflicts=True)
        counted.update(times=F("times") + 1)


def _refused_lately(kind: str) -> int:
    since = now().astimezone(UTC).date() - timedelta(days=DAYS_COUNTED)
    lately = Refused.objects.filter(kind=kind, day__gt=since)
    return lately.aggregate(times=Sum("times"))["times"] or 0


def _ensure(channels: Collection[Channel]) -> None:
    new = [Hearing(channel=channel) for channel in channels]
    Hearing.objects.bulk_create(new, ignore_conflicts=True)

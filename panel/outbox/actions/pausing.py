"""Stopping everything, or one channel, and letting it go on."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from panel.accounts.models import User
from panel.audit.actions import record
from panel.channels.models import Channel
from panel.core.clock import now
from panel.outbox.models import Lane, Pause
from panel.outbox.moves import Refused


@transaction.atomic
def pause(*, reason: str, by: User, channel: Channel | None = None) -> Pause:
    """From when this returns nothing more is begun, on ``channel`` or anywhere.

    Raises Refused without a reason, or when it is paused already.
    """
    if not reason.strip():
        raise Refused(_("Write why everything stops, so that your colleagues know."))
    _hold_lanes(channel)
    try:
        with transaction.atomic():
            made = Pause.objects.create(channel=channel, started_by=by, reason=reason.strip())
    except IntegrityError:
        raise Refused(_paused_already(channel)) from None
    record("outbox.paused", on=made, by=by, detail=_where(channel))
    return made


@transaction.atomic
def end_pause(*, by: User, channel: Channel | None = None) -> Pause:
    """What is due and not too late goes out at once. Raises Refused when nothing is paused."""
    pauses = Pause.objects.select_for_update(of=("self",))
    on = (pauses.of(channel) if channel else pauses.of_everything()).first()
    if on is None:
        raise Refused(_("Nothing is paused."))
    on.ended_by, on.ended_at, on.is_on = by, now(), None
    on.save(update_fields=["ended_by", "ended_at", "is_on"])
    record("outbox.went_on", on=on, by=by, detail=_where(channel))
    return on


def _hold_lanes(channel: Channel | None) -> None:
    """Wait for whoever is about to call a network; who comes after us sees the pause."""
    lanes = Lane.objects.filter(channel=channel) if channel else Lane.objects.all()
    list(lanes.select_for_update().order_by("pk").values_list("pk"))


def _paused_already(channel: Channel | None) -> str:
    return _("This channel is paused already.") if channel else _("Everything is paused already.")


def _where(channel: Channel | None) -> dict[str, str]:
    return {"channel": channel.slug} if channel else {}

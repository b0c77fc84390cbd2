"""One button that stops everything, and one that lets it go on."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cms.publishing.models import Pause
from cms.review.actions import Refused
from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import now


@transaction.atomic
def pause(*, reason: str, by: User) -> Pause:
    """From when this returns nothing goes out by itself. Raises Refused without a reason, or when
    everything is paused already.
    """
    if not reason.strip():
        raise Refused(_("Write why everything stops, so that your colleagues know."))
    try:
        with transaction.atomic():
            pause = Pause.objects.create(started_by=by, reason=reason.strip())
    except IntegrityError:
        raise Refused(_("Everything is paused already.")) from None
    record("publishing.paused", on=pause, by=by)
    return pause


@transaction.atomic
def end_pause(*, by: User) -> Pause:
    """What is due and not too late goes out at once. Raises Refused when nothing is paused."""
    pause = Pause.objects.select_for_update().on().first()
    if pause is None:
        raise Refused(_("Nothing is paused."))
    pause.ended_by, pause.ended_at, pause.is_on = by, now(), None
    pause.save(update_fields=["ended_by", "ended_at", "is_on"])
    record("publishing.went_on", on=pause, by=by)
    return pause

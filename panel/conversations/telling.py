"""Telling editors and administrators that something vanished: one letter for each alarm.

Begun and sent are noted apart: whoever dies between the two leaves a letter that somebody else
sends a little later, once too often rather than never.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from panel.accounts.models import User
from panel.accounts.reports import holders
from panel.accounts.roles import Role
from panel.conversations.models import Vanishing
from panel.conversations.reports.vanishings import Alarm, open_alarms, with_posts
from panel.core import mail
from panel.core.clock import now
from panel.jobs.current import current_job
from panel.jobs.faultpoints import faultpoint

LETTER: Final = "conversations/mail/vanished"
# Sending takes seconds: whoever has not come back by then will not.
CLAIM: Final = timedelta(minutes=4)

CLAIMED = faultpoint("vanishing.claimed", "a letter about something that vanished is begun")

_log = logging.getLogger(__name__)


def tell() -> int:
    """Send what nobody has sent yet; about how many alarms a letter left."""
    told = 0
    for alarm in with_posts(open_alarms().untold(now() - CLAIM)):
        told += _tell(alarm)
        current_job().checkpoint()
    return told


def concerned() -> list[User]:
    """Who answers for what stands on the municipality's pages."""
    able = holders(Role.EDITOR, Role.ADMINISTRATOR)
    return list(able.filter(is_staff=True).order_by("pk"))


def _tell(alarm: Alarm) -> bool:
    at = now()
    mine = Vanishing.objects.filter(pk=alarm.vanishing.pk)
    if not mine.untold(at - CLAIM).update(claimed_at=at):
        return False
    CLAIMED()
    sent = [_mail(alarm, person) for person in concerned()]
    if not any(sent):
        return False
    mine.update(told_at=now())
    return True


def _mail(alarm: Alarm, person: User) -> bool:
    """Whether the letter left."""
    path = reverse("vanished:one", args=[alarm.vanishing.pk])
    try:
        mail.send(
            LETTER,
            to=person.email,
            language=settings.LANGUAGE_CODE,
            context={
                "name": person.get_short_name(),
                "alarm": alarm,
                "channel": alarm.vanishing.channel.name,
                "link": settings.SITE_URL + path,
            },
        )
    except (smtplib.SMTPException, OSError) as failure:
        # Which letter and why, never to whom.
        kind = type(failure).__name__
        _log.warning(
            "A letter about vanishing %s could not be mailed: %s", alarm.vanishing.pk, kind
        )
        return False
    return True

"""Looking after the keys: each is tried once a day, and administrators hear of it in time.

A network tells nobody when a key dies. Each worry about a key is told once, and anew for another
key.
"""

from __future__ import annotations

import logging
import smtplib
from typing import Final

from django.conf import settings
from django.urls import reverse

from panel.accounts.models import User
from panel.accounts.reports import holders
from panel.accounts.roles import Role
from panel.channels.actions import check_token
from panel.channels.keys import Worry
from panel.channels.kinds import adapter_for
from panel.channels.models import Credential
from panel.channels.outgoing import NotReached
from panel.channels.protocol import KeyHolder
from panel.core import mail
from panel.core.clock import now
from panel.jobs.current import current_job

LETTERS: Final = {Worry.ENDING: "channels/mail/ending", Worry.DEAD: "channels/mail/dead"}

_log = logging.getLogger(__name__)


def check_all() -> int:
    """Ask every network about our key, the dead ones left out; how many could be asked."""
    asked = 0
    for key in Credential.objects.alive().select_related("channel").order_by("channel_id"):
        if not isinstance(adapter_for(key.channel.kind), KeyHolder):
            continue
        try:
            check_token(key.channel, by=None)
        except NotReached as why:
            # That says nothing about the key: it is asked again tomorrow.
            _log.warning("The key of channel %s was not tested: %s", key.channel_id, why)
        else:
            asked += 1
        current_job().checkpoint()
    return asked


def tell() -> int:
    """Mail administrators what they should know of a key; of how many keys."""
    found = [(Worry.DEAD, key) for key in Credential.objects.dead()]
    found += [(Worry.ENDING, key) for key in Credential.objects.ending(now())]
    return sum(_tell(worry, key.pk) for worry, key in found)


def _tell(worry: Worry, key: int) -> bool:
    """Claimed before it leaves, so that two workers do not both send it; whether it left."""
    untold = Credential.objects.filter(pk=key).exclude(told_of=worry)
    if not untold.update(told_of=worry):
        return False
    try:
        _mail(worry, Credential.objects.defer("token").select_related("channel").get(pk=key))
    except (smtplib.SMTPException, OSError) as failure:
        # Which letter and why, never to whom.
        _log.warning("A letter about key %s could not be mailed: %s", key, type(failure).__name__)
        Credential.objects.filter(pk=key, told_of=worry).update(told_of="")
        return False
    return True


def _mail(worry: Worry, key: Credential) -> None:
    path = reverse("channels:edit", args=[key.channel_id])
    for person in administrators():
        mail.send(
            LETTERS[worry],
            to=person.email,
            language=settings.LANGUAGE_CODE,
            context={
                "name": person.get_short_name(),
                "channel": key.channel.name,
                "key": key,
                "link": settings.SITE_URL + path,
            },
        )


def administrators() -> list[User]:
    """Who can replace a key."""
    return list(holders(Role.ADMINISTRATOR).filter(is_staff=True).order_by("pk"))

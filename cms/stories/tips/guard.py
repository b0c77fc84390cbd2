"""Keeping machines out without a puzzle: a field only they fill, the time they do not take, and
limits by network and in all.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from allauth.core import ratelimit
from django.core import signing
from django.http import HttpRequest

from panel.core.clock import now

SALT: Final = "stories.tips.stamp"
TRAP: Final = "subject"
# Nobody reads the form and writes ten letters sooner.
LEAST_SECONDS: Final = 3
# A page may stay open for a day (WCAG 2.2.1); after that the form comes back as it was.
MOST_SECONDS: Final = 24 * 3600


class Verdict(StrEnum):
    """Who seems to be asking."""

    PERSON = "person"
    MACHINE = "machine"
    TOO_LATE = "too_late"


def stamp() -> str:
    """When the form was first shown, so that it cannot be made up."""
    return signing.dumps(int(now().timestamp()), salt=SALT)


def judge(request: HttpRequest) -> Verdict:
    """Look at the trap and the stamp of a form that was sent."""
    given = request.POST.get("stamp", "")
    if request.POST.get(TRAP) or not given:
        return Verdict.MACHINE
    try:
        shown = signing.loads(given, salt=SALT)
    except signing.BadSignature:
        # Perhaps the secret was changed meanwhile: a person loses nothing by sending it again.
        return Verdict.TOO_LATE
    took = now().timestamp() - float(shown)
    if took > MOST_SECONDS:
        return Verdict.TOO_LATE
    return Verdict.PERSON if took >= LEAST_SECONDS else Verdict.MACHINE


def may_try(request: HttpRequest) -> bool:
    """Whether this network may hand in another form: a photo costs us work even when refused."""
    return bool(ratelimit.consume(request, action="tip_try"))


def may_send(request: HttpRequest) -> bool:
    """Whether another tip is taken from this network, and from everybody together."""
    return bool(ratelimit.consume(request, action="tip", key="everybody"))


def may_confirm(request: HttpRequest, email: str) -> bool:
    """Whether ``email`` may be told today that a tip came: it may be somebody else's."""
    return bool(ratelimit.consume(request, action="tip_confirmation", key=email.lower()))

"""What may become of a campaign and of an invitation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from panel.invitations.models import CampaignState as C
from panel.invitations.models import InvitationState as I

CAMPAIGN: Final[Mapping[str, frozenset[str]]] = {
    C.DRAFT: frozenset({C.WAITING, C.ENDED}),
    C.WAITING: frozenset({C.DRAFT, C.RUNNING, C.ENDED}),
    C.RUNNING: frozenset({C.PAUSED, C.ENDED}),
    C.PAUSED: frozenset({C.RUNNING, C.ENDED}),
    C.ENDED: frozenset(),
}

INVITATION: Final[Mapping[str, frozenset[str]]] = {
    I.READY: frozenset({I.SENDING, I.SENT, I.WITHDRAWN}),
    # Committed before the letter leaves: who crashes here may have sent it, so a person decides.
    I.SENDING: frozenset({I.SENT, I.FAILED, I.UNSURE}),
    I.UNSURE: frozenset({I.SENT, I.READY, I.WITHDRAWN, I.JOINED, I.OPENED, I.DECLINED, I.LAPSED}),
    I.FAILED: frozenset({I.READY, I.WITHDRAWN}),
    I.SENT: frozenset({I.OPENED, I.JOINED, I.DECLINED, I.LAPSED, I.WITHDRAWN}),
    I.OPENED: frozenset({I.JOINED, I.DECLINED, I.LAPSED, I.WITHDRAWN}),
    I.JOINED: frozenset(),
    I.DECLINED: frozenset(),
    I.LAPSED: frozenset(),
    I.WITHDRAWN: frozenset(),
}

# While in one of these, the person may still answer.
ANSWERABLE: Final = tuple(state for state, onward in INVITATION.items() if I.JOINED in onward)


class MoveRefused(Exception):
    """The row is not where this may happen to it; the message says so to staff."""


def check(table: Mapping[str, frozenset[str]], now_in: str, to: str) -> None:
    """Raises MoveRefused unless ``table`` lets a row go from ``now_in`` to ``to``."""
    if to not in table[now_in]:
        raise MoveRefused(
            _("This is “%(state)s” now, so it cannot become “%(to)s”. Reload the page.")
            % {"state": _label(now_in), "to": _label(to)}
        )


def _label(value: str) -> str:
    kind = I if value in I.values else C
    return str(kind(value).label)

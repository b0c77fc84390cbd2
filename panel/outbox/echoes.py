"""What came back from the network of something we sent: asked here, answered by whoever hears it.

``conversations`` keeps what networks tell and show, and says so with ``heard_by``. Nothing is
stored beside either row: both know the network's id, whichever of them learns it first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from panel.outbox.models import Outgoing


@dataclass(frozen=True, slots=True)
class Echo:
    """A post as the network showed it: where its thread is read here, and where it stands there."""

    address: str
    url: str
    comments: int
    posted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Echoes:
    """``of`` is what was sent, by its id. ``like`` are posts of ours with the same words, while
    nobody knows whether it was sent: for a person to look at, and nothing more.
    """

    of: Echo | None = None
    like: tuple[Echo, ...] = ()


def _nobody_hears(outgoing: Outgoing) -> Echoes:
    return Echoes()


_answers: list[Callable[[Outgoing], Echoes]] = [_nobody_hears]


def heard_by(provider: Callable[[Outgoing], Echoes]) -> None:
    """``provider`` knows what came back from now on. Called once, from an AppConfig."""
    _answers[:] = [provider]


def echoes_of(outgoing: Outgoing) -> Echoes:
    """What came back of it."""
    return _answers[0](outgoing)

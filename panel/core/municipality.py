"""Who the municipality is, for letters and forms: asked here, answered by whoever keeps its
settings.

``cms`` keeps name and contacts where staff edit them, and says so with ``answered_by``; without it
the environment's name is all there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Municipality:
    """Name and contacts, in words ready to print; an empty string where nothing was written."""

    name: str
    panel_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    dpo_email: str = ""
    dpo_phone: str = ""

    @property
    def dpo(self) -> str:
        """How to reach the data protection officer, "e-mail, phone"."""
        return ", ".join(part for part in (self.dpo_email, self.dpo_phone) if part)


def _from_settings() -> Municipality:
    return Municipality(name=settings.MUNICIPALITY_NAME)


_answers: list[Callable[[], Municipality]] = [_from_settings]


def answered_by(provider: Callable[[], Municipality]) -> None:
    """``provider`` knows the municipality from now on.

    Called once, from an AppConfig.
    """
    _answers[:] = [provider]


def municipality() -> Municipality:
    """The municipality as staff have described it."""
    return _answers[0]()

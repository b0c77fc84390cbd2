"""What may become of an idea."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from cms.stories.models.ideas import IdeaState as S

MOVES: Final[Mapping[str, frozenset[str]]] = {
    S.NEW: frozenset({S.KEPT, S.USED, S.DECLINED, S.MERGED}),
    S.KEPT: frozenset({S.USED, S.DECLINED, S.MERGED}),
    # Back to kept when its story was deleted.
    S.USED: frozenset({S.TOLD, S.KEPT}),
    S.TOLD: frozenset(),
    S.DECLINED: frozenset({S.KEPT}),
    S.MERGED: frozenset({S.KEPT}),
}


class MoveRefused(Exception):
    """The idea is not where this may happen to it; the message says so to staff."""


def check(now_in: str, to: str) -> None:
    """Raises MoveRefused unless an idea may go from ``now_in`` to ``to``."""
    if to not in MOVES[now_in]:
        raise MoveRefused(
            _("The idea is “%(state)s” now, so this cannot happen to it. Reload the page.")
            % {"state": S(now_in).label}
        )

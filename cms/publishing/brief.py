"""How it stands with a story in two or three words and a sign, for where there is little room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from cms.publishing.models import Publication, State
from cms.publishing.vocabulary import Standing, Tone
from cms.review.models import Approval
from cms.review.models import State as Said


@dataclass(frozen=True, slots=True)
class Brief:
    """``icon`` is one of Wagtail's, and says no more than ``words`` do."""

    words: str
    tone: Tone
    icon: str


_ICONS: Final[Mapping[Tone, str]] = {
    Tone.BAD: "warning",
    Tone.WAITS: "time",
    Tone.GOOD: "check",
    Tone.OVER: "no-view",
}
_LIVE_ICON: Final = "view"


def brief(approval: Approval, rows: list[Publication], standing: Standing) -> Brief:
    """``standing`` of ``approval``, its publications ``rows`` considered, told shortly."""
    icon = _ICONS[standing.tone]
    if approval.state == Said.PUBLISHED and standing.tone == Tone.GOOD:
        icon = _LIVE_ICON
    return Brief(_words(approval, rows, standing), standing.tone, icon)


def _words(approval: Approval, rows: list[Publication], standing: Standing) -> str:
    if any(row.state == State.HELD for row in rows):
        return str(State.HELD.label)
    if approval.state == Said.APPROVED and standing.tone == Tone.BAD:
        return _("Should have gone out")
    if approval.state == Said.PUBLISHED and standing.tone == Tone.BAD:
        return _("Live, but not posted everywhere")
    if approval.state == Said.PUBLISHED and standing.tone == Tone.WAITS:
        return _("Live, to be posted by hand")
    return str(Said(approval.state).label)

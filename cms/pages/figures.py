"""Who takes part, in numbers fit for everybody to see."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from panel.members.reports import Share, make_up

# Below this the panel is new, and shares of it would say more about persons than about the panel.
NEW_BELOW = 20


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Members by one thing they told: a table's caption, headings and rows of words."""

    caption: str
    head: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """``members`` is None while the panel is new, and then there are no breakdowns either."""

    members: int | None
    breakdowns: tuple[Breakdown, ...]


def panel_figures() -> Figures:
    """The numbers of this moment; groups below five without a number. Constant queries."""
    now = make_up()
    if now.members < NEW_BELOW:
        return Figures(members=None, breakdowns=())
    told = (
        (_("Members by age"), _("Age"), now.by_age),
        (_("Members by area"), _("Area"), now.by_area),
        (_("Members by gender"), _("Gender"), now.by_gender),
    )
    return Figures(
        members=now.members,
        breakdowns=tuple(
            Breakdown(caption, (heading, _("Members")), tuple(_row(share) for share in shares))
            for caption, heading, shares in told
            if any(share.label for share in shares)
        ),
    )


def _row(share: Share) -> tuple[str, str]:
    label = share.label or _("Have not told")
    return (label, _("fewer than 5 or not shown") if share.members is None else str(share.members))

"""Who takes part, in numbers that name nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from panel.members.models import AgeBand, Gender, Member

SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class Share:
    """One group of a breakdown.

    ``members`` is None where the number would point at somebody.
    """

    label: str
    members: int | None


@dataclass(frozen=True, slots=True)
class MakeUp:
    """The panel in numbers: all members, and by what they told; who told nothing is a group of its
    own."""

    members: int
    by_age: tuple[Share, ...]
    by_area: tuple[Share, ...]
    by_gender: tuple[Share, ...]


def make_up() -> MakeUp:
    """The panel's make-up, small groups left out.

    Five queries, whatever the size.
    """
    return MakeUp(
        members=Member.objects.count(),
        by_age=_breakdown("profile__age_band", dict(AgeBand.choices)),
        by_area=_breakdown("profile__area__name", {}),
        by_gender=_breakdown("profile__gender", dict(Gender.choices)),
    )


def _breakdown(path: str, labels: Mapping[str, object]) -> tuple[Share, ...]:
    rows = Member.objects.order_by(path).values_list(path).annotate(number=Count("pk"))
    counts = {str(key or ""): number for key, number in rows}
    ordered = [*(key for key in labels if key in counts), *(k for k in counts if k not in labels)]
    named = [(str(labels.get(key, key)), counts[key]) for key in ordered if key]
    return suppress([*named, ("", counts.get("", 0))] if "" in counts else named)


def suppress(groups: Iterable[tuple[str, int]]) -> tuple[Share, ...]:
    """Leave out every group below five, and one more where the total would give a single one away
    (P12)."""
    groups = list(groups)
    hidden = {label for label, number in groups if 0 < number < SMALLEST_GROUP}
    if len(hidden) == 1 and len(groups) > 1:
        rest = [(number, label) for label, number in groups if label not in hidden and number]
        if rest:
            hidden.add(min(rest)[1])
    return tuple(Share(label, None if label in hidden else number) for label, number in groups)

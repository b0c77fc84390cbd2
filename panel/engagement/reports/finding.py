"""The questions people ask: who takes part most, who is eligible, and why somebody is not found.

Each of them asks the gate first (P1): without a controller's record nobody is measured.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from panel.basis import gate
from panel.conversations.models import Comment, Commenter
from panel.engagement.criteria import Criteria
from panel.engagement.measures import NOTHING, Facts, Measure, Standing, score, standing
from panel.engagement.models import ShortlistEntry
from panel.engagement.reports.facts import facts_of, hidden_of
from panel.engagement.reports.leaders import Candidate, leaders

FOUND_AT_MOST = 20


def candidates(criteria: Criteria, *, limit: int, skip: int = 0) -> list[Candidate]:
    """The highest scores through the gate, from place ``skip``. Raises NoBasis."""
    gate.require()
    found = leaders(
        criteria.tallies(),
        criteria.window,
        limit=skip + limit,
        weights=criteria.weights,
        keep=criteria.keeps if criteria.is_narrowed else None,
    )
    return found[skip:]


def people(keys: Collection[int]) -> dict[int, Commenter]:
    """The commenters with these keys, and their channels."""
    return Commenter.objects.select_related("channel").in_bulk(keys)


def on_a_live_list(keys: Collection[int], criteria: Criteria) -> set[int]:
    """Those of ``keys`` who are on a shortlist whose purpose is not over: they leave only below the
    lower bar.
    """
    entries = ShortlistEntry.objects.filter(commenter__in=keys).live(criteria.at)
    return set(entries.values_list("commenter_id", flat=True))


def eligible(found: Collection[Candidate], criteria: Criteria) -> set[int]:
    """Which of ``found`` (keys) are above the bar, or above the lower one and on a live list."""
    weights = criteria.weights
    shown = on_a_live_list([each.commenter for each in found], criteria)
    return {
        each.commenter
        for each in found
        if each.measure.score >= (weights.lower_bar if each.commenter in shown else weights.bar)
    }


class Why(Enum):
    """Why somebody is or is not found, beyond where they stand with the measure."""

    A_PAGE = "a_page"
    ANOTHER_CHANNEL = "another_channel"
    NOT_WANTED = "not_wanted"
    ONLY_COMPETITIONS = "only_competitions"


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is to say about one person somebody looked for."""

    person: Commenter
    why: Why | Standing
    facts: Facts
    measure: Measure


def why_not(name: str, criteria: Criteria) -> list[Answer]:
    """Everybody whose name has ``name`` in it, and why each is or is not found. Raises NoBasis.

    Who objected is unknown here, as they asked: nothing tells them from somebody who never wrote.
    """
    gate.require()
    known = Commenter.objects.filter(name__icontains=name.strip()).select_related("channel")
    found = list(known.order_by("name", "pk")[:FOUND_AT_MOST]) if name.strip() else []
    keys = [person.pk for person in found]
    facts = facts_of(keys, criteria.window)
    hidden = hidden_of(keys, criteria.window)
    wanted = set(criteria.tallies().filter(commenter__in=keys).values_list("pk", flat=True))
    shown = on_a_live_list(keys, criteria)
    answers = []
    for person in found:
        their = facts.get(person.pk) or _nothing_but(hidden.get(person.pk, 0))
        where = standing(their, criteria.weights, is_shown=person.pk in shown)
        why = _beyond(person, their, where, criteria, person.pk in wanted)
        answers.append(Answer(person, why or where, their, score(their, criteria.weights)))
    return answers


def _nothing_but(hidden: int) -> Facts:
    return Facts(NOTHING.weeks, NOTHING.topics, 0, 0, 0, hidden)


def _beyond(
    person: Commenter, facts: Facts, where: Standing, criteria: Criteria, is_wanted: bool
) -> Why | None:
    """The reason that comes before the measure's own, if there is one."""
    if person.is_page:
        return Why.A_PAGE
    if criteria.channel and person.channel.slug != criteria.channel:
        return Why.ANOTHER_CHANNEL
    if where is Standing.NOTHING_COUNTED and _only_competitions(person, criteria):
        return Why.ONLY_COMPETITIONS
    through = where in (Standing.ABOVE_BAR, Standing.BELOW_BAR)
    if through and not (is_wanted and criteria.keeps(facts)):
        return Why.NOT_WANTED
    return None


def _only_competitions(person: Commenter, criteria: Criteria) -> bool:
    """Whether they did write in that time, but under competitions only."""
    recent = Comment.objects.filter(
        commenter=person, written_at__gt=criteria.window.start, written_at__lte=criteria.at
    )
    under = recent.values_list("post__is_competition", flat=True).distinct()
    return set(under) == {True}

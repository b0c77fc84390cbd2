"""The lottery above the bar, and the door for newcomers: who is drawn for a seed, the same every
time.

Everybody eligible has the same chance, however far above the bar they are. The order of the draw is
that of SHA-256 over the seed and the person's key: anybody can work it out anew, in any language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from django.db.models import Exists, OuterRef

from panel.basis import gate
from panel.conversations.models import Participation
from panel.engagement.criteria import Criteria
from panel.engagement.measures import NOTHING, score
from panel.engagement.reports.facts import facts_of
from panel.engagement.reports.finding import eligible
from panel.engagement.reports.leaders import Candidate, measured, possible

NEW_DAYS = 60
_BATCH = 200


def in_drawn_order(keys: Iterable[int], seed: str) -> list[int]:
    """``keys`` as the lot for ``seed`` puts them."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())


def drawn_above_the_bar(
    criteria: Criteria, *, seats: int, seed: str, without: Collection[int] = ()
) -> list[Candidate]:
    """The first ``seats`` in the drawn order among everybody eligible. Raises NoBasis.

    People are measured in the drawn order until the seats are filled: the rest need not be.
    """
    gate.require()
    weights = criteria.weights
    keys = set(possible(criteria.tallies(), criteria.window, weights, weights.lower_bar))
    drawn = _eligible_of(in_drawn_order(keys - set(without), seed), criteria)
    return list(islice(drawn, seats))


def drawn_newcomers(
    criteria: Criteria, *, seats: int, seed: str, without: Collection[int] = ()
) -> list[Candidate]:
    """The first ``seats`` in the drawn order among people new on the page. Raises NoBasis.

    New: their first counted comment is at most ``NEW_DAYS`` old, and they are not above the bar.
    They are not compared with each other.
    """
    gate.require()
    keys = in_drawn_order(set(_new_people(criteria)) - set(without), seed)
    drawn: list[Candidate] = []
    for batch in _batches(keys):
        above = {each.commenter for each in _eligible_of(batch, criteria)}
        drawn += as_newcomers([key for key in batch if key not in above], criteria)
        if len(drawn) >= seats:
            break
    return drawn[:seats]


def as_newcomers(keys: Sequence[int], criteria: Criteria) -> list[Candidate]:
    """``keys`` with what little is known of them: nobody new has to be through the gate."""
    facts = facts_of(keys, criteria.window)
    return [
        Candidate(key, facts.get(key, NOTHING), score(facts.get(key, NOTHING), criteria.weights))
        for key in keys
    ]


def _eligible_of(keys: Sequence[int], criteria: Criteria) -> Iterator[Candidate]:
    """Those of ``keys`` who are eligible, in the same order, measured as they are asked for."""
    for batch in _batches(keys):
        found = {
            each.commenter: each for each in measured(batch, criteria.window, criteria.weights)
        }
        chosen = {
            each.commenter for each in found.values() if criteria.keeps(each.facts)
        } & eligible(found.values(), criteria)
        yield from (found[key] for key in batch if key in chosen)


def _new_people(criteria: Criteria) -> Iterator[int]:
    since = criteria.at - timedelta(days=NEW_DAYS)
    earlier = Participation.objects.filter(commenter=OuterRef("commenter"), first_at__lte=since)
    recent = criteria.tallies().filter(~Exists(earlier), last_at__gt=since)
    yield from recent.values_list("commenter_id", flat=True)


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]

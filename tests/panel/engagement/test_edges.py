"""Every pair of moments on or beside a boundary, exhaustively: random examples meet them too
seldom.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, combinations_with_replacement

import pytest

from panel.conversations.models import Tally
from panel.engagement.measures import WEIGHTS_V1
from panel.engagement.reports.bounds import bounded, stretches
from panel.engagement.reports.facts import facts_of
from panel.engagement.reports.leaders import everybody
from panel.engagement.window import Window

from .town import NOON, Said, Town, build, seen

HAIR = timedelta(microseconds=1)
# The moment asked, week boundaries beside the window's edge, the edge itself, the box it lies in.
DAYS = [-1, 0, 7, 168, 175, 176, 179, 180, 181, 182]


@pytest.mark.django_db
@pytest.mark.parametrize("shift", [0, 12, 60, 83, 84, 85, 167])
def test_two_comments_by_one_person_under_one_post_are_told_apart(shift: int) -> None:
    moments = [
        NOON - timedelta(days=days) + hair for days in DAYS for hair in (-HAIR, 0 * HAIR, HAIR)
    ]
    pairs = list(combinations_with_replacement(moments, 2))
    town = Town(
        comments=tuple(
            Said(author, 0, moment, 1 + 2 * author + place)
            for author, pair in enumerate(pairs)
            for place, moment in enumerate(pair)
        ),
        departments=(None,),
    )
    at = NOON + timedelta(hours=shift)
    keys = build(town)
    facts = facts_of(list(keys.values()), Window(at, 180 + shift // 24))
    expected = seen(town, at, 180 + shift // 24)
    assert expected.keys() == {author for author, key in keys.items() if key in facts}
    for author, one in expected.items():
        found = facts[keys[author]]
        assert (found.comments, found.weeks, found.topics) == (one.comments, one.weeks, one.topics)


@pytest.mark.django_db
def test_the_bound_of_regularity_is_never_too_low_and_seldom_far_too_high() -> None:
    """One post, no answers: everything but regularity is nothing, in the score and in the bound."""
    days = [0, 2, 5, 9, 13, 20, 26, 41, 77, 130]
    groups = list(combinations(days, 3))
    town = Town(
        comments=tuple(
            Said(author, 0, NOON - timedelta(days=day), 1 + 3 * author + place)
            for author, group in enumerate(groups)
            for place, day in enumerate(group)
        ),
        departments=(None,),
    )
    build(town)
    far = []
    for hours in range(0, 7 * 24, 13):
        window = Window(NOON + timedelta(hours=hours))
        bounds = {
            key: bound
            for stretch in stretches(window, WEIGHTS_V1)
            for key, bound in bounded(Tally.objects.all(), stretch, window, WEIGHTS_V1).values_list(
                "commenter_id", "bound"
            )
        }
        for each in everybody(Tally.objects.all(), window, weights=WEIGHTS_V1):
            assert each.measure.score <= bounds[each.commenter]
            far.append(bounds[each.commenter] / each.measure.score)
    assert sum(far) / len(far) < 1.4

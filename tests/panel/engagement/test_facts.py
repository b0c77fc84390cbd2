"""The counters say what the comments say, for any moment asked, to the bit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.conversations.models import Tally
from panel.engagement.measures import WEIGHTS_V1
from panel.engagement.reports.bounds import bounded, stretches
from panel.engagement.reports.facts import _boxes, facts_of
from panel.engagement.reports.leaders import everybody, leaders
from panel.engagement.window import Window

from .town import NOON, Said, Seen, Slow, Town, build, measured, retold, seen

pytestmark = pytest.mark.django_db

# Whole weeks and the windows' edges back from the moment asked, a hair to either side, and anything
# between.
WHOLE_DAYS = [0, 0, 1, 6, 7, 7, 8, 14, 21, 28, 30, 77, 84, 91, 175, 178, 180, 180, 182, 210]
HAIRS = [timedelta(), timedelta(), timedelta(microseconds=1), -timedelta(microseconds=1)]
MOMENTS = st.one_of(
    st.builds(
        lambda days, hair: NOON - timedelta(days=days) + hair,
        st.sampled_from(WHOLE_DAYS),
        st.sampled_from(HAIRS),
    ),
    st.builds(lambda minutes: NOON - timedelta(minutes=minutes), st.integers(-10_000, 290_000)),
)
ASKED = st.builds(
    lambda days, hours: NOON - timedelta(days=days, hours=hours),
    st.sampled_from([0, 0, 0, 7, 30]),
    st.sampled_from([0, 0, 0, 60, 85]),
)


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """One who writes much and some others, under few posts, sometimes at the same moment."""
    comments: list[Said] = []
    for place in range(draw(st.integers(0, 40))):
        is_answer = place > 0 and draw(st.booleans())
        parent = draw(st.integers(0, place - 1)) if is_answer else None
        is_copy = draw(st.integers(0, 7)) == 0
        comments.append(
            Said(
                author=draw(st.sampled_from([0, 0, 0, 1, 1, 2, 3, None])),
                post=comments[parent].post if parent is not None else draw(st.integers(0, 3)),
                at=draw(MOMENTS),
                text=draw(st.integers(0, 5)) if is_copy else 100 + place,
                parent=parent,
                is_bare=draw(st.integers(0, 15)) == 0,
                is_removed=draw(st.integers(0, 15)) == 0,
                hidden_at=draw(MOMENTS) if draw(st.integers(0, 9)) == 0 else None,
            )
        )
    return Town(
        comments=tuple(comments),
        pages=frozenset(draw(st.sets(st.just(3)))),
        departments=tuple(draw(st.sampled_from([None, None, 1, 2])) for _post in range(4)),
        competitions=frozenset(draw(st.sets(st.just(3)))),
    )


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing behind: one example, one town."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


EXAMPLES = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@EXAMPLES
@given(town=towns(), at=ASKED, days=st.sampled_from([1, 7, 30, 84, 180, 180, 181, 400]))
def test_counters_say_what_the_comments_say(town: Town, at: datetime, days: int) -> None:
    with undone():
        keys = build(town)
        facts = facts_of(list(keys.values()), Window(at, days))
        found = {
            author: Seen(
                facts[key].comments,
                facts[key].weeks,
                facts[key].topics,
                facts[key].answered_by,
                facts[key].answered,
                facts[key].hidden,
            )
            for author, key in keys.items()
            if key in facts
        }
        assert found == seen(town, at, days)


@EXAMPLES
@given(town=towns(), at=ASKED)
def test_scores_are_the_definition_to_the_bit(town: Town, at: datetime) -> None:
    with undone():
        assert _scores(town, at) == measured(town, at)


@EXAMPLES
@given(town=towns(), at=ASKED, limit=st.integers(0, 5), few=st.sampled_from([-1, -1, 400]))
def test_the_first_are_the_first_of_all(town: Town, at: datetime, limit: int, few: int) -> None:
    with undone():
        build(town)
        tallies, window = Tally.objects.all(), Window(at)
        everyone = list(everybody(tallies, window, weights=WEIGHTS_V1))
        with patch("panel.engagement.reports.leaders.FEW", few):
            first = leaders(tallies, window, limit=limit, weights=WEIGHTS_V1)
        assert first == sorted(everyone, key=lambda each: each.rank)[:limit]
        bounds = {
            key: bound
            for stretch in stretches(window, WEIGHTS_V1)
            for key, bound in bounded(tallies, stretch, window, WEIGHTS_V1).values_list(
                "commenter_id", "bound"
            )
        }
        assert all(each.measure.score <= bounds[each.commenter] for each in everyone)


@EXAMPLES
@given(town=towns(), at=ASKED, lot=st.randoms(use_true_random=False))
def test_facts_do_not_ask_in_which_order_rows_come(town: Town, at: datetime, lot: Random) -> None:
    def shuffled(*asked: Any) -> list[Any]:
        return lot.sample(rows := list(_boxes(*asked)), len(rows))

    with undone():
        keys = list(build(town).values())
        facts = facts_of(keys, Window(at))
        with patch("panel.engagement.reports.facts._boxes", shuffled):
            assert facts_of(keys, Window(at)) == facts


@EXAMPLES
@given(town=towns(), at=ASKED)
def test_other_words_and_names_change_no_bit(town: Town, at: datetime) -> None:
    with undone():
        before = _scores(town, at)
    with undone():
        assert _scores(retold(town), at) == before


def _scores(town: Town, at: datetime) -> dict[int, Slow]:
    authors = {key: author for author, key in build(town).items()}
    found = everybody(Tally.objects.all(), Window(at), weights=WEIGHTS_V1)
    return {
        authors[each.commenter]: Slow(each.measure.score, *each.measure.terms.values())
        for each in found
    }

"""The measure on its own, and the archetypes it was made for."""

from __future__ import annotations

import dataclasses
import json
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command

from panel.engagement.measures import (
    WEIGHTS_V1,
    Facts,
    Standing,
    lacks,
    people_points,
    regularity_points,
    score,
    standing,
)

from .conftest import (
    CAMPAIGNER,
    COMPETITOR,
    CRITIC,
    FLOODER,
    FRIEND,
    HELPER,
    NAMES,
    PRAISER,
    STEADY,
    Folk,
)
from .town import NOON


def facts(**changes: object) -> Facts:
    usual = {"weeks": frozenset({0, 1}), "topics": (2,), "answered_by": 0, "answered": 0}
    return Facts(**{**usual, "comments": 3, **changes})  # type: ignore[arg-type]


def asked(**options: object) -> list[dict[str, object]]:
    out = StringIO()
    call_command("candidates", json=True, at=NOON, stdout=out, **options)
    found: list[dict[str, object]] = json.loads(out.getvalue())
    return found


def test_a_week_counts_half_after_the_half_life() -> None:
    now, later = regularity_points([0], WEIGHTS_V1), regularity_points([9], WEIGHTS_V1)
    assert now == 10.0
    assert later == pytest.approx(10 * 2 ** (-9 / 8.57))


def test_the_first_person_counts_most_and_the_eighth_is_the_last() -> None:
    got = [people_points(people, 0.20, WEIGHTS_V1) for people in range(10)]
    steps = [after - before for before, after in pairwise(got)]
    assert got[0] == 0.0
    assert got[8] == got[9] == 20.0
    assert steps[:8] == sorted(steps[:8], reverse=True)


def test_four_equal_topics_are_fully_broad() -> None:
    assert score(facts(topics=(3, 3, 3, 3))).breadth == pytest.approx(25.0)
    assert score(facts(topics=(30, 1, 1, 1))).breadth < 10
    assert score(facts(topics=(7,))).breadth == 0.0


def test_terms_add_up_to_the_score_to_the_bit() -> None:
    for weeks in range(1, 26):
        one = score(facts(weeks=frozenset(range(weeks)), topics=(weeks, 1), answered=weeks))
        assert sum(one.terms.values()) == one.score


def test_the_measure_has_no_place_for_what_anybody_thinks() -> None:
    allowed = {"weeks", "topics", "answered_by", "answered", "comments", "hidden"}
    assert {field.name for field in dataclasses.fields(Facts)} == allowed


@pytest.mark.parametrize(
    ("one", "missing"),
    [
        (facts(comments=0, weeks=frozenset()), Standing.NOTHING_COUNTED),
        (facts(comments=2), Standing.TOO_FEW_COMMENTS),
        (facts(weeks=frozenset({4})), Standing.TOO_FEW_WEEKS),
        (facts(hidden=3), Standing.HIDDEN),
        (facts(hidden=2), None),
        (facts(), None),
    ],
)
def test_the_gate_says_what_is_missing(one: Facts, missing: Standing | None) -> None:
    assert lacks(one) is missing


def test_somebody_on_a_list_leaves_only_below_nine_tenths_of_the_bar() -> None:
    between = facts(weeks=frozenset(range(3)), topics=(3,))
    assert WEIGHTS_V1.lower_bar <= score(between).score < WEIGHTS_V1.bar
    assert standing(between) is Standing.BELOW_BAR
    assert standing(between, is_shown=True) is Standing.ABOVE_BAR


def test_without_a_basis_the_command_refuses_and_says_how_to_record_one(folk: Folk) -> None:
    with pytest.raises(CommandError, match="record_basis"):
        asked()


@pytest.mark.usefixtures("gate", "at_noon")
def test_the_archetypes_rank_as_the_definition_says(folk: Folk) -> None:
    rows = {str(row["name"]): row for row in asked()}
    points = {name: float(str(row["score"])) for name, row in rows.items()}
    assert rows[NAMES[FLOODER]]["comments"] == 300
    assert points[NAMES[FLOODER]] < points[NAMES[STEADY]] / 2
    assert points[NAMES[CRITIC]] == points[NAMES[PRAISER]]
    assert points[NAMES[FRIEND]] < points[NAMES[STEADY]]
    assert float(str(rows[NAMES[FRIEND]]["terms"]["dialogue"])) < 7  # type: ignore[index]
    assert NAMES[CAMPAIGNER] not in rows
    assert NAMES[COMPETITOR] not in rows
    assert float(str(rows[NAMES[HELPER]]["terms"]["answering"])) > 5  # type: ignore[index]
    assert [float(str(row["score"])) for row in rows.values()] == sorted(points.values())[::-1]


@pytest.mark.usefixtures("gate", "at_noon")
def test_the_command_gives_the_promised_shape(folk: Folk) -> None:
    first = asked(limit=1, channel="town", days=180)
    assert len(first) == 1
    keys = {"commenter", "name", "score", "terms", "comments", "weeks"}
    assert first[0].keys() == keys
    assert str(first[0]["commenter"]).startswith("u")
    assert list(first[0]["terms"]) == ["regularity", "breadth", "dialogue", "answering"]  # type: ignore[call-overload]
    out = StringIO()
    call_command("candidates", at=NOON, stdout=out)
    assert NAMES[STEADY] in out.getvalue()


@pytest.mark.usefixtures("gate", "at_noon")
def test_an_unknown_channel_is_named(folk: Folk) -> None:
    with pytest.raises(CommandError, match="town"):
        asked(channel="nowhere")

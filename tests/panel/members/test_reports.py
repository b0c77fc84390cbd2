"""Numbers that name nobody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from panel.members.reports import SMALLEST_GROUP, suppress

groups = st.lists(st.integers(0, 40), min_size=1, max_size=8).map(
    lambda numbers: [(f"g{index}", number) for index, number in enumerate(numbers)]
)


@given(groups)
def test_no_small_group_is_shown(given_groups: list[tuple[str, int]]) -> None:
    shown = {share.label: share.members for share in suppress(given_groups)}
    for label, number in given_groups:
        if 0 < number < SMALLEST_GROUP:
            assert shown[label] is None
        else:
            assert shown[label] in (number, None)


@given(groups)
def test_the_total_gives_no_single_group_away(given_groups: list[tuple[str, int]]) -> None:
    hidden = [
        number
        for (_label, number), share in zip(given_groups, suppress(given_groups), strict=True)
        if share.members is None
    ]
    others = [number for _label, number in given_groups if number not in hidden and number]
    assert len(hidden) != 1 or not others

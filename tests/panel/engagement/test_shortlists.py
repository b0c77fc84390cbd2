"""What may happen to a shortlist, and by whom."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from panel.accounts.models import User
from panel.audit.models import Event
from panel.basis.actions import withdraw_basis
from panel.basis.gate import NoBasis
from panel.basis.models import ControllerRecord
from panel.conversations.models import Tally
from panel.core.trail import SYSTEM
from panel.engagement import actions
from panel.engagement.actions import Draw, ShortlistRefused
from panel.engagement.criteria import Criteria
from panel.engagement.models import Entrance, Shortlist
from panel.engagement.reports import lots
from panel.engagement.reports.finding import candidates, eligible
from panel.engagement.tasks import expire_shortlists

from .conftest import CRITIC, FLOODER, FRIEND, HELPER, NEW, PRAISER, STEADY, Folk
from .town import NOON

pytestmark = pytest.mark.usefixtures("gate", "at_noon")


def a_list(by: User, **changes: object) -> Shortlist:
    usual = {
        "name": "Efterår",
        "purpose": "Borgerpanelet",
        "expires_at": NOON + timedelta(days=60),
        "criteria": Criteria(at=NOON),
        "by": by,
    }
    return actions.make_shortlist(**{**usual, **changes})  # type: ignore[arg-type]


def told(what: str) -> int:
    return Event.objects.filter(what=what).count()


def test_a_list_keeps_the_points_their_sum_and_what_was_asked(folk: Folk, clerk: User) -> None:
    made = a_list(clerk)
    (entry,) = actions.add_to(made, commenters=[folk.keys[STEADY]], by=clerk)
    terms = (entry.regularity, entry.breadth, entry.dialogue, entry.answering)
    assert sum(terms) == entry.score
    assert (entry.entrance, made.weights_version, made.made_by) == (Entrance.CHOSEN, "1", clerk)
    assert Criteria.from_json(made.criteria) == Criteria(at=NOON)
    assert (told("shortlist.made"), told("shortlist.added")) == (1, 1)


def test_putting_somebody_on_twice_changes_nothing(folk: Folk, clerk: User) -> None:
    made = a_list(clerk)
    actions.add_to(made, commenters=[folk.keys[STEADY]], by=clerk)
    assert actions.add_to(made, commenters=[folk.keys[STEADY]], by=clerk) == []
    assert made.entries.count() == 1


def test_nobody_below_the_bar_is_chosen(folk: Folk, clerk: User) -> None:
    made = a_list(clerk)
    with pytest.raises(ShortlistRefused, match="Flemming Flod"):
        actions.add_to(made, commenters=[folk.keys[STEADY], folk.keys[FLOODER]], by=clerk)
    assert made.entries.count() == 0


def test_no_list_without_a_basis(folk: Folk, clerk: User) -> None:
    withdraw_basis(ControllerRecord.objects.get(), by=clerk)
    with pytest.raises(NoBasis):
        a_list(clerk)
    with pytest.raises(NoBasis):
        candidates(Criteria(at=NOON), limit=5)


def test_no_list_without_a_named_person(folk: Folk, clerk: User) -> None:
    with pytest.raises(ShortlistRefused, match="named person"):
        a_list(SYSTEM)  # type: ignore[arg-type]
    clerk.is_active = False
    with pytest.raises(ShortlistRefused, match="named person"):
        a_list(clerk)


def test_a_list_has_a_name_a_purpose_and_an_end_within_the_basis(folk: Folk, clerk: User) -> None:
    for wrong in (
        {"name": " "},
        {"purpose": ""},
        {"expires_at": NOON - timedelta(minutes=1)},
        {"expires_at": NOON + timedelta(days=400)},
    ):
        with pytest.raises(ValidationError):
            a_list(clerk, **wrong)


def test_taking_off_can_be_undone_to_the_bit(folk: Folk, clerk: User) -> None:
    made = a_list(clerk)
    (entry,) = actions.add_to(made, commenters=[folk.keys[STEADY]], by=clerk)
    before = (entry.score, entry.weeks, entry.comments, entry.entrance)
    actions.remove_from(entry, by=clerk)
    assert made.entries.count() == 0
    back = actions.put_back(
        made, commenter=folk.keys[STEADY], entrance=Entrance.CHOSEN.value, by=clerk
    )
    assert (back.score, back.weeks, back.comments, back.entrance) == before


def test_a_newcomer_taken_off_comes_back_as_a_newcomer(folk: Folk, clerk: User) -> None:
    made = a_list(clerk)
    (entry,) = actions.draw_into(made, draw=Draw(newcomers=1, seed="7"), by=clerk)
    actions.remove_from(entry, by=clerk)
    back = actions.put_back(made, commenter=entry.commenter_id, entrance=entry.entrance, by=clerk)
    assert (back.commenter_id, back.entrance) == (entry.commenter_id, Entrance.NEWCOMER)


def test_withdrawing_lets_everybody_go_and_stays(folk: Folk, clerk: User) -> None:
    made = a_list(clerk)
    actions.add_to(made, commenters=[folk.keys[STEADY]], by=clerk)
    actions.withdraw(made, by=clerk)
    made.refresh_from_db()
    assert (made.entries.count(), made.withdrawn_by) == (0, clerk)
    with pytest.raises(ShortlistRefused, match="purpose is over"):
        actions.add_to(made, commenters=[folk.keys[STEADY]], by=clerk)
    with pytest.raises(ShortlistRefused, match="purpose is over"):
        actions.extend(made, until=NOON + timedelta(days=90), by=clerk)


def test_after_the_last_day_everybody_is_let_go(folk: Folk, clerk: User, at_noon) -> None:
    made, other = a_list(clerk), a_list(clerk, expires_at=NOON + timedelta(days=90))
    for each in (made, other):
        actions.add_to(each, commenters=[folk.keys[STEADY]], by=clerk)
    at_noon.shift(timedelta(days=61))
    expire_shortlists.func()
    assert (made.entries.count(), other.entries.count()) == (0, 1)
    assert told("shortlist.expired") == 1


def test_extending_moves_the_last_day(folk: Folk, clerk: User) -> None:
    made = a_list(clerk)
    actions.extend(made, until=NOON + timedelta(days=90), by=clerk)
    made.refresh_from_db()
    assert made.expires_at == NOON + timedelta(days=90)


def test_the_draw_is_the_same_for_a_seed(folk: Folk, clerk: User) -> None:
    criteria = Criteria(at=NOON)
    may = eligible(candidates(criteria, limit=50), criteria)
    assert folk.keys[FLOODER] not in may
    order = lots.in_drawn_order(may, "torvet")
    for seats in (1, 3):
        drawn = lots.drawn_above_the_bar(criteria, seats=seats, seed="torvet")
        assert [each.commenter for each in drawn] == order[:seats]
    later = lots.drawn_above_the_bar(criteria, seats=1, seed="torvet", without=order[:1])
    assert [each.commenter for each in later] == order[1:2]


def test_the_draw_is_fair_over_seeds() -> None:
    keys, times = range(100, 110), 4_000
    first = Counter(lots.in_drawn_order(keys, str(seed))[0] for seed in range(times))
    # Each is expected 400 times; six standard deviations to either side.
    assert all(286 < first[key] < 514 for key in keys)


def test_a_draw_takes_all_who_are_eligible_when_there_are_too_few(folk: Folk, clerk: User) -> None:
    criteria = Criteria(at=NOON)
    may = eligible(candidates(criteria, limit=50), criteria)
    made = a_list(clerk)
    entries = actions.draw_into(made, draw=Draw(seats=500, seed="1"), by=clerk)
    assert {entry.commenter_id for entry in entries} == may
    assert made.criteria.keys() <= Shortlist.objects.get(pk=made.pk).criteria.keys()
    (kept,) = Shortlist.objects.get(pk=made.pk).criteria["draws"]
    assert kept == {"seed": "1", "above_the_bar": len(may), "newcomers": 0}


def test_newcomers_are_new_and_below_the_bar(folk: Folk, clerk: User) -> None:
    drawn = lots.drawn_newcomers(Criteria(at=NOON), seats=50, seed="1")
    keys = {each.commenter for each in drawn}
    assert folk.keys[NEW] in keys
    assert folk.keys[FLOODER] in keys  # loud, and here for two weeks only
    assert keys.isdisjoint({folk.keys[STEADY], folk.keys[CRITIC], folk.keys[PRAISER]})


def test_a_draw_without_a_seed_is_refused(folk: Folk, clerk: User) -> None:
    with pytest.raises(ShortlistRefused, match="seed"):
        actions.draw_into(a_list(clerk), draw=Draw(seats=1, seed=" "), by=clerk)


def test_who_is_on_a_live_list_needs_only_the_lower_bar(folk: Folk, clerk: User) -> None:
    criteria = Criteria(at=NOON)
    everyone = candidates(criteria, limit=50)
    between = [each for each in everyone if each.commenter == folk.keys[HELPER]]
    low = [
        type(between[0])(between[0].commenter, between[0].facts, _scored(between[0].measure, 28.0))
    ]
    assert eligible(low, criteria) == set()
    actions.add_to(a_list(clerk), commenters=[folk.keys[HELPER]], by=clerk)
    assert eligible(low, criteria) == {folk.keys[HELPER]}


def _scored(measure, score: float):
    return type(measure)(score, *measure.terms.values())


def test_criteria_narrow_without_changing_anybodys_points(folk: Folk) -> None:
    def keys(**asked: object) -> set[int]:
        criteria = Criteria(at=NOON, **asked)  # type: ignore[arg-type]
        return {each.commenter for each in candidates(criteria, limit=50)}

    assert keys(channel="nowhere") == set()
    assert keys(least_weeks=9) == {folk.keys[STEADY]}
    assert folk.keys[FRIEND] not in keys(least_topics=2)
    assert keys(days=1) == set()
    assert folk.keys[STEADY] not in keys(first_since=(NOON - timedelta(days=40)).date())
    assert Tally.objects.count() > len(keys())

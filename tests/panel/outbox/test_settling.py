"""What a person may decide about something that goes out, and when it is too late for that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panel.audit.models import Event
from panel.channels.outgoing import Answer, Outcome
from panel.core.clock import now
from panel.outbox import actions, sending
from panel.outbox.models import Outgoing, Pause, State
from panel.outbox.moves import MOVES, Refused
from tests.factories.outbox import facebook_channel, outgoing
from tests.panel.outbox.scripted import Scripted, network

__all__ = ["network"]
pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/1_2"


def again(row: Outgoing) -> Outgoing:
    return Outgoing.objects.get(pk=row.pk)


def test_every_state_has_its_moves_and_what_is_over_has_none():
    assert set(MOVES) == set(State)
    assert not MOVES[State.SENT]
    assert not MOVES[State.CANCELLED]
    assert State.SENDING not in {
        to for state in set(State) - {State.CLAIMED} for to in MOVES[state]
    }


@pytest.mark.parametrize("state", [State.HELD, State.DUE, State.CLAIMED])
def test_what_is_not_sent_is_cancelled(state: str, clerk):
    row = actions.cancel(outgoing(state=state), why="Forkert tal", by=clerk)

    assert (row.state, row.settled_by, row.why) == (State.CANCELLED, clerk, "Forkert tal")
    assert Event.objects.get(what="outgoing.cancelled").by_id == clerk.pk


@pytest.mark.parametrize("state", sorted(set(State) - {State.HELD, State.DUE, State.CLAIMED}))
def test_what_the_network_may_know_of_is_not_cancelled(state: str, clerk):
    row = outgoing(state=state)

    with pytest.raises(Refused, match="is “"):
        actions.cancel(row, why="Forkert tal", by=clerk)
    assert again(row).state == state


def test_cancelling_wants_a_reason(clerk):
    with pytest.raises(Refused, match="why"):
        actions.cancel(outgoing(), why="  ", by=clerk)


def test_cancelled_between_being_taken_and_being_sent_it_is_not_sent(network: Scripted, clerk):
    row = outgoing()
    (taken,) = sending.claim()
    actions.cancel(row, why="Forkert tal", by=clerk)

    assert sending.deliver_one(taken) is False
    assert network.asked == []


def test_somebody_has_seen_it(clerk):
    row = actions.is_there(outgoing(state=State.UNKNOWN), url=LINK, by=clerk)

    assert (row.state, row.url, row.settled_by) == (State.SENT, LINK, clerk)
    assert row.sent_at


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "det er der", "ftp://x.dk/a"])
def test_where_it_is_must_be_an_address(url: str, clerk):
    row = outgoing(state=State.UNKNOWN)

    with pytest.raises(Refused, match="no address"):
        actions.is_there(row, url=url, by=clerk)
    assert again(row).state == State.UNKNOWN


@pytest.mark.parametrize("state", sorted(set(State) - {State.UNKNOWN}))
def test_only_what_is_in_doubt_is_settled_by_looking(state: str, clerk):
    row = outgoing(state=state)

    with pytest.raises(Refused):
        actions.is_there(row, url=LINK, by=clerk)
    with pytest.raises(Refused):
        actions.is_not_there(row, seen=row.tries, by=clerk)
    assert again(row).state == state


def test_somebody_has_looked_and_it_is_sent_again(network: Scripted, clerk):
    row = outgoing(state=State.UNKNOWN, looks=5, latest_at=now() + timedelta(seconds=1))

    actions.is_not_there(row, seen=row.tries, by=clerk)
    sending.deliver()

    row = again(row)
    assert (row.state, row.settled_by, row.latest_at) == (State.SENT, clerk, None)


def test_who_looked_before_it_was_sent_once_more_knows_nothing_of_that(clerk):
    """Two have the page open: the first sends it again, and it is in doubt once more."""
    row = outgoing(state=State.UNKNOWN, tries=2)

    with pytest.raises(Refused, match="moved on"):
        actions.is_not_there(row, seen=1, by=clerk)
    assert again(row).state == State.UNKNOWN


@pytest.mark.parametrize("state", [State.UNKNOWN, State.FAILED, State.MISSED])
def test_what_came_to_nothing_is_given_up(state: str, clerk):
    row = actions.give_up(outgoing(state=state), why="Det er for sent", by=clerk)

    assert (row.state, row.why) == (State.CANCELLED, "Det er for sent")


@pytest.mark.parametrize("state", [State.HELD, State.DUE, State.SENDING, State.SENT])
def test_nothing_else_is_given_up(state: str, clerk):
    with pytest.raises(Refused, match="is “"):
        actions.give_up(outgoing(state=state), why="Det er for sent", by=clerk)


@pytest.mark.parametrize("state", [State.DUE, State.CLAIMED])
def test_held_back_it_waits_until_somebody_lets_it_go(state: str, network: Scripted, clerk):
    row = actions.hold(outgoing(state=state), why="Vent på borgmesteren", by=clerk)
    assert sending.deliver() == 0
    assert (row.state, row.why, row.settled_by) == (State.HELD, "Vent på borgmesteren", clerk)

    actions.let_go(row, by=clerk)
    sending.deliver()

    assert again(row).state == State.SENT


def test_holding_back_wants_a_reason_and_letting_go_something_held(clerk):
    with pytest.raises(Refused, match="why"):
        actions.hold(outgoing(), why=" ", by=clerk)
    with pytest.raises(Refused, match="is “"):
        actions.let_go(outgoing(), by=clerk)
    with pytest.raises(Refused, match="is “"):
        actions.hold(outgoing(state=State.SENDING), why="Vent", by=clerk)


@pytest.mark.parametrize("state", [State.FAILED, State.MISSED])
def test_what_came_to_nothing_is_sent_again(state: str, network: Scripted, clerk):
    row = outgoing(state=state)

    actions.send_again(row, by=clerk)
    sending.deliver()

    assert again(row).state == State.SENT


@pytest.mark.parametrize("state", sorted(set(State) - {State.FAILED, State.MISSED}))
def test_nothing_else_is_sent_again(state: str, clerk):
    row = outgoing(state=state)

    with pytest.raises(Refused):
        actions.send_again(row, by=clerk)
    assert again(row).state == state


def test_what_was_settled_does_not_hang_on_the_lease_of_a_slow_worker(network: Scripted, clerk):
    """Somebody says "send again" while whoever sent it first still waits for the network."""
    row = outgoing()
    (taken,) = sending.claim()
    first = sending.begin(taken)
    assert first
    Outgoing.objects.filter(pk=row.pk).update(state=State.UNKNOWN, leased_until=None)
    actions.is_not_there(row, seen=1, by=clerk)

    sending.settle(taken, first, Answer(Outcome.REFUSED, code="100"))

    assert again(row).state == State.DUE


def test_a_pause_wants_a_reason_and_is_one_at_a_time(clerk):
    channel = facebook_channel()
    with pytest.raises(Refused, match="why"):
        actions.pause(reason=" ", by=clerk, channel=channel)
    actions.pause(reason="Storm", by=clerk, channel=channel)
    with pytest.raises(Refused, match="This channel is paused already"):
        actions.pause(reason="Storm", by=clerk, channel=channel)
    actions.pause(reason="Storm", by=clerk)
    with pytest.raises(Refused, match="Everything is paused already"):
        actions.pause(reason="Storm", by=clerk)


def test_the_end_of_one_pause_is_not_the_end_of_another(clerk):
    channel = facebook_channel()
    actions.pause(reason="Storm", by=clerk, channel=channel)
    actions.pause(reason="Valg", by=clerk)

    actions.end_pause(by=clerk)

    assert [pause.reason for pause in Pause.objects.on()] == ["Storm"]
    with pytest.raises(Refused, match="Nothing is paused"):
        actions.end_pause(by=clerk)

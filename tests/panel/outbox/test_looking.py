"""What may have been sent is looked for, then put before a person; never sent again by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from panel.channels.keys import KeyState
from panel.channels.models import Credential
from panel.channels.outgoing import Answer, Outcome, Seen, Trouble
from panel.core.clock import now
from panel.outbox import looking, sending
from panel.outbox.models import Attempt, Outgoing, State
from panel.outbox.models.outgoing import LOOKS
from tests.factories.outbox import attempt, outgoing
from tests.panel.outbox.scripted import Scripted, network

__all__ = ["network"]
pytestmark = pytest.mark.django_db


def again(row: Outgoing) -> Outgoing:
    return Outgoing.objects.get(pk=row.pk)


def in_doubt(**fields) -> Outgoing:
    row = outgoing(state=State.UNKNOWN, next_at=now() - timedelta(seconds=1), **fields)
    attempt(row)
    return row


def seen(external_id: str = "1_2") -> Seen:
    return Seen(external_id, f"https://www.facebook.com/{external_id}", now())


# --- Who did not come back ------------------------------------------------------------------------


def test_what_was_taken_and_not_begun_is_due_again(network: Scripted):
    row = outgoing(state=State.CLAIMED, leased_until=now() - timedelta(seconds=1))

    assert looking.recover() == 1

    assert (again(row).state, again(row).lease) == (State.DUE, "")


def test_what_was_begun_is_in_doubt_and_not_sent_again(network: Scripted):
    row = outgoing(state=State.SENDING, leased_until=now() - timedelta(seconds=1), tries=1)
    attempt(row, ended_at=None, outcome="", code="")

    looking.recover()
    sending.deliver()

    assert again(row).state == State.UNKNOWN
    assert network.asked == []
    tried = Attempt.objects.get()
    assert (tried.outcome, tried.code) == (Outcome.UNKNOWN, looking.DIED)
    assert tried.ended_at


def test_whoever_still_holds_it_is_left_alone(network: Scripted):
    outgoing(state=State.SENDING, leased_until=now() + timedelta(minutes=1))

    assert looking.recover() == 0


def test_what_is_too_late_is_closed(network: Scripted):
    late = outgoing(latest_at=now() - timedelta(seconds=1))
    held = outgoing(state=State.HELD, latest_at=now() - timedelta(seconds=1))
    ahead = outgoing(latest_at=now() + timedelta(minutes=1))

    assert looking.miss() == 2
    assert [again(row).state for row in (late, held, ahead)] == ["missed", "missed", "due"]


# --- Looking --------------------------------------------------------------------------------------


def test_what_is_found_is_sent(network: Scripted):
    row = in_doubt()
    network.there = [seen()]

    assert looking.look() == 1

    row = again(row)
    assert (row.state, row.external_id) == (State.SENT, "1_2")
    assert row.url.endswith("1_2")


def test_it_is_looked_for_since_before_the_first_try(network: Scripted):
    row = in_doubt()
    first = row.attempts.get()
    attempt(row, started_at=now() + timedelta(hours=1))

    looking.look()

    assert network.looked_since == [first.started_at - looking.MARGIN]


def test_what_is_not_found_is_looked_for_again_and_again_then_asked_about(network: Scripted):
    row, at = in_doubt(), now()
    for _time in range(2 * LOOKS):
        with time_machine.travel(at):
            looking.look()
        at += timedelta(hours=1)

    assert len(network.looked_since) == LOOKS
    assert again(row).asks
    assert list(Outgoing.objects.asking()) == [row]


def test_two_looks_are_never_at_once(network: Scripted):
    in_doubt()

    looking.look()
    looking.look()

    assert len(network.looked_since) == 1


def test_a_post_that_is_something_elses_is_not_found_twice(network: Scripted):
    """The same words, posted twice on purpose: each has its own post."""
    first, second = in_doubt(), in_doubt()
    network.there = [seen("1_2"), seen("1_3")]

    looking.look()

    assert {again(first).external_id, again(second).external_id} == {"1_2", "1_3"}


def test_a_network_that_cannot_be_asked_is_no_look(network: Scripted):
    row = in_doubt()
    network.deaf = Answer(Outcome.NOT_TRIED, code="timeout")

    assert looking.look() == 0

    assert (again(row).state, again(row).looks) == (State.UNKNOWN, 0)
    assert again(row).next_at > now()


def test_a_dead_key_is_noted_when_looking_too(network: Scripted):
    row = in_doubt()
    network.deaf = Answer(Outcome.NOT_TRIED, code="190", trouble=Trouble.SIGN_IN)

    looking.look()

    assert Credential.objects.get().state == KeyState.EXPIRED
    with time_machine.travel(now() + timedelta(hours=1)):
        assert list(Outgoing.objects.to_look_for(now())) == []
    assert again(row).looks == 0


def test_what_a_person_settled_meanwhile_stays_so(network: Scripted):
    row = in_doubt()
    network.there = [seen()]
    Outgoing.objects.filter(pk=row.pk).update(state=State.CANCELLED)

    assert looking.look_for(row) is False
    assert again(row).state == State.CANCELLED

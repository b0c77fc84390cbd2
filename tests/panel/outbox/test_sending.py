"""What is handed over is done once, or a person is told why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from panel.channels import actions as channels
from panel.channels.keys import KeyState
from panel.channels.models import Channel, Credential
from panel.channels.outgoing import Act, Answer, Outcome, Picture, Trouble, Verb
from panel.core.clock import now
from panel.outbox import actions, sending
from panel.outbox.models import Attempt, Lane, Outgoing, State
from panel.outbox.payloads import kept, storage
from tests.factories.outbox import TOKEN, facebook_channel, outgoing
from tests.panel.outbox.scripted import Scripted, network

__all__ = ["network"]
pytestmark = pytest.mark.django_db


def page() -> Channel:
    return Channel.objects.filter(kind="facebook").order_by("pk").first() or facebook_channel()


def again(row: Outgoing) -> Outgoing:
    return Outgoing.objects.get(pk=row.pk)


def hand_over(key: str = "publication:1", act: Act | None = None) -> Outgoing:
    return actions.hand_over(
        key=key,
        channel=page(),
        act=act or Act(Verb.POST, text="Hej"),
        title="Hej",
        due_at=now(),
    )


# --- Handing over ---------------------------------------------------------------------------------


def test_the_same_is_handed_over_once():
    first = hand_over()

    assert hand_over() == first
    assert Outgoing.objects.count() == 1


def test_what_is_handed_over_and_rolled_back_never_was():
    with transaction.atomic():
        hand_over()
        transaction.set_rollback(True)

    assert not Outgoing.objects.exists()


def test_the_act_is_kept_whole(network: Scripted):
    act = Act(
        Verb.POST,
        text="Nye cykelstativer æøå 🚲",
        link="https://kommune.example/a",
        pictures=(Picture(b"\xff\xd8 first", "Et stativ", "a.jpg"), Picture(b"\xff\xd8 second")),
    )
    hand_over(act=act)

    sending.deliver()

    (account, sent) = network.asked[0]
    assert replace(sent, key="") == act
    assert (account.token, account.external_id) == (TOKEN, page().external_id)


def test_every_try_at_one_thing_has_one_key_and_no_other_thing_has_it(network: Scripted):
    network.answers = [Answer(Outcome.NOT_TRIED, code="connect")]
    first, second = hand_over("publication:1"), hand_over("publication:2")

    sending.deliver()
    Outgoing.objects.filter(state=State.DUE).update(next_at=now())
    sending.deliver()

    keys = [act.key for _account, act in network.asked]
    assert [again(row).tries for row in (first, second)] == [2, 1]
    assert (len(keys), len(set(keys)), keys[0]) == (3, 2, keys[2])
    assert all(len(key) == 64 and "publication" not in key for key in keys)


# --- One try --------------------------------------------------------------------------------------


def test_it_is_sent_and_keeps_the_networks_id(network: Scripted):
    row = hand_over()
    network.answers = [Answer(Outcome.DONE, external_id="1_2", url="https://fb.example/1_2")]

    assert sending.deliver() == 1

    row = again(row)
    assert (row.state, row.external_id, row.url) == (State.SENT, "1_2", "https://fb.example/1_2")
    assert row.sent_at is not None
    assert (row.lease, row.leased_until) == ("", None)
    assert Attempt.objects.get().outcome == Outcome.DONE


def test_the_try_is_noted_before_the_network_is_called(network: Scripted):
    row, seen = hand_over(), []
    network.meanwhile = lambda: seen.append(
        (again(row).state, Attempt.objects.filter(outgoing=row, ended_at=None).count())
    )

    sending.deliver()

    assert seen == [(State.SENDING, 1)]


def test_what_is_not_due_waits(network: Scripted):
    row = outgoing(next_at=now() + timedelta(minutes=1))

    assert sending.deliver() == 0
    assert again(row).state == State.DUE


def test_what_was_refused_is_not_tried_again(network: Scripted):
    row = hand_over()
    network.answers = [Answer(Outcome.REFUSED, code="368")]

    sending.deliver()
    sending.deliver()

    assert (again(row).state, again(row).code) == (State.FAILED, "368")
    assert len(network.asked) == 1


@pytest.mark.parametrize("code", ["timeout", "500", "fault"])
def test_what_may_be_done_is_never_by_itself_sent_again(network: Scripted, code: str):
    row = hand_over()
    network.answers = [Answer(Outcome.UNKNOWN, code=code)]

    sending.deliver()
    with time_machine.travel(now() + timedelta(days=1)):
        sending.deliver()

    assert again(row).state == State.UNKNOWN
    assert len(network.asked) == 1


def test_a_fault_of_our_own_counts_as_not_known_and_its_words_stay_out_of_the_log(
    network: Scripted, caplog: pytest.LogCaptureFixture
):
    row = hand_over()
    network.answers = [RuntimeError(f"https://graph.example/?access_token={TOKEN}")]

    sending.deliver()

    assert again(row).state == State.UNKNOWN
    assert TOKEN not in caplog.text
    assert "RuntimeError" in caplog.text


def test_done_without_an_id_is_sent_all_the_same(network: Scripted):
    row = hand_over()
    network.answers = [Answer(Outcome.DONE)]

    sending.deliver()

    assert again(row).state == State.SENT


def test_an_id_that_is_another_posts_settles_nothing(network: Scripted):
    outgoing(state=State.SENT, channel=page(), external_id="1_2")
    row = hand_over()
    network.answers = [Answer(Outcome.DONE, external_id="1_2")]

    sending.deliver()

    assert (again(row).state, again(row).code, again(row).external_id) == (
        State.UNKNOWN,
        "taken",
        "",
    )
    assert Attempt.objects.get(outgoing=row).outcome == Outcome.UNKNOWN


def test_sending_one_asks_the_database_a_few_things(network: Scripted, django_assert_num_queries):
    hand_over("publication:1")
    sending.deliver()
    hand_over("publication:2")
    (taken,) = sending.claim()

    # A lane, a row and a try to begin; the key; a lane, a row and a try to settle.
    with django_assert_num_queries(7 + 4):
        sending.deliver_one(taken)


def test_a_picture_that_is_another_now_is_not_sent(network: Scripted):
    row = hand_over(act=Act(Verb.POST, text="Hej", pictures=(Picture(b"one"),)))
    name = row.payload["pictures"][0]["sha256"] + ".jpg"
    storage.delete(name)

    sending.deliver()

    assert (again(row).state, again(row).code) == (State.FAILED, "altered")
    assert network.asked == []


# --- Trying again ---------------------------------------------------------------------------------


def test_what_was_surely_not_done_is_tried_again_a_little_later(network: Scripted):
    row = hand_over()
    network.answers = [Answer(Outcome.NOT_TRIED, code="connect")]

    sending.deliver()
    assert sending.deliver() == 0
    with time_machine.travel(now() + timedelta(seconds=20)):
        sending.deliver()

    assert again(row).state == State.SENT
    assert [each.number for each in Attempt.objects.order_by("number")] == [1, 2]


def test_each_wait_is_longer_and_none_is_the_same():
    waits = [[sending.wait_before(tries) for _time in range(50)] for tries in (1, 3, 6, 40)]

    assert all(len(set(some)) > 40 for some in waits)
    assert [max(some) for some in waits] == sorted(max(some) for some in waits)
    assert max(waits[-1]) <= sending.LONGEST_WAIT
    assert min(waits[0]) >= sending.FIRST_WAIT / 2


def test_after_ten_tries_a_person_is_asked(network: Scripted):
    row = hand_over()
    network.answers = [Answer(Outcome.NOT_TRIED, code="try again") for _try in range(20)]
    at = now()
    for _time in range(20):
        with time_machine.travel(at):
            sending.deliver()
        at += timedelta(hours=1)

    assert again(row).state == State.FAILED
    assert len(network.asked) == sending.TRIES


def test_what_became_too_late_is_not_sent(network: Scripted):
    row = outgoing(latest_at=now() + timedelta(minutes=5))

    with time_machine.travel(now() + timedelta(minutes=6)):
        sending.deliver()

    assert again(row).state == State.MISSED
    assert network.asked == []


# --- The network as a whole -----------------------------------------------------------------------


def test_a_dead_key_stops_the_channel_once_and_nothing_fails(network: Scripted):
    rows = [hand_over(f"publication:{number}") for number in range(5)]
    network.answers = [Answer(Outcome.NOT_TRIED, code="190/460", trouble=Trouble.SIGN_IN)]

    sending.deliver()

    assert len(network.asked) == 1
    assert {again(row).state for row in rows} == {State.DUE}
    assert Credential.objects.get().state == KeyState.EXPIRED


def test_a_new_key_sends_what_was_held(network: Scripted):
    rows = [hand_over(f"publication:{number}") for number in range(3)]
    network.answers = [Answer(Outcome.NOT_TRIED, code="190", trouble=Trouble.SIGN_IN)]
    sending.deliver()

    with time_machine.travel(now() + timedelta(minutes=1)):
        channels.set_token(page(), token="EAAnew" * 5, by=None)
        sending.deliver()

    assert {again(row).state for row in rows} == {State.SENT}


def test_an_answer_about_the_old_key_says_nothing_about_the_new(network: Scripted):
    hand_over()
    network.answers = [Answer(Outcome.NOT_TRIED, code="190", trouble=Trouble.SIGN_IN)]
    network.meanwhile = lambda: channels.set_token(page(), token="EAAnew" * 5, by=None)

    sending.deliver()

    assert Credential.objects.get().state == KeyState.NOT_CHECKED


def test_a_limit_keeps_the_whole_channel_quiet(network: Scripted):
    rows = [hand_over(f"publication:{number}") for number in range(3)]
    network.answers = [
        Answer(Outcome.NOT_TRIED, code="32", trouble=Trouble.LIMIT, wait=timedelta(minutes=7))
    ]

    sending.deliver()
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert sending.deliver() == 0
    with time_machine.travel(now() + timedelta(minutes=8)):
        assert sending.deliver() == 3

    assert {again(row).state for row in rows} == {State.SENT}


def test_a_network_that_wants_no_more_after_this_one_is_left_alone(network: Scripted):
    rows = [hand_over(f"publication:{number}") for number in range(3)]
    network.answers = [Answer(Outcome.DONE, external_id="p_0", wait=timedelta(minutes=3))]

    sending.deliver()
    assert sorted(again(row).state for row in rows) == [State.DUE, State.DUE, State.SENT]
    with time_machine.travel(now() + timedelta(minutes=4)):
        sending.deliver()

    assert {again(row).state for row in rows} == {State.SENT}


def test_a_network_that_is_not_reached_three_times_is_left_alone(network: Scripted):
    for number in range(6):
        hand_over(f"publication:{number}")
    network.answers = [Answer(Outcome.NOT_TRIED, code="connect") for _try in range(6)]

    sending.deliver()

    assert len(network.asked) == sending.PATIENCE
    assert Lane.objects.get().failures == sending.PATIENCE
    assert Lane.objects.quiet(now()).exists()


def test_another_channel_does_not_wait_for_it(network: Scripted):
    for _number in range(4):
        outgoing(channel=page())
    row = outgoing(channel=facebook_channel())
    network.answers = [Answer(Outcome.NOT_TRIED, code="connect") for _try in range(3)]

    sending.deliver()

    assert again(row).state == State.SENT


# --- Pausing --------------------------------------------------------------------------------------


def test_nothing_begins_while_a_channel_is_paused(network: Scripted, clerk):
    row = hand_over()
    channel = page()
    actions.pause(reason="Storm", by=clerk, channel=channel)

    assert sending.deliver() == 0

    actions.end_pause(by=clerk, channel=channel)
    assert sending.deliver() == 1
    assert again(row).state == State.SENT


def test_a_pause_of_everything_stops_every_channel(network: Scripted, clerk):
    hand_over()
    actions.pause(reason="Storm", by=clerk)

    assert sending.deliver() == 0


def test_what_was_taken_before_the_pause_is_not_sent(network: Scripted, clerk):
    hand_over("publication:1")
    hand_over("publication:2")
    network.meanwhile = lambda: actions.pause(reason="Storm", by=clerk)

    sending.deliver()

    assert len(network.asked) == 1
    assert Outgoing.objects.filter(state=State.DUE).count() == 1


def test_a_pause_of_one_channel_leaves_the_others(network: Scripted, clerk):
    hand_over()
    row = outgoing(channel=facebook_channel())
    actions.pause(reason="Storm", by=clerk, channel=page())

    assert sending.deliver() == 1
    assert again(row).state == State.SENT


# --- Leases ---------------------------------------------------------------------------------------


def test_two_do_not_take_the_same(network: Scripted):
    hand_over()

    assert len(sending.claim()) == 1
    assert sending.claim() == []


def test_what_was_taken_away_meanwhile_is_not_sent(network: Scripted):
    hand_over()
    (taken,) = sending.claim()
    sending.hand_back(taken.lease)

    assert sending.deliver_one(taken) is False
    assert network.asked == []


def test_who_stops_on_the_way_hands_back_what_was_not_begun(
    network: Scripted, monkeypatch: pytest.MonkeyPatch
):
    class Stop(BaseException):
        pass

    def stop() -> None:
        raise Stop

    for number in range(3):
        hand_over(f"publication:{number}")
    monkeypatch.setattr(sending.current_job(), "checkpoint", stop)

    with pytest.raises(Stop):
        sending.deliver()

    states = sorted(Outgoing.objects.values_list("state", flat=True))
    assert states == [State.DUE, State.DUE, State.SENT]


def test_a_late_answer_settles_what_was_given_up(network: Scripted):
    """Slow, not dead: whoever sent it comes back after the lease with the id."""
    row = hand_over()
    (taken,) = sending.claim()
    attempt = sending.begin(taken)
    assert attempt
    Outgoing.objects.filter(pk=row.pk).update(state=State.UNKNOWN, leased_until=None)

    sending.settle(taken, attempt, Answer(Outcome.DONE, external_id="1_9"))

    assert (again(row).state, again(row).external_id) == (State.SENT, "1_9")


def test_a_late_answer_that_nothing_was_done_changes_nothing(network: Scripted):
    row = hand_over()
    (taken,) = sending.claim()
    attempt = sending.begin(taken)
    assert attempt
    Outgoing.objects.filter(pk=row.pk).update(state=State.UNKNOWN, leased_until=None, lease="")

    sending.settle(taken, attempt, Answer(Outcome.REFUSED, code="100"))

    assert again(row).state == State.UNKNOWN


# --- The database ---------------------------------------------------------------------------------


def test_the_database_knows_a_post_once():
    outgoing(state=State.SENT, external_id="1_2")

    with pytest.raises(IntegrityError), transaction.atomic():
        outgoing(state=State.SENT, external_id="1_2")


def test_the_same_picture_is_kept_once():
    act = Act(Verb.POST, pictures=(Picture(b"the same"), Picture(b"the same", "Andre ord")))

    shown = kept(act)["pictures"]

    assert shown[0]["sha256"] == shown[1]["sha256"]
    assert len(storage.listdir("")[1]) >= 1

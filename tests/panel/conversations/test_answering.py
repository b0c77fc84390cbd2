"""Answering a comment: what may be answered, once and by whom, and how it comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.accounts.models import User
from panel.audit.models import Event
from panel.channels.incoming import IncomingAuthor, IncomingPost, IncomingRemoval
from panel.channels.keys import KeyState, Problem
from panel.channels.models import Channel, Credential
from panel.channels.outgoing import Verb
from panel.conversations import actions
from panel.conversations.actions.answering import WITHIN
from panel.conversations.answerable import top_of
from panel.conversations.models import Comment, Commenter, Reply
from panel.conversations.reports.answering import _folded, answered, times_answered
from panel.core.clock import now
from panel.outbox.models import Outgoing, State
from panel.outbox.payloads import act_of
from tests.factories.conversations import START, ChannelFactory, said, take
from tests.factories.outbox import facebook_channel
from tests.panel.conversations.rows import assert_kept_is_rebuilt, marks
from tests.panel.outbox.scripted import Scripted, network

__all__ = ["network"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]

WORDS = "Tak for spørgsmålet. Den åbner på mandag."


@pytest.fixture
def channel() -> Channel:
    channel = facebook_channel()
    take(
        channel,
        IncomingPost("p1", "Svømmehallen er lukket", START),
        said("1_1", "Hvornår åbner den?", by="anna"),
        said("1_2", "Ja, hvornår?", by="bo", to="1_1"),
    )
    return channel


def comment(name: str = "1_1") -> Comment:
    return Comment.objects.get(external_id=name)


def answer(by: User, name: str = "1_1", text: str = WORDS, **more: Any) -> Reply:
    once: UUID = more.pop("once", None) or uuid4()
    seen = more.pop("seen", None)
    seen = times_answered(comment(name)) if seen is None else seen
    return actions.reply(comment(name), text=text, once=once, seen=seen, by=by)


def echo(channel: Channel, key: str, text: str = WORDS, to: str = "1_1", **more: Any) -> Comment:
    """The reply as the network gives it back: by webhook or by reading."""
    page = IncomingAuthor(channel.external_id, "Byen", is_page=True)
    at = more.pop("at", None) or now()
    take(channel, said(key, text, by=page, to=to, at=at, **more))
    return comment(key)


# --- Handing over ---------------------------------------------------------------------------------


def test_a_reply_is_handed_over_whole_and_for_a_day(channel: Channel, clerk: User):
    made = answer(clerk, text=f"  {WORDS}\r\nHilsen  ")
    row = made.outgoing
    act = act_of(row.key, row.verb, row.payload)
    assert (act.verb, act.text) == (Verb.REPLY, f"{WORDS}\nHilsen")
    assert (act.answers, act.top) == ("1_1", "1_1")
    assert row.latest_at == row.due_at + WITHIN
    assert row.title.startswith("Tak for spørgsmålet")
    assert (made.made_by, made.comment) == (clerk, comment())
    assert Event.objects.latest("pk").what == "comment.answered"


def test_the_network_gets_no_staff_name(channel: Channel, clerk: User):
    row = answer(clerk).outgoing
    for word in (clerk.name, clerk.email):
        assert word not in repr(row.payload)
        assert word not in row.title


def test_a_reply_to_a_reply_knows_the_comment_above_both(channel: Channel, clerk: User):
    assert answer(clerk, "1_2").outgoing.payload["top"] == "1_1"
    # Also where that one never came.
    take(channel, said("1_9", "Enig", by="bo", to="1_8"))
    assert top_of(comment("1_9")) == "1_8"


def test_pressed_twice_is_one_reply(channel: Channel, clerk: User, colleague: User):
    once = uuid4()
    first = answer(clerk, once=once, seen=0)
    assert answer(clerk, once=once, seen=0) == first
    assert Outgoing.objects.count() == Reply.objects.count() == 1
    # Somebody else's button is another one, whatever it is called.
    assert answer(colleague, once=once) != first


def test_who_was_slower_reads_the_other_s_reply_first(
    channel: Channel, clerk: User, colleague: User
):
    answer(colleague)
    with pytest.raises(actions.Refused, match="since you opened it"):
        answer(clerk, seen=0)
    assert answer(clerk, seen=1).outgoing.state == State.DUE


def test_an_answer_made_on_the_network_itself_is_seen_too(channel: Channel, clerk: User):
    echo(channel, "1_5", "Skrevet på Facebook")
    with pytest.raises(actions.Refused, match="since you opened it"):
        answer(clerk, seen=0)


def test_a_reply_that_was_given_up_is_none(channel: Channel, clerk: User):
    row = answer(clerk).outgoing
    Outgoing.objects.filter(pk=row.pk).update(state=State.CANCELLED, why="Forkert tråd")
    assert times_answered(comment()) == 0


# --- What cannot be answered ----------------------------------------------------------------------


def refused(by: User, **more: Any) -> str:
    with pytest.raises(actions.Refused) as why:
        answer(by, **more)
    assert not Outgoing.objects.exists()
    return str(why.value)


def test_what_is_gone_or_hidden_or_our_own_is_not_answered(channel: Channel, clerk: User):
    actions.hide(comment(), rule="Hold en god tone", by=clerk)
    assert "hidden" in refused(clerk)
    actions.show_again(comment(), by=clerk)
    echo(channel, "1_7", "Vi har lukket")
    assert "itself" in refused(clerk, name="1_7")
    take(channel, IncomingRemoval("1_2", now()))
    assert "gone" in refused(clerk, name="1_2")
    take(channel, IncomingRemoval("p1", now()))
    assert "gone" in refused(clerk)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \r\n ", "Write the reply."),
        ("x" * 8001, "one too many"),
        ("x" * 8010, "10 too many"),
        ("Dit nummer er 010203-1234.", "civil registration number"),
    ],
)
def test_words_that_cannot_go_out_are_refused(channel: Channel, clerk: User, text: str, words: str):
    assert words in refused(clerk, text=text)


def test_a_channel_that_is_answered_elsewhere_is_refused(channel: Channel, clerk: User):
    by_hand = ChannelFactory()
    take(by_hand, said("c1", "Hej"))
    assert "on the network itself" in refused(clerk, name="c1")


def test_a_channel_that_is_not_in_use_or_whose_key_may_not_is_refused(
    channel: Channel, clerk: User
):
    key = Credential.objects.filter(channel=channel)
    key.update(state=KeyState.OK, problem=Problem.NO_ANSWERS, checked_at=now())
    assert "pages_manage_engagement" in refused(clerk)
    key.update(problem="")
    Channel.objects.filter(pk=channel.pk).update(is_active=False)
    assert "not in use" in refused(clerk)


def test_a_dead_key_or_a_pause_only_makes_it_wait(channel: Channel, clerk: User):
    Credential.objects.update(state=KeyState.EXPIRED, problem=Problem.PASSWORD, checked_at=now())
    assert answer(clerk).outgoing.state == State.DUE


# --- The echo -------------------------------------------------------------------------------------


def sent(row: Outgoing, external_id: str = "1_5") -> None:
    Outgoing.objects.filter(pk=row.pk).update(
        state=State.SENT, sent_at=now(), external_id=external_id
    )


def test_the_page_s_own_reply_comes_back_as_nobody_who_takes_part(channel: Channel, clerk: User):
    before = marks(channel)
    sent(answer(clerk).outgoing)
    echo(channel, "1_5")
    assert marks(channel) == {**before, "1_5": False}
    assert Commenter.objects.get(external_id=channel.external_id).is_page
    assert_kept_is_rebuilt(channel)


@pytest.mark.parametrize("is_early", [True, False])
def test_the_echo_is_known_by_its_id_whichever_comes_first(
    channel: Channel, clerk: User, is_early: bool
):
    row = answer(clerk).outgoing
    if not is_early:
        sent(row)
    # The network may have changed the words: its id is what counts.
    came = echo(channel, "1_5", "Rettet på Facebook")
    if is_early:
        sent(row)
    [known] = answered([comment()])
    assert known.echo == came.pk
    assert times_answered(comment()) == 1


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN])
def test_an_echo_before_the_answer_is_known_by_its_place_and_words(
    channel: Channel, clerk: User, state: State
):
    row = answer(clerk, "1_2").outgoing
    until = now() + timedelta(minutes=5)
    Outgoing.objects.filter(pk=row.pk).update(state=state, leased_until=until)
    echo(channel, "1_4", "Noget andet")
    echo(channel, "1_3", to="1_1", at=now() - timedelta(hours=1))
    came = echo(channel, "1_5", WORDS.replace(" ", "  "))
    [known] = answered([comment("1_2")])
    assert known.echo == came.pk
    # Not yet begun, it cannot be there: what says the same is somebody else's.
    Outgoing.objects.filter(pk=row.pk).update(state=State.DUE)
    assert answered([comment("1_2")])[0].echo is None


def test_one_echo_stands_for_one_reply(channel: Channel, clerk: User):
    first, second = answer(clerk).outgoing, answer(clerk).outgoing
    sent(first, "1_5")
    Outgoing.objects.filter(pk=second.pk).update(state=State.UNKNOWN)
    came = echo(channel, "1_5")
    assert [each.echo for each in answered([comment()])] == [came.pk, None]
    again = echo(channel, "1_6")
    assert [each.echo for each in answered([comment()])] == [came.pk, again.pk]


def test_of_two_lost_replies_in_the_same_words_one_echo_is_the_one_under_its_comment(
    channel: Channel, clerk: User
):
    take(channel, said("2_1", "Er der lukket i dag?", by="carl"))
    asked = [comment(), comment("2_1")]
    for name in ("1_1", "1_1", "2_1"):
        row = answer(clerk, name).outgoing
        Outgoing.objects.filter(pk=row.pk).update(state=State.UNKNOWN)
    came = echo(channel, "2_2", to="2_1")
    assert [each.echo for each in answered(asked)] == [None, None, came.pk]
    other = echo(channel, "1_5")
    assert [each.echo for each in answered(asked)] == [other.pk, None, came.pk]


@given(st.text(), st.text(alphabet=" \t\n\r", min_size=1))
def test_room_between_words_makes_no_other_words(words: str, room: str):
    assert _folded(words + room) == _folded(words) == _folded(room.join(words.split()))


def test_a_citizen_who_repeats_our_words_is_not_us(
    channel: Channel, clerk: User, network: Scripted
):
    row = answer(clerk).outgoing
    Outgoing.objects.filter(pk=row.pk).update(state=State.UNKNOWN)
    take(channel, said("1_5", WORDS, by="bo", to="1_1", at=now()))
    assert answered([comment()])[0].echo is None

"""What vanishes without our doing raises the alarm, once; what one citizen takes back does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from panel.accounts.models import User
from panel.audit.models import Event
from panel.channels.models import Channel
from panel.conversations import actions, telling
from panel.conversations.actions import AlreadyDone
from panel.conversations.intake import vanishing
from panel.conversations.intake.vanishing import are_many
from panel.conversations.models import (
    Comment,
    How,
    Sighting,
    Thing,
    Vanishing,
    Verdict,
    What,
)
from panel.core.clock import now
from tests.factories.conversations import START, ChannelFactory, said, take
from tests.factories.outbox import outgoing
from tests.panel.conversations.vanishing import (
    CITIZEN,
    WORDS,
    gone,
    hear,
    minute,
    post,
    thread,
    veiled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(db: None) -> Channel:
    return ChannelFactory()


def alarms() -> list[tuple[str, str]]:
    return list(Vanishing.objects.order_by("pk").values_list("thing", "post_external_id"))


COMMENTS, POST = [(Thing.COMMENT, "p1")], [(Thing.POST, "p1")]


# --- What is noted --------------------------------------------------------------------------------


def test_of_a_citizen_s_comment_only_that_it_is_gone_is_kept(channel: Channel):
    thread(channel)
    hear(channel, gone("c1", 7))

    seen = Sighting.objects.get()
    assert (seen.thing, seen.what, seen.how) == (Thing.COMMENT, What.REMOVED, How.TOLD)
    assert (seen.post_external_id, seen.external_id) == ("p1", "c1")
    assert (seen.happened_at, seen.copy, seen.is_ours) == (minute(7), "", False)
    assert seen.learned_at > seen.happened_at
    assert Comment.objects.get(external_id="c1").text == ""


def test_our_own_words_are_kept_as_they_stood(channel: Channel):
    thread(channel)
    hear(channel, post(text="Broen er åben", seen_at=minute(3)))
    hear(channel, gone("p1", 9))

    first, second = Sighting.objects.order_by("pk")
    assert (first.what, first.copy, first.happened_at) == (What.EDITED, WORDS, minute(3))
    assert (second.what, second.copy) == (What.REMOVED, "Broen er åben")


def test_our_own_answer_is_kept_too(channel: Channel):
    ours = {"by": post().author, "to": "c1"}
    hear(channel, post(), said(1), said(2, "Tak, vi ser på det", seen_at=START, **ours))
    hear(channel, said(2, "Vi ser på det", seen_at=minute(9), **ours))
    hear(channel, gone("c2", 10))

    copies = Sighting.objects.order_by("pk").values_list("what", "copy", "is_ours")
    assert list(copies) == [
        (What.EDITED, "Tak, vi ser på det", True),
        (What.REMOVED, "Vi ser på det", True),
    ]


def test_a_citizen_s_edit_and_post_leave_no_words(channel: Channel):
    hear(channel, post(by=CITIZEN, text="Der er hul i vejen"))
    hear(channel, said(1, "Min nabo Hansen", seen_at=START))
    hear(channel, said(1, "Min nabo", seen_at=minute(4)))
    hear(channel, gone("p1"))

    assert {seen.what for seen in Sighting.objects.all()} == {What.EDITED, What.REMOVED}
    assert {(seen.copy, seen.is_ours) for seen in Sighting.objects.all()} == {("", False)}
    assert alarms() == []


def test_the_database_keeps_no_copy_of_a_citizen_s_words(channel: Channel):
    thread(channel)
    hear(channel, gone("c1"))
    row = Sighting.objects.get()
    row.pk, row.copy, row.happened_at = None, "Hans egne ord", now()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_what_was_seen_is_written_once(channel: Channel):
    thread(channel)
    for _time in range(3):
        hear(channel, gone("c1"), veiled("c2"), veiled("c2", 1, is_hidden=False))
    assert Sighting.objects.count() == 3
    for change in (
        lambda: Sighting.objects.update(copy=""),
        lambda: Sighting.objects.all().delete(),
        lambda: Sighting.objects.first().delete(),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_files_are_no_network(channel: Channel):
    thread(channel)
    take(channel, *(gone(f"c{number}") for number in range(1, 5)))
    assert not Sighting.objects.exists()
    assert alarms() == []


# --- What raises the alarm ------------------------------------------------------------------------


def test_one_citizen_who_takes_one_comment_back_is_no_alarm(channel: Channel):
    thread(channel)
    hear(channel, gone("c1"))
    hear(channel, gone("c2", 5))
    assert alarms() == []


def test_three_of_a_thread_within_a_quarter_of_an_hour_are(channel: Channel):
    thread(channel)
    hear(channel, gone("c1"), gone("c2", 8))
    hear(channel, gone("c3", 15))
    assert alarms() == COMMENTS
    raised = Event.objects.get(what="vanishing.raised")
    assert raised.detail == {"thing": "comment", "channel": channel.slug}


def test_three_over_a_longer_time_or_in_other_threads_are_not(channel: Channel):
    thread(channel)
    hear(channel, post(2), said(11, post="p2"))
    hear(channel, gone("c1"), gone("c2", 8), gone("c3", 16), gone("c11", 8))
    assert alarms() == []


def test_how_many_they_must_be_is_a_setting(channel: Channel, settings: Any):
    settings.VANISHED_COMMENTS = 2
    thread(channel)
    hear(channel, gone("c1"), gone("c2"))
    assert alarms() == COMMENTS


def test_hidden_ones_count_too_and_coming_back_does_not_undo_it(channel: Channel):
    thread(channel)
    hear(channel, veiled("c1"), veiled("c1", 1, is_hidden=False), veiled("c2", 2), gone("c2", 3))
    assert alarms() == []
    hear(channel, veiled("c3", 4))
    assert alarms() == COMMENTS


def test_what_a_colleague_hid_here_is_our_own_doing(channel: Channel, clerk: User):
    thread(channel)
    at = now()
    for comment in Comment.objects.filter(external_id__in=("c1", "c2", "c3")):
        actions.hide(comment, rule="Hold tonen", by=clerk)
    later = (now() - START).total_seconds() / 60 + 1
    hear(channel, *(veiled(f"c{number}", later) for number in (1, 2, 3)))

    assert alarms() == []
    assert set(Sighting.objects.values_list("by_us", flat=True)) == {True}
    # Hidden long before anybody here decided it, or once more after it was shown again.
    before = (at - START).total_seconds() / 60 - 60
    hear(channel, *(veiled(f"c{number}", before) for number in (1, 2, 3)))
    assert alarms() == COMMENTS


def test_shown_again_here_and_hidden_there_is_not_ours(channel: Channel, clerk: User):
    thread(channel)
    comment = Comment.objects.get(external_id="c1")
    actions.hide(comment, rule="Hold tonen", by=clerk)
    actions.show_again(comment, by=clerk)
    later = (now() - START).total_seconds() / 60 + 2
    hear(channel, veiled("c1", later), veiled("c1", later + 1, is_hidden=False))
    found = dict(Sighting.objects.values_list("what", "by_us"))
    assert found == {What.HIDDEN: False, What.SHOWN: True}


def test_a_comment_that_takes_its_answers_along_is_one(channel: Channel):
    hear(channel, post(), said(1), *(said(number, to="c1", by="bo") for number in (2, 3, 4)))
    with time_machine.travel(now(), tick=False) as clock:
        # The answers are told of first.
        hear(channel, gone("c2"), gone("c3"), gone("c4"))
        assert alarms() == []
        hear(channel, gone("c1"))
        clock.shift(timedelta(minutes=2))
        assert vanishing.look_again() == 0
    assert alarms() == []


def test_answers_that_vanish_under_a_comment_that_stays_are_many(channel: Channel):
    hear(channel, post(), said(1), *(said(number, to="c1", by="bo") for number in (2, 3, 4)))
    with time_machine.travel(now(), tick=False) as clock:
        hear(channel, gone("c2"), gone("c3"), gone("c4"))
        clock.shift(timedelta(seconds=59))
        assert vanishing.look_again() == 0
        clock.shift(timedelta(seconds=2))
        assert vanishing.look_again() == 1
        assert vanishing.look_again() == 0
    assert alarms() == COMMENTS


def test_a_post_of_ours_is_enough(channel: Channel):
    thread(channel)
    hear(channel, gone("p1"))
    assert alarms() == POST


def test_a_visitor_s_post_is_theirs_to_take_back(channel: Channel):
    hear(channel, post(by=CITIZEN))
    hear(channel, gone("p1"))
    assert alarms() == []


def test_a_post_that_went_out_from_here_is_ours_whoever_is_named(channel: Channel):
    outgoing(channel=channel, external_id="p1", state="sent", sent_at=now())
    hear(channel, post(by=None))
    hear(channel, gone("p1"))
    assert alarms() == POST
    assert Sighting.objects.get().copy == WORDS


@pytest.mark.parametrize("order", ["gone first", "named first"])
def test_whose_post_it_was_may_be_learned_afterwards(channel: Channel, order: str):
    if order == "named first":
        hear(channel, said(1))
    hear(channel, gone("p1"))
    assert alarms() == []
    for _time in range(2):
        hear(channel, post())
    assert alarms() == POST
    assert Sighting.objects.get(is_ours=True).copy == WORDS


# --- Once -----------------------------------------------------------------------------------------


def test_told_again_it_is_not_raised_again(channel: Channel):
    thread(channel)
    for _time in range(3):
        hear(channel, gone("c1"), gone("c2"), gone("c3"), gone("p1"))
    hear(channel, gone("c4", 1))
    assert sorted(alarms()) == sorted(COMMENTS + POST)
    assert Event.objects.filter(what="vanishing.raised").count() == 2


def test_settled_it_stays_so_until_as_many_more_vanish(channel: Channel, clerk: User):
    thread(channel, 7)
    hear(channel, gone("c1"), gone("c2"), gone("c3"))
    first = Vanishing.objects.get()
    settle(first, by=clerk)

    hear(channel, gone("c1"), gone("c2"), gone("c3"))
    hear(channel, gone("c4", 1), gone("c5", 1))
    assert alarms() == COMMENTS
    hear(channel, gone("c6", 2))
    assert alarms() == COMMENTS * 2


def test_what_came_while_somebody_wrote_is_not_settled_with_it(channel: Channel, clerk: User):
    thread(channel, 7)
    hear(channel, gone("c1"), gone("c2"), gone("c3"))
    seen = Sighting.objects.latest("pk").pk
    hear(channel, gone("c4"), gone("c5"), gone("c6"))
    settle(Vanishing.objects.get(), up_to=seen, by=clerk)
    assert alarms() == COMMENTS * 2
    assert Vanishing.objects.open().get().after == seen


def settle(found: Vanishing, *, up_to: int = 2**40, by: User) -> None:
    actions.settle(found, verdict=Verdict.US, why="Jeg gjorde det", up_to=up_to, by=by)


def test_settling_says_who_and_why_once(channel: Channel, clerk: User, editor: User):
    thread(channel)
    hear(channel, gone("p1"))
    found = Vanishing.objects.get()
    with pytest.raises(ValueError, match="how you know"):
        actions.settle(found, verdict=Verdict.WRONG, why="  ", up_to=0, by=clerk)
    settle(found, by=clerk)
    assert (found.verdict, found.why, found.settled_by) == (Verdict.US, "Jeg gjorde det", clerk)
    assert found.up_to == Sighting.objects.latest("pk").pk
    with pytest.raises(AlreadyDone):
        settle(found, by=editor)
    told = Event.objects.get(what="vanishing.settled")
    assert (told.by_id, told.detail) == (clerk.pk, {"verdict": "us"})


def test_the_database_wants_a_reason_and_one_alarm_at_a_time(channel: Channel, clerk: User):
    thread(channel)
    hear(channel, gone("p1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Vanishing.objects.update(settled_at=now(), settled_by=clerk, verdict="us", up_to=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vanishing.objects.create(channel=channel, post_external_id="p1", thing=Thing.POST)


# --- The letter -----------------------------------------------------------------------------------


def test_editors_and_administrators_get_one_letter(
    channel: Channel, editor: User, administrator: User, clerk: User, mailoutbox: list[Any]
):
    thread(channel)
    hear(channel, gone("c1"), gone("c2"), gone("c3"))
    assert telling.tell() == 1
    assert telling.tell() == 0
    hear(channel, gone("c4"))
    assert telling.tell() == 0

    assert {letter.to[0] for letter in mailoutbox} == {editor.email, administrator.email}
    assert len(mailoutbox) == 2
    letter = mailoutbox[0]
    assert channel.name in letter.subject
    assert f"/admin/vanished/{Vanishing.objects.get().pk}/" in letter.body
    assert "Om sag" not in letter.body
    assert WORDS not in letter.body


def test_a_letter_that_does_not_leave_is_sent_later(
    channel: Channel, editor: User, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
):
    thread(channel)
    hear(channel, gone("p1"))
    with monkeypatch.context() as broken:
        broken.setattr(telling.mail, "send", _away)
        assert telling.tell() == 0
    with time_machine.travel(now() + telling.CLAIM + timedelta(seconds=1)):
        assert telling.tell() == 1
    assert len(mailoutbox) == 1


def _away(*_args: Any, **_kwargs: Any) -> None:
    raise OSError


def test_whoever_dies_over_it_leaves_it_to_somebody_else(
    channel: Channel, editor: User, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
):
    thread(channel)
    hear(channel, gone("p1"))
    with monkeypatch.context() as dying:
        dying.setattr(telling, "CLAIMED", _die)
        with pytest.raises(SystemExit):
            telling.tell()
    assert telling.tell() == 0
    with time_machine.travel(now() + telling.CLAIM + timedelta(seconds=1)):
        assert telling.tell() == 1
    assert len(mailoutbox) == 1


def _die() -> None:
    raise SystemExit


def test_what_is_settled_before_the_letter_needs_none(
    channel: Channel, editor: User, mailoutbox: list[Any]
):
    thread(channel)
    hear(channel, gone("p1"))
    settle(Vanishing.objects.get(), by=editor)
    assert telling.tell() == 0
    assert mailoutbox == []


# --- The rule itself ------------------------------------------------------------------------------

MOMENTS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from("abcdef")), max_size=12)


@given(MOMENTS, st.integers(1, 4), st.integers(0, 20))
def test_are_many_is_what_looking_at_every_window_says(
    found: list[tuple[int, str]], least: int, within: int
):
    moments = [(START + timedelta(minutes=at), which) for at, which in found]
    right = any(
        len({which for at, which in found if begin <= at <= begin + within}) >= least
        for begin, _which in found
    )
    assert are_many(moments, least=least, within=timedelta(minutes=within)) is right

"""What staff decide keeps the counters and leaves a trail."""

from __future__ import annotations

import pytest

from panel.accounts.models import User
from panel.audit.actions import SYSTEM
from panel.audit.models import Event
from panel.channels.models import Channel
from panel.conversations import actions
from panel.conversations.models import Comment, Commenter, Department, Exchange, Post, Tally
from tests.factories.conversations import ChannelFactory, said, take
from tests.panel.conversations.rows import assert_kept_is_rebuilt, everything, marks


@pytest.fixture
def channel(db: None) -> Channel:
    channel = ChannelFactory()
    take(
        channel,
        said(1, by="anna"),
        said(2, "Svar", by="bo", to="c1"),
        said(3, by="anna", post="p2"),
        said(4, "Svar", by="bo", to="c3", post="p2"),
    )
    return channel


def comment(number: int) -> Comment:
    return Comment.objects.get(external_id=f"c{number}")


def test_a_hidden_comment_does_not_count_and_says_why(channel: Channel, clerk: User):
    actions.hide(comment(1), rule="Hold en god tone", by=clerk)
    hidden = comment(1)
    assert (hidden.hidden_by, hidden.hidden_rule) == (clerk, "Hold en god tone")
    assert not marks(channel)["c1"]
    assert Exchange.objects.get(answer__external_id="c2").is_asked_counted is False
    assert Event.objects.latest("pk").what == "comment.hidden"
    assert_kept_is_rebuilt(channel)


def test_hiding_twice_is_refused(channel: Channel, clerk: User, colleague: User):
    actions.hide(comment(1), rule="Hold en god tone", by=clerk)
    with pytest.raises(actions.AlreadyDone):
        actions.hide(comment(1), rule="En anden", by=colleague)
    assert comment(1).hidden_by == clerk


def test_hiding_needs_a_rule(channel: Channel, clerk: User):
    with pytest.raises(ValueError, match="rule"):
        actions.hide(comment(1), rule="  ", by=clerk)


def test_showing_again_undoes_it_all(channel: Channel, clerk: User):
    before = everything(channel)
    actions.hide(comment(1), rule="Hold en god tone", by=clerk)
    actions.show_again(comment(1), by=clerk)
    assert everything(channel) == before
    with pytest.raises(actions.AlreadyDone):
        actions.show_again(comment(1), by=clerk)


def test_a_hidden_comment_stays_hidden_when_its_file_comes_again(channel: Channel, clerk: User):
    actions.hide(comment(1), rule="Hold en god tone", by=clerk)
    take(channel, said(1, "Rettet", by="anna"))
    assert (comment(1).text, comment(1).hidden_by) == ("Rettet", clerk)
    assert not marks(channel)["c1"]


def test_a_competition_counts_nobody_until_it_is_none(channel: Channel, clerk: User):
    before = everything(channel)
    post = Post.objects.get(external_id="p1")
    actions.mark_competition(post, is_competition=True, by=clerk)
    assert marks(channel) == {"c1": False, "c2": False, "c3": True, "c4": False}
    assert_kept_is_rebuilt(channel)
    with pytest.raises(actions.AlreadyDone):
        actions.mark_competition(post, is_competition=True, by=clerk)
    actions.mark_competition(post, is_competition=False, by=clerk)
    assert everything(channel) == before


def test_a_department_is_set_by_a_person(channel: Channel, clerk: User):
    roads = Department.objects.create(slug="veje", name="Veje")
    post = Post.objects.get(external_id="p1")
    actions.set_department(post, department=roads, by=clerk)
    assert (post.department, post.is_department_chosen) == (roads, True)
    assert Event.objects.latest("pk").detail == {"department": "veje"}
    with pytest.raises(actions.AlreadyDone):
        actions.set_department(post, department=roads, by=clerk)


def test_who_is_forgotten_leaves_only_words(channel: Channel):
    anna = Commenter.objects.get(name="Anna")
    assert actions.forget([anna.pk], by=SYSTEM) == 1
    assert not Commenter.objects.filter(name="Anna").exists()
    assert (comment(1).commenter, comment(1).text) == (None, "Om sag 1")
    assert not Exchange.objects.exists()
    assert Tally.objects.get().answered == 0
    assert_kept_is_rebuilt(channel)


def test_who_is_retained_no_longer_leaves_tombstones(channel: Channel):
    anna = Commenter.objects.get(name="Anna")
    actions.forget([anna.pk], by=SYSTEM, keep_words=False)
    assert (comment(1).text, comment(1).removed_at is None) == ("", False)
    assert comment(2).parent == comment(1)
    take(channel, said(1, by="anna"))
    assert comment(1).text == ""
    assert_kept_is_rebuilt(channel)


def test_forgetting_nobody_does_nothing(db: None):
    assert actions.forget([], by=SYSTEM) == 0
    assert actions.forget([404], by=SYSTEM) == 0
    assert not Event.objects.exists()

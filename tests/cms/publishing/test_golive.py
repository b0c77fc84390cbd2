"""Live, once, at its minute, or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.models import Revision

from cms.publishing import actions, plans, sweeping, tasks
from cms.publishing.actions.golive import Outcome, put_out
from cms.publishing.models import Notice, Publication, State, What
from cms.review import actions as review
from cms.review.actions import Refused
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.review.moves import MoveRefused
from cms.stories.models import IdeaLetter, IdeaState, LetterKind, StoryIdea, StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.audit.models import Event
from panel.core.clock import now
from panel.outbox.moves import Refused as Stopped
from tests.factories.accounts import staff_with
from tests.factories.ideas import a_thought
from tests.factories.stories import channel, rewrite, scheduled, story, teaser

SOON = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's."""
    monkeypatch.setattr(sweeping, "clock", now)


def later(**ahead: float) -> Any:
    return time_machine.travel(now() + timedelta(**ahead), tick=True)


def said(approval: Approval) -> str:
    return Approval.objects.get(pk=approval.pk).state


def states(approval: Approval) -> list[str]:
    rows = Publication.objects.filter(approval=approval).order_by(plans.site_first(), "pk")
    return list(rows.values_list("state", flat=True))


def is_live(page: StoryPage) -> bool:
    return StoryPage.objects.get(pk=page.pk).live


def test_goes_live_at_its_time_and_not_before(clerk: User, editor: User, stranger: Client):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=now() + SOON)

    assert sweeping.sweep() == 0
    assert not is_live(page)
    with later(minutes=60, seconds=1):
        assert sweeping.sweep() == 1
        assert sweeping.sweep() == 0

    assert is_live(page)
    assert said(approval) == Said.PUBLISHED
    assert states(approval) == [State.OUT]
    assert Event.objects.filter(what="story.out").count() == 1
    answer = stranger.get(StoryPage.objects.get(pk=page.pk).url)
    assert "Nye cykelstativer" in answer.content.decode()


def test_without_a_time_it_goes_out_as_soon_as_it_is_approved(clerk: User, editor: User):
    page = story(by=clerk)
    approval = actions.submit(page, by=clerk)
    assert sweeping.sweep() == 0

    review.approve(approval, seen=approval.seal, by=editor)

    assert sweeping.sweep() == 1
    assert is_live(page)


def test_whoever_had_the_idea_is_told_once(clerk: User, editor: User):
    idea, page = a_thought(by=editor), story(by=clerk)
    StoryIdea.objects.filter(pk=idea.pk).update(state=IdeaState.USED, story=page)
    scheduled(page, asked_by=clerk, by=editor)

    sweeping.sweep()
    rewrite(page, by=clerk, lead="Nu er de der.")
    scheduled(page, asked_by=clerk, by=editor)
    sweeping.sweep()

    assert IdeaLetter.objects.filter(idea=idea, kind=LetterKind.TOLD).count() == 1


def test_what_is_posted_by_hand_is_ready_when_the_page_is_live(clerk: User, editor: User):
    page = story(by=clerk)
    teaser(page, channel(), by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor)

    sweeping.sweep()

    assert states(approval) == [State.OUT, State.READY]
    assert Notice.objects.filter(what=What.POST, to=clerk).exists()


def test_an_edit_after_approval_stops_it(clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=now() + SOON)

    rewrite(page, by=clerk, title="Noget ganske andet")

    assert states(approval) == [State.CANCELLED]
    with later(minutes=61):
        assert sweeping.sweep() == 0
    assert not is_live(page)
    assert Notice.objects.filter(what=What.STOPPED, to=editor).exists()


def test_a_version_written_over_behind_our_back_stops_it(clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor)
    version = Revision.objects.get(pk=page.latest_revision_id)
    version.content["title"] = "Smuglet ind"
    version.save()

    assert put_out(approval.pk, at=now()) == Outcome.STOPPED

    assert said(approval) == Said.FELL_AWAY
    assert not is_live(page)


def test_a_version_added_behind_our_back_stops_it(clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor)
    version = Revision.objects.get(pk=page.latest_revision_id)
    version.pk, version.content = None, {**version.content, "title": "Smuglet ind"}
    version.save()
    StoryPage.objects.filter(pk=page.pk).update(latest_revision=version)

    assert put_out(approval.pk, at=now()) == Outcome.STOPPED


def test_another_plan_behind_our_back_stops_it(clerk: User, editor: User):
    approval = scheduled(story(by=clerk), asked_by=clerk, by=editor, due_at=now() + SOON)
    Publication.objects.filter(approval=approval).update(due_at=now() - timedelta(minutes=1))

    assert put_out(approval.pk, at=now()) == Outcome.STOPPED


def test_not_approved_in_time_it_does_not_go_out(clerk: User, editor: User):
    page = story(by=clerk)
    approval = actions.submit(page, due_at=now() + SOON, patience=15, by=clerk)

    with later(minutes=76):
        sweeping.sweep()
        assert sweeping.close_late() == 1

    assert said(approval) == Said.LATE
    assert states(approval) == [State.CANCELLED]
    told = Notice.objects.filter(what=What.LATE).values_list("to", flat=True)
    assert set(told) == {clerk.pk, editor.pk}
    assert not is_live(page)


def test_later_than_allowed_it_is_missed(clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=now() + SOON, patience=15)

    with later(minutes=76):
        assert sweeping.sweep() == 0
        assert sweeping.close_late() == 1

    assert said(approval) == Said.MISSED
    assert states(approval) == [State.MISSED]
    assert not is_live(page)


def test_within_its_patience_it_goes_out_late(clerk: User, editor: User):
    page = story(by=clerk)
    scheduled(page, asked_by=clerk, by=editor, due_at=now() + SOON, patience=15)

    with later(minutes=74):
        assert sweeping.close_late() == 0
        assert sweeping.sweep() == 1


def test_a_pause_holds_everything(clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor)
    actions.pause(reason="Storm", by=clerk)

    assert sweeping.sweep() == 0
    assert put_out(approval.pk, at=now()) == Outcome.PAUSED
    actions.end_pause(by=editor)

    assert sweeping.sweep() == 1


def test_a_pause_has_a_reason_and_there_is_one_at_a_time(clerk: User):
    with pytest.raises(Stopped, match="Write why"):
        actions.pause(reason=" ", by=clerk)
    actions.pause(reason="Storm", by=clerk)
    with pytest.raises(Stopped, match="already"):
        actions.pause(reason="Storm", by=clerk)


def test_what_is_held_back_waits(clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor)
    actions.hold_back(approval, why="Borgmesteren er syg", by=clerk)

    assert sweeping.sweep() == 0
    actions.go_on(approval, by=clerk)

    assert sweeping.sweep() == 1


def test_cancelled_in_the_last_moment_it_does_not_go_out(clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor)

    actions.cancel(approval, why="Forkert tal", by=clerk)

    assert sweeping.sweep() == 0
    assert said(approval) == Said.TAKEN_BACK


def test_after_it_is_out_cancelling_is_refused(clerk: User, editor: User):
    approval = scheduled(story(by=clerk), asked_by=clerk, by=editor)
    sweeping.sweep()

    with pytest.raises(MoveRefused, match="You can take it down from the site"):
        actions.cancel(approval, why="For sent", by=clerk)


def test_moving_in_time_asks_again(clerk: User, editor: User):
    page = story(by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=now() + SOON)

    moved = actions.move(approval, due_at=now() + 2 * SOON, why="Regn", by=clerk)

    assert said(approval) == Said.TAKEN_BACK
    assert moved.state == Said.ASKED
    with later(minutes=61):
        assert sweeping.sweep() == 0


def test_an_approver_who_leaves_takes_the_yes_along(clerk: User, editor: User):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    approval = scheduled(story(by=clerk), asked_by=clerk, by=editor, due_at=now() + SOON)
    User.objects.filter(pk=editor.pk).update(is_active=False)

    assert sweeping.replace_who_left() == 1

    assert said(approval) == Said.ASKED
    assert Notice.objects.filter(what=What.ASKED, to=other).exists()


def test_nothing_goes_out_by_the_yes_of_one_who_left(clerk: User, editor: User):
    page = story(by=clerk)
    scheduled(page, asked_by=clerk, by=editor)
    editor.groups.clear()

    assert sweeping.sweep() == 0

    assert not is_live(page)


def test_one_that_fails_stops_no_other(clerk: User, editor: User, monkeypatch: pytest.MonkeyPatch):
    broken = scheduled(story(by=clerk), asked_by=clerk, by=editor)
    page = story(by=clerk, title="En anden")
    scheduled(page, asked_by=clerk, by=editor)

    def breaks(key: int, *, at: datetime) -> Outcome:
        if key == broken.pk:
            raise RuntimeError("no disk")
        return put_out(key, at=at)

    monkeypatch.setattr(sweeping, "put_out", breaks)

    with pytest.raises(ExceptionGroup, match="could not go out"):
        sweeping.sweep()
    assert is_live(page)


def test_taken_down_nothing_is_posted_by_hand(clerk: User, editor: User):
    page = story(by=clerk)
    teaser(page, channel(), by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor)
    sweeping.sweep()

    StoryPage.objects.get(pk=page.pk).unpublish(user=clerk)

    assert states(approval) == [State.DOWN, State.CANCELLED]
    assert said(approval) == Said.TAKEN_DOWN


def test_submit_says_everything_that_is_wrong(clerk: User, editor: User):
    page = story(by=clerk, lead="", body=[])

    with pytest.raises(Refused) as refusal:
        actions.submit(page, due_at=now() - SOON, by=clerk)

    assert len(str(refusal.value).splitlines()) == 3


def test_posted_by_hand_and_taken_back(clerk: User, editor: User):
    page = story(by=clerk)
    teaser(page, channel(), by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor)
    sweeping.sweep()
    row = Publication.objects.get(approval=approval, channel=channel())

    with pytest.raises(Refused, match="no address"):
        actions.mark_posted(row, url="javascript:alert(1)", by=clerk)
    actions.mark_posted(row, url="https://example.org/1", by=clerk)
    with pytest.raises(MoveRefused):
        actions.mark_posted(row, by=clerk)
    actions.not_posted_after_all(row, by=clerk)
    actions.give_up_posting(row, why="Siden er lukket", by=clerk)

    assert states(approval) == [State.OUT, State.CANCELLED]


def test_a_second_worker_helps_where_much_is_due(
    clerk: User, editor: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sweeping, "MANY", 1)
    scheduled(story(by=clerk), asked_by=clerk, by=editor)
    assert not sweeping.is_much()
    scheduled(story(by=clerk, title="Nummer to"), asked_by=clerk, by=editor)

    assert tasks.go_live.func() == 2

    helpers = DBTaskResult.objects.filter(task_path=tasks.go_live_too.module_path)
    assert helpers.count() == 1
    assert tasks.go_live_too.func() == 0


def test_who_helps_begins_at_the_other_end(
    clerk: User, editor: User, monkeypatch: pytest.MonkeyPatch
):
    keys = [
        scheduled(story(by=clerk, title=f"Nummer {number}"), asked_by=clerk, by=editor).pk
        for number in range(3)
    ]
    seen: list[int] = []
    monkeypatch.setattr(sweeping, "put_out", lambda key, at: seen.append(key))
    sweeping.sweep()
    sweeping.sweep(last_first=True)
    assert seen == [*keys, *reversed(keys)]

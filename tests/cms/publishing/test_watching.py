"""Whatever is live without a yes comes off the site, and administrators are told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client

from cms.publishing import tasks, watching
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.audit.models import Event
from panel.conversations.models import Department
from tests.factories.stories import area, put_live, rewrite, story


def smuggle(page: StoryPage, **fields: Any) -> None:
    """Write into the table, past everything the product does."""
    StoryPage.objects.filter(pk=page.pk).update(**fields)


def is_live(page: StoryPage) -> bool:
    return StoryPage.objects.get(pk=page.pk).live


def test_what_was_approved_stays(clerk: User, editor: User):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)

    assert watching.look() == 0
    assert watching.compare() == 0

    assert is_live(page)


def test_a_draft_made_live_behind_our_back_is_taken_down(clerk: User, stranger: Client):
    page = story(by=clerk)
    smuggle(page, live=True)
    assert stranger.get(StoryPage.objects.get(pk=page.pk).url).status_code == 200

    assert tasks.look_for_unapproved.func() == 1

    assert not is_live(page)
    assert stranger.get(StoryPage.objects.get(pk=page.pk).url).status_code == 404
    [event] = Event.objects.filter(what="story.removed")
    assert event.detail == {"page": page.pk, "why": watching.UNAPPROVED}
    assert watching.look() == 0


def test_looking_costs_one_query(clerk: User, editor: User, django_assert_num_queries: Any):
    for number in range(3):
        put_live(story(by=clerk, title=f"Nr. {number}"), asked_by=clerk, by=editor)

    with django_assert_num_queries(1):
        watching.look()


@pytest.mark.parametrize("what", [{"title": "Smuglet ind"}, {"lead": ""}, {"body": []}])
def test_words_changed_behind_our_back_are_found_at_night(
    what: dict[str, Any], clerk: User, editor: User
):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)
    smuggle(page, **what)
    assert watching.look() == 0

    assert tasks.compare_with_approved.func() == 1

    assert not is_live(page)
    assert Approval.objects.get(page=page).state == Said.TAKEN_DOWN
    assert Event.objects.get(what="story.removed").detail["why"] == watching.ALTERED


def test_a_new_draft_of_a_live_story_harms_nothing(clerk: User, editor: User):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)
    rewrite(page, by=clerk, title="Næste udgave")

    assert watching.compare() == 0

    assert is_live(page)


def test_what_a_story_rests_on_stays(clerk: User, editor: User):
    roads = Department.objects.create(name="Vej og Park", slug="vej")
    put_live(story(by=clerk, department=roads, place=area()), asked_by=clerk, by=editor)
    with pytest.raises(ProtectedError):
        roads.delete()
    with pytest.raises(ProtectedError):
        area().delete()
    assert watching.compare() == 0

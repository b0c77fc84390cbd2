"""What the mix lacks: at most three kind sentences, and never a wrong one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.stories.mix.counting import reminder
from cms.stories.mix.lacks import FEW_STORIES, About, Count, lacks
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.conversations.models import Department
from panel.core.clock import now
from panel.members.models import Area
from tests.conftest import SignedIn
from tests.factories.stories import put_live, story

A_COUNT = st.builds(
    Count,
    about=st.sampled_from(About),
    name=st.text(st.characters(categories=["L"]), min_size=1, max_size=12),
    stories=st.integers(0, 20),
    weeks=st.none() | st.integers(8, 400),
)


@given(st.integers(0, 60), st.lists(A_COUNT, max_size=30))
def test_at_most_three_sentences_and_the_same_in_any_order(stories: int, counts: list[Count]):
    said = lacks(stories, counts)

    assert len(said) <= 3
    assert all(said)
    assert said == lacks(stories, list(reversed(counts)))


@given(st.integers(0, FEW_STORIES - 1), st.lists(A_COUNT, max_size=30))
def test_few_stories_say_nothing_about_a_mix(stories: int, counts: list[Count]):
    assert lacks(stories, counts) == lacks(stories, [])
    assert len(lacks(stories, counts)) == 1


@given(st.lists(A_COUNT, min_size=1, max_size=30))
def test_who_has_a_fair_share_is_never_named(counts: list[Count]):
    """A fair share is the mean of its own kind, or more."""
    counts = [replace(each, name=f"<{number}>") for number, each in enumerate(counts)]
    said = " ".join(lacks(50, counts))
    for each in counts:
        group = [other.stories for other in counts if other.about is each.about]
        if each.stories and each.stories * len(group) >= sum(group):
            assert each.name not in said


@given(st.integers(1, 20), st.integers(1, 12))
def test_an_even_mix_lacks_nothing(each: int, groups: int):
    counts = [Count(About.DEPARTMENT, f"D{number}", each, 1) for number in range(groups)]
    assert lacks(each * groups + FEW_STORIES, counts) == []


def test_where_nobody_says_what_stories_are_about_nothing_is_missed():
    counts = [Count(About.PLACE, "Havnen", 0, None), Count(About.PLACE, "Skoven", 0, 9)]
    assert lacks(12, counts) == []


def test_who_has_waited_longest_is_named():
    said = lacks(
        12,
        [
            Count(About.DEPARTMENT, "Roads", 9, 0),
            Count(About.DEPARTMENT, "Schools", 0, 9),
            Count(About.DEPARTMENT, "Health", 0, 30),
            Count(About.PLACE, "Havnen", 1, 2),
            Count(About.PLACE, "Skoven", 11, 0),
            Count(About.KIND, "You said, we did", 0, None),
            Count(About.KIND, "Something new", 12, 0),
        ],
    )
    assert said == [
        "Nobody has told of Health for 30 weeks.",
        "Only 1 of 12 stories come from Havnen.",
        "There has been no story of the kind “You said, we did” yet.",
    ]


def test_none_and_one_story_are_said_kindly():
    assert lacks(0, []) != lacks(1, []) != lacks(3, [])


@pytest.fixture
def told(clerk: User, editor: User) -> Any:
    """Stories that went out so many weeks ago."""

    def tell(weeks: float, **fields: Any) -> None:
        page = put_live(story(by=clerk, **fields), asked_by=clerk, by=editor)
        at = now() - timedelta(weeks=weeks)
        StoryPage.objects.filter(pk=page.pk).update(first_published_at=at)

    return tell


@pytest.mark.django_db
def test_it_is_counted_from_what_went_out(told: Any, clerk: User):
    roads = Department.objects.create(slug="vej", name="Roads")
    schools = Department.objects.create(slug="skole", name="Schools")
    harbour = Area.objects.create(name="Havnen")
    Area.objects.create(name="Skoven")
    told(9.5, department=schools, title="Skolen før")
    for number in range(4):
        told(number, department=roads, place=harbour, title=f"Vej {number}")
    story(by=clerk, department=schools, title="En kladde")

    said = reminder(now())

    assert "Nobody has told of Schools for 9 weeks." in said
    assert "No story has come from Skoven yet." in said
    assert len(said) == 3


@pytest.mark.django_db
def test_it_asks_as_often_for_many_as_for_few(told: Any, django_assert_max_num_queries: Any):
    told(1, title="Første")
    with django_assert_max_num_queries(6):
        reminder(now())
    for number in range(5):
        Department.objects.create(slug=f"d{number}", name=f"D {number}")
        told(number, title=f"Historie {number}")
    with django_assert_max_num_queries(6):
        reminder(now())


@pytest.mark.django_db
def test_those_who_write_see_it_where_they_begin(
    clerk: User, specialist: User, signed_in: SignedIn
):
    for path in ("/admin/", "/admin/ideas/"):
        seen, hidden = (signed_in(who).get(path).content.decode() for who in (clerk, specialist))
        assert '<ul class="mix">' in seen
        assert '<ul class="mix">' not in hidden

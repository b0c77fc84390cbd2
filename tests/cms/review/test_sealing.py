"""What is sealed, in the shape it is sealed in."""

from __future__ import annotations

import pytest

from cms.review.sealing import contents, digest, seal
from cms.stories.models import Kind, Pictures, StoryPage, Teaser
from panel.accounts.models import User
from tests.factories.pages import block
from tests.factories.stories import channel, story


@pytest.mark.django_db
def test_the_shape_of_what_is_sealed_is_a_promise(clerk: User):
    """Every live story is compared with its seal each night, and taken down where they differ.

    Whoever has to change this shape writes a migration that seals anew what was in order before
    (docs/features/going-out.md), and only then this test.
    """
    posted = channel()
    page = story(by=clerk, kind=Kind.PEOPLE, body=[block("text", "<p>De står ved spor 1.</p>")])
    page.teasers = [Teaser(channel=posted, text="Læs om stativerne")]
    assert contents(page) == {
        "title": "Nye cykelstativer ved stationen",
        "slug": "nye-cykelstativer-ved-stationen",
        "lead": "Nu er der plads til 200 cykler.",
        "kind": "people",
        "department": None,
        "place": None,
        "picture": None,
        "picture_alt": "",
        "picture_is_decorative": False,
        "picture_caption": "",
        "body": [{"type": "text", "value": "<p>De står ved spor 1.</p>"}],
        "seo_title": "",
        "search_description": "",
        "show_in_menus": False,
        "teasers": [{"channel": posted.pk, "text": "Læs om stativerne"}],
        "pictures": [],
    }


def test_the_hash_is_made_in_one_way():
    what = {"title": "Æblekage", "pictures": [[1, "a.jpg"]]}
    assert seal(what, []) == digest({"plan": [], "contents": what})
    assert seal(what, []) == "2db28006b7d3a209182c27be8cf5eccaf3bd092cfb32a31143ff7a63cb052284"


@pytest.mark.django_db
def test_what_there_was_no_choice_about_once_is_sealed_as_it_was(clerk: User):
    page = story(by=clerk)
    page.teasers = [Teaser(channel=channel(), text="Læs"), Teaser(channel=channel("x"), text="x")]
    before = contents(page)
    page.teasers.all()[1].pictures = Pictures.ALL
    first, second = contents(page)["teasers"]
    assert first == before["teasers"][0]
    assert second == before["teasers"][1] | {"pictures": "all"}


@pytest.mark.django_db
def test_a_story_is_sealed_alike_from_its_row_and_from_its_version(clerk: User):
    page = story(by=clerk)
    assert contents(page) == contents(StoryPage.objects.get(pk=page.pk))
    assert contents(page) == contents(page.get_latest_revision_as_object())

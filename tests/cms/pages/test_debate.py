"""One source of words: the rule a comment is hidden for is the rule the page tells citizens."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from cms.pages.models import DebateRulesPage
from panel.accounts.models import User
from panel.conversations.models import Comment
from panel.conversations.rules import published
from tests.conftest import SignedIn
from tests.factories.conversations import CommentFactory
from tests.factories.pages import block, home, publish

DANISH = ("Gå efter sagen og ikke efter personen", "Ingen private oplysninger")
ENGLISH = ("Go for the matter, not the person", "No private information")


def page_with(*titles: str, language: str = "da") -> DebateRulesPage:
    """The published debate rules in one language."""
    rules = [{"title": title, "text": "<p>Det betyder det.</p>"} for title in titles]
    page = DebateRulesPage(title="Debatregler", lead="Fem regler.", rules=[block("rules", rules)])
    published_page: DebateRulesPage = publish(page, home(language))
    return published_page


def test_rules_are_those_of_the_page_in_the_readers_language(db: None):
    page_with(*DANISH)
    page_with(*ENGLISH, language="en")

    with translation.override("da"):
        assert published() == DANISH
    with translation.override("en"):
        assert published() == ENGLISH


def test_a_language_without_a_page_gets_the_rules_of_the_sites_own(db: None):
    page_with(*DANISH)

    with translation.override("en"):
        assert published() == DANISH


def test_what_is_not_published_is_no_rule(db: None):
    assert published() == ()
    page_with(*DANISH).unpublish()
    assert published() == ()


@pytest.fixture
def comment(db: None) -> Comment:
    return CommentFactory()


def test_clerk_chooses_among_the_rules_citizens_read(
    comment: Comment, clerk: User, signed_in: SignedIn
):
    page_with(*DANISH)
    browser = signed_in(clerk)
    address = reverse("comments:hide", args=[comment.public_id])

    shown = browser.get(address).content.decode()
    assert all(rule in shown for rule in DANISH)

    browser.post(address, {"rule": DANISH[1]})
    comment.refresh_from_db()
    assert comment.hidden_rule == DANISH[1]
    assert comment.hidden_by == clerk


def test_a_rule_that_has_been_reworded_meanwhile_is_asked_for_again(
    comment: Comment, clerk: User, signed_in: SignedIn
):
    page_with("Tal pænt")
    address = reverse("comments:hide", args=[comment.public_id])

    answer = signed_in(clerk).post(address, {"rule": "Tal ordentligt"})

    assert answer.status_code == 200
    comment.refresh_from_db()
    assert comment.hidden_at is None

"""The comments somebody was invited for become theirs by their own act, or not at all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.audit.models import Event
from panel.conversations.models import Commenter
from panel.members.actions import claim
from panel.members.joining import OFFERED
from panel.members.models import Claim, Member
from tests.conftest import SignedIn
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import a_member

pytestmark = pytest.mark.django_db

ADDRESS, QUESTION = "members:are_they_yours", 'id="yours"'


@pytest.fixture
def bo() -> Commenter:
    commenter: Commenter = CommenterFactory(name="Bo Lind")
    return commenter


@pytest.fixture
def joined(member: User) -> Member:
    return a_member(member)


@pytest.fixture
def invited(joined: Member, bo: Commenter, signed_in: SignedIn) -> Client:
    """The browser of a member who came through the link sent to Bo Lind."""
    client = signed_in(joined.user)
    session = client.session
    session[OFFERED] = bo.pk
    session.save()
    return client


def answer(client: Client, words: str) -> str:
    return client.post(reverse(ADDRESS), {"answer": words}, follow=True).content.decode()


@pytest.mark.parametrize("page", ["members:joined", "members:home"])
def test_who_came_by_their_own_link_is_asked(page: str, invited: Client) -> None:
    assert "Bo Lind" in invited.get(reverse(page)).content.decode()
    assert not Claim.objects.exists()


def test_a_yes_ties_them_and_is_asked_for_once(
    invited: Client, joined: Member, bo: Commenter
) -> None:
    answer(invited, "yes")
    made = Claim.objects.get()
    assert (made.member, made.commenter) == (joined, bo)
    assert Event.objects.filter(what="claim.made").count() == 1
    assert QUESTION not in invited.get(reverse("members:home")).content.decode()


@pytest.mark.parametrize("words", ["no", "", "YES"])
def test_anything_else_ties_nothing_and_is_not_asked_again(words: str, invited: Client) -> None:
    assert QUESTION not in answer(invited, words)
    answer(invited, "yes")
    assert not Claim.objects.exists()


def test_nobody_takes_what_somebody_else_took(
    invited: Client, bo: Commenter, analyst: User
) -> None:
    claim(a_member(analyst), commenter=bo, by=analyst)
    answer(invited, "yes")
    assert Claim.objects.get().member.user == analyst


def test_comments_that_are_gone_are_tied_to_nobody(invited: Client, bo: Commenter) -> None:
    bo.delete()
    assert invited.get(reverse("members:home")).status_code == 200
    answer(invited, "yes")
    assert not Claim.objects.exists()


def test_a_member_without_an_invitation_ties_nothing(
    joined: Member, bo: Commenter, signed_in: SignedIn
) -> None:
    client = signed_in(joined.user)
    assert QUESTION not in client.get(reverse("members:home")).content.decode()
    answer(client, "yes")
    assert not Claim.objects.exists()


def test_a_stranger_is_led_to_the_door(stranger: Client) -> None:
    assert stranger.post(reverse(ADDRESS), {"answer": "yes"}).status_code == 302
    assert not Claim.objects.exists()

"""A link is used up by a yes, never by a look, and by one person only."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.core.clock import now
from panel.core.crypto import token_hash
from panel.invitations.actions import decline, hand_over, set_way, withdraw
from panel.invitations.actions.answers import find, lapse
from panel.invitations.actions.invitations import give_link
from panel.invitations.models import Campaign, Invitation, Way
from panel.invitations.moves import MoveRefused
from panel.members.joining import OFFERED, DoorClosed, join_through_door
from panel.members.models import ConsentText, Door, Member
from tests.factories.accounts import UserFactory
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import open_gate, running_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(clerk: User, editor: User) -> Campaign:
    open_gate()
    return running_campaign(CommenterFactory(), made_by=clerk, released_by=editor)


@pytest.fixture
def sent(campaign: Campaign, clerk: User) -> tuple[Invitation, str]:
    invitation = campaign.invitations.get()
    Invitation.objects.filter(pk=invitation.pk).update(way=Way.LETTER)
    token = give_link(invitation)
    return hand_over(invitation, by=clerk), token


def test_the_invited_are_offered_their_own_comments(sent: tuple[Invitation, str]) -> None:
    invitation, token = sent
    session: dict[str, object] = {"invitations.token": token}
    join_with(token, UserFactory(), session)
    assert session == {OFFERED: invitation.commenter_id}


def join_with(token: str, user: User, session: dict[str, object] | None = None) -> Member:
    text = ConsentText.objects.current("da")
    assert text is not None
    return join_through_door(
        {"invitations.token": token} if session is None else session,
        user,
        text=text,
        birth_year=1980,
        has_turned_fifteen=False,
    )


def test_only_a_hash_of_the_link_can_be_read(sent: tuple[Invitation, str]) -> None:
    invitation, token = sent
    assert invitation.token_hash == token_hash(token)
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM invitations_invitation")
        assert token not in str(cursor.fetchall())


def test_printing_again_gives_the_same_link(sent: tuple[Invitation, str]) -> None:
    invitation, token = sent
    assert give_link(invitation) == token


def test_a_mail_scanner_uses_nothing_up(sent: tuple[Invitation, str], stranger: Client) -> None:
    invitation, token = sent
    for name in ("invitation", "decline"):
        address = reverse(f"invitations:{name}", args=[token])
        assert stranger.get(address).status_code == 200
        assert stranger.head(address).status_code == 200
    assert Invitation.objects.get(pk=invitation.pk).state == "sent"
    assert find(token) == invitation


def test_the_address_is_told_to_nobody(sent: tuple[Invitation, str], stranger: Client) -> None:
    answer = stranger.get(reverse("invitations:invitation", args=[sent[1]]))
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_joining_uses_the_link_up(sent: tuple[Invitation, str]) -> None:
    invitation, token = sent
    assert join_with(token, UserFactory()).door == Door.INVITED
    invitation.refresh_from_db()
    assert (invitation.state, invitation.token) == ("joined", "")
    assert find(token) is None


def test_a_used_link_makes_no_second_member(sent: tuple[Invitation, str]) -> None:
    join_with(sent[1], UserFactory())
    with pytest.raises(DoorClosed):
        join_with(sent[1], UserFactory())
    assert Member.objects.count() == 1


def test_declining_is_for_good(sent: tuple[Invitation, str]) -> None:
    invitation, token = sent
    assert decline(invitation)
    assert not decline(invitation)
    assert find(token) is None
    with pytest.raises(DoorClosed):
        join_with(token, UserFactory())


def test_a_link_ends_with_its_last_day(sent: tuple[Invitation, str]) -> None:
    invitation, token = sent
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert find(token) is None
        assert lapse(now()) == 1
    invitation.refresh_from_db()
    assert (invitation.state, invitation.token) == ("lapsed", "")


def test_a_withdrawn_link_works_no_more(sent: tuple[Invitation, str], clerk: User) -> None:
    withdraw(sent[0], by=clerk)
    assert find(sent[1]) is None


def test_no_link_exists_before_a_second_person_said_yes(campaign: Campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(state="paused")
    with pytest.raises(MoveRefused):
        give_link(campaign.invitations.get())


def test_used_old_and_invented_links_look_alike(
    sent: tuple[Invitation, str], stranger: Client
) -> None:
    join_with(sent[1], UserFactory())
    tokens = (sent[1], "never-was")
    pages = [stranger.get(reverse("invitations:invitation", args=[token])) for token in tokens]
    assert {page.status_code for page in pages} == {410}
    told = {page.content.replace(t.encode(), b"") for page, t in zip(pages, tokens, strict=True)}
    assert len(told) == 1


def test_set_way_refuses_a_bad_address(campaign: Campaign, clerk: User) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(state="draft")
    with pytest.raises(Exception, match=r"address|adresse"):
        set_way(campaign.invitations.get(), way=Way.EMAIL, email="nope", by=clerk)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_member(clerk: User, editor: User) -> None:
    """A thousand parallel redemptions, by forty threads with an account each, make one member."""
    open_gate()
    campaign = running_campaign(CommenterFactory(), made_by=clerk, released_by=editor)
    token = give_link(campaign.invitations.get())
    Invitation.objects.update(state="sent", sent_at=now())
    outcomes: list[str] = []
    start = threading.Barrier(THREADS)

    def redeem_often(user: User) -> None:
        start.wait()
        for _try in range(TRIES // THREADS):
            try:
                join_with(token, user)
                outcomes.append("joined")
            except DoorClosed:
                outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=redeem_often, args=[UserFactory()]) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(outcomes), outcomes.count("joined")) == (TRIES, 1)
    assert Member.objects.count() == 1


THREADS = 20
TRIES = 1_000

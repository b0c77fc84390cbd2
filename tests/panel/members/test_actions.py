"""Joining, agreeing, claiming and leaving: the rules."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from panel.accounts.models import User
from panel.audit.models import Event
from panel.members import actions
from panel.members.models import Claim, Consent, ConsentText, Member, Profile
from tests.factories.accounts import UserFactory
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import a_member

pytestmark = pytest.mark.django_db

# Half past eleven in the evening in London is next year in Copenhagen.
NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


@pytest.fixture
def text() -> ConsentText:
    found = ConsentText.objects.current("da")
    assert found is not None
    return found


def test_joining_notes_the_yes_and_keeps_no_year(text: ConsentText) -> None:
    joined = a_member(birth_year=1980)
    consent = Consent.objects.get(member=joined)
    assert (consent.text, consent.answer) == (text, "given")
    assert Profile.objects.get(member=joined).age_band == ""
    assert Event.objects.filter(what="member.joined").count() == 1


def test_joining_twice_is_joining_once(text: ConsentText) -> None:
    user = UserFactory()
    assert a_member(user) == a_member(user)
    assert Consent.objects.count() == 1


def test_who_is_fourteen_cannot_join() -> None:
    with time_machine.travel(NEW_YEAR, tick=False), pytest.raises(actions.TooYoung):
        a_member(birth_year=2013)


def test_copenhagen_decides_what_year_it_is() -> None:
    with time_machine.travel(NEW_YEAR, tick=False):
        joined = a_member(birth_year=2012, has_turned_fifteen=True)
    assert joined.is_old_enough


def test_who_turns_fifteen_this_year_must_say_they_have() -> None:
    with time_machine.travel(NEW_YEAR, tick=False), pytest.raises(actions.TooYoung):
        a_member(birth_year=2012)


def test_the_database_lets_no_child_in() -> None:
    user = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(user=user, door="open", language="da", is_old_enough=False)


def test_nobody_can_agree_to_an_unpublished_text() -> None:
    draft = ConsentText.objects.create(version=9, language="da", text="Udkast")
    with pytest.raises(actions.MembershipRefused):
        a_member(text=draft)


def test_published_words_are_published_once(editor: User) -> None:
    draft = ConsentText.objects.create(version=2, language="da", text="Nye ord")
    first = actions.publish_text(draft, by=editor)
    again = actions.publish_text(draft, by=editor)
    assert first.published_at == again.published_at
    assert ConsentText.objects.current("da") == draft


def test_leaving_erases_everything_but_a_line_without_a_name() -> None:
    leaving = a_member()
    user, consents = leaving.user, Consent.objects.count()
    actions.claim(leaving, commenter=CommenterFactory(), by=user)
    actions.leave(leaving, by=user)
    assert not User.objects.filter(email=user.email).exists()
    assert not Member.objects.exists()
    assert not Profile.objects.exists()
    assert not Claim.objects.exists()
    assert Consent.objects.count() == consents + 1
    assert not Consent.objects.filter(member__isnull=False).exists()


def test_a_colleague_who_leaves_the_panel_keeps_the_account(clerk: User) -> None:
    actions.leave(a_member(clerk), by=clerk)
    assert User.objects.filter(pk=clerk.pk).exists()
    assert not Member.objects.exists()


def test_comments_are_claimed_by_one_person_only() -> None:
    commenter = CommenterFactory()
    first, second = a_member(), a_member()
    actions.claim(first, commenter=commenter, by=first.user)
    with pytest.raises(actions.AlreadyClaimed):
        actions.claim(second, commenter=commenter, by=second.user)
    assert Claim.objects.get().member == first


def test_nobody_undoes_the_claim_of_another() -> None:
    first, second = a_member(), a_member()
    claim = actions.claim(first, commenter=CommenterFactory(), by=first.user)
    actions.disclaim(second, claim=claim, by=second.user)
    assert Claim.objects.filter(pk=claim.pk).exists()
    actions.disclaim(first, claim=claim, by=first.user)
    assert not Claim.objects.exists()


def test_agreeing_again_to_the_same_words_adds_no_line(text: ConsentText) -> None:
    joined = a_member()
    actions.agree(joined, text=text, by=joined.user)
    assert Consent.objects.count() == 1

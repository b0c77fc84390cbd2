"""Keys are tried every day, and administrators hear in time of those that need them."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.channels import looking_after
from panel.channels.actions import check_token, key_refused, set_token
from panel.channels.facebook.adapter import Facebook
from panel.channels.keys import SOON, KeyCheck, KeyState, Problem
from panel.channels.models import Channel, Credential
from panel.channels.outgoing import Account, Answer, NotReached, Outcome
from panel.core.clock import now
from tests.factories.accounts import staff_with
from tests.factories.outbox import facebook_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> list[KeyCheck | NotReached]:
    """What the network says of the next key."""
    answers: list[KeyCheck | NotReached] = []

    def check(self: Facebook, account: Account) -> KeyCheck:
        found = answers.pop(0)
        if isinstance(found, NotReached):
            raise found
        return found

    monkeypatch.setattr(Facebook, "check", check)
    return answers


@pytest.fixture
def page() -> Channel:
    return facebook_channel(name="Byens side")


def ends(channel: Channel, in_: timedelta) -> None:
    at = now()
    Credential.objects.filter(channel=channel).update(
        state=KeyState.OK, checked_at=at, expires_at=at + in_
    )


def test_every_key_in_use_is_tried_and_what_was_found_is_noted(
    says: list[KeyCheck | NotReached], page: Channel
):
    facebook_channel(external_id="5")
    Channel.objects.filter(external_id="5").update(is_active=False)
    says.append(KeyCheck(KeyState.EXPIRED, Problem.PASSWORD))
    assert looking_after.check_all() == 1
    assert Credential.objects.get(channel=page).state == KeyState.EXPIRED
    # A dead key is not tried again every day: somebody must see to it.
    assert looking_after.check_all() == 0


def test_one_that_cannot_be_asked_keeps_no_other_waiting(
    says: list[KeyCheck | NotReached], page: Channel
):
    other = facebook_channel()
    says += [NotReached(Answer(Outcome.NOT_TRIED, code="timeout")), KeyCheck(KeyState.OK)]
    assert looking_after.check_all() == 1
    states = dict(Credential.objects.values_list("channel", "state"))
    assert states == {page.pk: KeyState.NOT_CHECKED, other.pk: KeyState.OK}


def test_administrators_are_told_two_weeks_ahead_and_once(page: Channel, administrator: User):
    staff_with(Role.COMMS)
    ends(page, SOON + timedelta(hours=1))
    assert looking_after.tell() == 0
    ends(page, SOON - timedelta(hours=1))
    assert looking_after.tell() == 1
    assert looking_after.tell() == 0
    (letter,) = mail.outbox
    assert letter.to == [administrator.email]
    assert "Byens side" in letter.subject
    assert f"/admin/channels/{page.pk}/" in letter.body


def test_a_key_that_died_is_told_of_with_what_to_do(page: Channel, administrator: User):
    key_refused(page, asked_at=now())
    assert looking_after.tell() == 1
    assert looking_after.tell() == 0
    (letter,) = mail.outbox
    assert "Byens side" in letter.subject
    with translation.override("da"):
        advice = str(Credential.objects.get(channel=page).advice)
    assert advice
    assert advice in letter.body


def test_one_that_ran_out_is_told_of_twice_and_another_key_anew(page: Channel, administrator: User):
    ends(page, timedelta(days=1))
    looking_after.tell()
    key_refused(page, asked_at=now())
    looking_after.tell()
    assert len(mail.outbox) == 2
    set_token(page, token="EAAny", by=administrator)
    assert looking_after.tell() == 0
    key_refused(page, asked_at=now())
    assert looking_after.tell() == 1


def test_one_that_works_again_and_dies_again_is_told_of_again(
    says: list[KeyCheck | NotReached], page: Channel, administrator: User
):
    key_refused(page, asked_at=now())
    looking_after.tell()
    says.append(KeyCheck(KeyState.OK))
    check_token(page, by=administrator)
    key_refused(page, asked_at=now())
    assert looking_after.tell() == 1


def test_a_letter_that_does_not_leave_is_tried_again(
    page: Channel, administrator: User, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_args: Any, **_words: Any) -> None:
        raise smtplib.SMTPServerDisconnected

    key_refused(page, asked_at=now())
    with monkeypatch.context() as patch:
        patch.setattr(looking_after.mail, "send", broken)
        assert looking_after.tell() == 0
    assert looking_after.tell() == 1


def test_a_channel_not_in_use_worries_nobody(page: Channel, administrator: User):
    key_refused(page, asked_at=now())
    Channel.objects.update(is_active=False)
    assert looking_after.tell() == 0

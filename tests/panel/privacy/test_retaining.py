"""Nothing stays longer than was promised (P8, P9)."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from panel.accounts.models import EmailCode, User
from panel.audit.models import Event
from panel.audit.reports import verify
from panel.conversations.models import Commenter, FileImport, Post, Tally
from panel.core.clock import now
from panel.engagement.models import ShortlistEntry
from panel.invitations.actions import forgetting, open_up, withdraw
from panel.invitations.actions.invitations import give_link, hand_over
from panel.invitations.models import Invitation, InvitationState, Reminder
from panel.invitations.reports import funnel
from panel.members.models import Member
from panel.privacy.retaining import retain
from tests.conftest import SignedIn
from tests.factories.conversations import PostFactory, counted
from tests.factories.panel import a_member, open_gate, running_campaign, shortlist_of
from tests.panel.privacy.rows import a_person, a_user, later, wrote

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


# --- People who comment ---------------------------------------------------------------------------


def test_a_commenter_goes_with_all_traces_when_the_days_are_over() -> None:
    open_gate(retention_days=90)
    old = wrote(a_person(name="Ole"), now() - 91 * DAY, hidden_rule="", likes=3)
    young = wrote(a_person(name="Unna"), now() - 89 * DAY)
    counted()

    assert retain()["commenters"] == 1

    old.refresh_from_db()
    assert (old.text, old.commenter, old.is_counted) == ("", None, False)
    assert old.removed_at is not None
    assert list(Commenter.objects.all()) == [young.commenter]
    assert Tally.objects.count() == 1


def test_a_hidden_comment_forgets_the_rule_it_broke(clerk: User) -> None:
    hidden = wrote(a_person(), now() - 200 * DAY, hidden=True, hidden_by=clerk)

    retain()

    hidden.refresh_from_db()
    assert (hidden.hidden_rule, hidden.hidden_at) == ("", None)


def test_an_expired_record_keeps_nobody_longer() -> None:
    open_gate(
        retention_days=30,
        valid_from=(now() - 400 * DAY).date(),
        valid_until=(now() - 300 * DAY).date(),
    )
    wrote(a_person(), now() - 31 * DAY)

    assert retain()["commenters"] == 1


def test_without_a_record_half_a_year_is_the_limit() -> None:
    wrote(a_person(), now() - 181 * DAY)
    wrote(a_person(), now() - 179 * DAY)

    assert retain()["commenters"] == 1


def test_a_page_is_no_person_and_stays() -> None:
    page = a_person(page=True)
    PostFactory(channel=page.channel, author=page, posted_at=now() - 900 * DAY)

    retain()

    assert Post.objects.get().text


def test_a_young_post_keeps_its_author() -> None:
    person = a_person(name_seen_at=now() - 900 * DAY)
    PostFactory(channel=person.channel, author=person, posted_at=now() - DAY)

    assert retain()["commenters"] == 0


def test_somebody_whose_words_are_gone_goes_too() -> None:
    a_person(name_seen_at=now() - 181 * DAY)
    a_person(name_seen_at=now() - 179 * DAY)

    assert retain()["commenters"] == 1


# --- Shortlists and invitations -------------------------------------------------------------------


def test_people_who_were_not_told_leave_the_list(clerk: User, editor: User) -> None:
    open_gate()
    untold, told = a_person(), a_person()
    for person in (untold, told):
        wrote(person, later(20))
    campaign = running_campaign(untold, told, made_by=clerk, released_by=editor)
    hand_over(Invitation.objects.get(commenter=told), by=clerk)

    with time_machine.travel(later(31)):
        rows = retain()

    assert (rows["untold_people"], rows["unsent_invitations"]) == (1, 1)
    assert ShortlistEntry.objects.get().commenter == told
    assert campaign.invitations.get().commenter == told


def test_a_shortlist_past_its_last_day_names_nobody(clerk: User) -> None:
    shortlist = shortlist_of(a_person(), by=clerk)
    type(shortlist).objects.update(expires_at=later(2))

    with time_machine.travel(later(3)):
        assert retain()["ended_shortlists"] == 1

    assert not shortlist.entries.exists()


def test_an_unanswered_invitation_is_a_bare_fact_after_60_days(clerk: User, editor: User) -> None:
    open_gate()
    person = a_person()
    wrote(person, later(50))
    campaign = running_campaign(person, made_by=clerk, released_by=editor)
    invitation = Invitation.objects.get()
    give_link(invitation)
    hand_over(invitation, by=clerk)
    Invitation.objects.update(opened_at=now(), email="anna@example.dk")

    with time_machine.travel(later(61)):
        assert retain()["unanswered_invitations"] == 1
        assert retain()["unanswered_invitations"] == 0

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.LAPSED
    assert invitation.commenter == person
    kept = (invitation.email, invitation.token, invitation.token_hash, invitation.sent_at)
    assert kept == ("", "", None, None)
    assert (invitation.opened_at, invitation.reminded_at, invitation.expires_at) == (None,) * 3
    assert funnel(campaign).sent == 1


def test_the_funnel_says_the_same_before_and_after(clerk: User, editor: User) -> None:
    """The numbers stay when the persons' times go, also of those who were withdrawn."""
    open_gate()
    people = [a_person() for _each in range(5)]
    for person in people:
        wrote(person, later(50))
    campaign = running_campaign(*people, made_by=clerk, released_by=editor)
    opened, reminded, withdrawn, silent, _never_sent = campaign.invitations.order_by("pk")
    for invitation in (opened, reminded, withdrawn, silent):
        hand_over(invitation, by=clerk)
    for invitation in (opened, reminded, withdrawn):
        open_up(invitation)
    for invitation in (reminded, withdrawn):
        Invitation.objects.filter(pk=invitation.pk).update(
            reminder=Reminder.SENT, reminded_at=now()
        )
    withdraw(withdrawn, by=clerk)
    before = funnel(campaign)
    assert (before.sent, before.opened, before.reminded) == (4, 3, 2)

    with time_machine.travel(later(61)):
        assert retain()["unanswered_invitations"] == 4
        assert retain()["unanswered_invitations"] == 0

    after = funnel(type(campaign).objects.get())
    assert (after.sent, after.opened, after.reminded) == (4, 3, 2)
    assert not Invitation.objects.exclude(
        opened_at=None, reminded_at=None, sent_at=None, reminder=""
    ).exists()


def test_numbers_and_times_go_together_or_not_at_all(
    clerk: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_gate()
    person = a_person()
    wrote(person, later(50))
    campaign = running_campaign(person, made_by=clerk, released_by=editor)
    open_up(hand_over(Invitation.objects.get(), by=clerk))
    monkeypatch.setitem(forgetting._BLANK, "state", "nonsense")

    with time_machine.travel(later(61)), pytest.raises(IntegrityError), transaction.atomic():
        retain()

    campaign.refresh_from_db()
    assert campaign.opened_without_answer == 0
    assert funnel(campaign).opened == 1


# --- Members --------------------------------------------------------------------------------------


def test_a_silent_member_is_asked_once_and_leaves_half_a_year_later() -> None:
    member = a_member(a_user(email="stille@example.dk"))

    with time_machine.travel(later(366)):
        assert retain()["silent_members"] == 1
        assert retain()["silent_members"] == 0
    assert [letter.to for letter in mail.outbox] == [["stille@example.dk"]]
    assert "http://testserver/min-side/" in mail.outbox[0].body

    with time_machine.travel(later(550)):
        assert retain()["gone_members"] == 1
    assert not User.objects.filter(pk=member.user_id).exists()


def test_coming_by_keeps_a_member(signed_in: SignedIn) -> None:
    member = a_member()
    with time_machine.travel(later(366)):
        retain()
    with time_machine.travel(later(370)):
        assert signed_in(member.user).get(reverse("members:home")).status_code == 200
    member.refresh_from_db()
    assert member.asked_to_stay_at is None

    with time_machine.travel(later(550)):
        assert retain()["gone_members"] == 0


def test_nobody_leaves_without_having_been_asked_a_month_before() -> None:
    a_member()
    with time_machine.travel(later(600)):
        rows = retain()
    assert (rows["silent_members"], rows["gone_members"]) == (1, 0)
    with time_machine.travel(later(631)):
        assert retain()["gone_members"] == 1


def test_a_letter_that_could_not_leave_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise smtplib.SMTPException

    a_member()
    with time_machine.travel(later(366)):
        with monkeypatch.context() as broken:
            broken.setattr("panel.core.mail.send", refuse)
            assert retain()["silent_members"] == 0
        assert retain()["silent_members"] == 1
    assert len(mail.outbox) == 1


def test_a_colleague_who_is_a_silent_member_keeps_the_account(clerk: User) -> None:
    a_member(clerk)
    with time_machine.travel(later(366)):
        retain()
    with time_machine.travel(later(550)):
        retain()

    assert User.objects.filter(pk=clerk.pk).exists()
    assert not Member.objects.exists()


def test_an_account_that_never_joined_goes_after_30_days(clerk: User) -> None:
    a_user()
    joined = a_member().user

    with time_machine.travel(later(31)):
        assert retain()["unfinished_accounts"] == 1

    assert set(User.objects.all()) == {clerk, joined}


# --- What else lies about -------------------------------------------------------------------------


def test_old_files_go(clerk: User) -> None:
    place = Path(settings.UPLOAD_ROOT) / "imports/gammel"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("Anna skrev")
    FileImport.objects.create(
        channel=a_person().channel, name="a.csv", path="imports/gammel", size=1, sha256="0"
    )

    with time_machine.travel(later(settings.IMPORT_FILE_DAYS + 1)):
        assert retain()["files"] == 1

    assert not place.exists()


def test_sessions_and_codes_go_when_they_are_over() -> None:
    browser = Client()
    session = browser.session
    session["x"] = 1
    session.save()
    EmailCode.objects.create(code_hash="0" * 64, expires_at=now() + timedelta(minutes=10))

    assert (retain()["sessions"], retain()["codes"]) == (0, 0)
    with time_machine.travel(later(15)):
        rows = retain()

    assert (rows["sessions"], rows["codes"]) == (1, 1)
    assert not Session.objects.exists()


def test_the_trail_goes_after_five_years_and_still_verifies(clerk: User) -> None:
    shortlist_of(a_person(), by=clerk)
    with time_machine.travel(later(1)):
        open_gate()
        retain()
    before = Event.objects.count()

    with time_machine.travel(later(5 * 365 + 5)):
        assert retain()["trail"] == before
        assert not verify().faults

"""One reminder to who has not answered, and not to anybody else."""

from __future__ import annotations

import io
import smtplib
from datetime import timedelta
from typing import Any

import pypdf
import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from panel.accounts.models import User
from panel.audit.models import Event
from panel.basis.gate import NoBasis
from panel.basis.models import ControllerRecord, Route
from panel.core.clock import now
from panel.core.municipality import municipality
from panel.invitations import papers, sending
from panel.invitations.actions import (
    decline,
    end,
    go_on,
    open_up,
    pause,
    remind,
    withdraw,
    write_reminders,
    write_reminders_again,
)
from panel.invitations.actions.answers import find, lapse
from panel.invitations.models import Campaign, Invitation, InvitationState, Reminder, Way
from panel.invitations.moves import MoveRefused
from panel.invitations.reminding import TIME_TO_ANSWER, of
from panel.invitations.reports import funnel
from panel.invitations.sealing import seal
from panel.invitations.tasks import mail_reminders
from panel.members.actions import claim
from panel.members.joining import join_through_door
from panel.members.models import ConsentText
from panel.privacy.objecting import object_for
from tests.factories.accounts import UserFactory
from tests.factories.panel import REMINDER, a_member, open_gate
from tests.panel.invitations.asked import asked, left_out

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def campaign(clerk: User, editor: User) -> Campaign:
    """Anna and Bo got an e-mail a week ago and have not answered."""
    return asked("Anna", "Bo", by=clerk, released_by=editor)


@pytest.fixture
def letters(clerk: User, editor: User) -> Campaign:
    """Anna and Bo got a letter a week ago and have not answered."""
    return asked("Anna", "Bo", by=clerk, released_by=editor, way=Way.LETTER)


def invitation_of(name: str) -> Invitation:
    return Invitation.objects.select_related("commenter__channel").get(commenter__name=name)


def queue(campaign: Campaign, by: User) -> int:
    return remind(campaign, seen=of(campaign).mail_seal, by=by)


def reached() -> list[str]:
    """Whom the worker's letters went to, oldest first."""
    mail_reminders.func()
    return [to for letter in mail.outbox for to in letter.to]


# --- Whom it reaches ------------------------------------------------------------------------------


def test_who_has_not_answered_is_reminded_with_the_same_link(
    campaign: Campaign, clerk: User
) -> None:
    first = Invitation.objects.order_by("pk")[0]
    assert queue(campaign, clerk) == 2
    assert reached() == ["anna@example.dk", "bo@example.dk"]
    letter = mail.outbox[0]
    assert letter.subject == REMINDER["reminder_subject"]
    assert "Vi har skrevet til dig før." in letter.body
    assert f"/i/{first.token}/\n" in letter.body
    assert f"/i/{first.token}/indsigelse/" in letter.body
    first.refresh_from_db()
    assert (first.state, first.reminder) == (InvitationState.SENT, Reminder.SENT)
    assert find(first.token) == first


def test_in_english_it_is_english(clerk: User, editor: User) -> None:
    campaign = asked("Anna", by=clerk, released_by=editor)
    type(campaign.template).objects.update(language="en")
    queue(campaign, clerk)
    reached()
    assert "/en/i/" in mail.outbox[0].body
    assert "asking you to join the citizen panel" in mail.outbox[0].body


def test_nobody_is_reminded_twice(campaign: Campaign, clerk: User) -> None:
    queue(campaign, clerk)
    assert len(reached()) == 2
    assert left_out(campaign) == {"reminded": 2}
    with pytest.raises(ValidationError, match="nobody to remind"):
        queue(campaign, clerk)
    with time_machine.travel(now() + timedelta(days=10)):
        with pytest.raises(ValidationError, match="nobody to remind"):
            queue(campaign, clerk)
        assert len(reached()) == 2


def test_the_database_knows_whether_a_reminder_left(campaign: Campaign) -> None:
    rows = Invitation.objects.filter(campaign=campaign)
    for wrong in (
        {"reminder": Reminder.SENT},
        {"reminded_at": now()},
        {"reminder": Reminder.WAITING, "reminded_at": now()},
        {"reminder": "again"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_a_week_must_pass_first(clerk: User, editor: User) -> None:
    campaign = asked("Anna", by=clerk, released_by=editor, ago=TIME_TO_ANSWER - 2 * SECOND)
    assert left_out(campaign) == {"too-soon": 1}
    with time_machine.travel(now() + 3 * SECOND):
        assert [str(each.commenter) for each in of(campaign).mails] == ["Anna"]


def test_who_only_looked_is_reminded(campaign: Campaign, clerk: User) -> None:
    open_up(invitation_of("Anna"))
    assert queue(campaign, clerk) == 2


def joins(invitation: Invitation, _clerk: User) -> None:
    text = ConsentText.objects.current("da")
    assert text is not None
    keys = {"invitations.token": invitation.token}
    join_through_door(keys, UserFactory(), text=text, birth_year=1980, has_turned_fifteen=False)


def objects(invitation: Invitation, _clerk: User) -> None:
    assert invitation.commenter is not None
    object_for(invitation.commenter, route=Route.INVITATION)


def declines(invitation: Invitation, _clerk: User) -> None:
    assert decline(invitation)


def is_withdrawn(invitation: Invitation, clerk: User) -> None:
    withdraw(invitation, by=clerk)


def claims(invitation: Invitation, _clerk: User) -> None:
    assert invitation.commenter is not None
    member = a_member()
    claim(member, commenter=invitation.commenter, by=member.user)


def joins_at_the_open_door(invitation: Invitation, _clerk: User) -> None:
    a_member(UserFactory(email=invitation.email))


def lapses(invitation: Invitation, _clerk: User) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=now())
    lapse(now())


def ends_this_minute(invitation: Invitation, _clerk: User) -> None:
    """The link is over, and the hourly job has not said so yet."""
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=now())


def has_the_address_erased(invitation: Invitation, _clerk: User) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(email="")


def was_perhaps_never_reached(invitation: Invitation, _clerk: User) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.UNSURE)


EVENTS = [
    (joins, "joined"),
    (declines, "declined"),
    (objects, "forgotten"),
    (is_withdrawn, "withdrawn"),
    (claims, "member"),
    (joins_at_the_open_door, "member"),
    (lapses, "over"),
    (ends_this_minute, "over"),
    (has_the_address_erased, "no-address"),
    (was_perhaps_never_reached, "unsure"),
]


@pytest.mark.parametrize(("happens", "reason"), EVENTS)
def test_why_somebody_is_left_out_is_said(
    happens: Any, reason: str, campaign: Campaign, clerk: User
) -> None:
    happens(invitation_of("Anna"), clerk)
    assert [str(each.commenter) for each in of(campaign).mails] == ["Bo"]
    assert left_out(campaign) == {reason: 1}
    assert queue(campaign, clerk) == 1
    assert reached() == ["bo@example.dk"]


@pytest.mark.parametrize(("happens", "reason"), EVENTS)
def test_what_happens_between_queue_and_letter_stops_it(
    happens: Any, reason: str, campaign: Campaign, clerk: User
) -> None:
    queue(campaign, clerk)
    assert left_out(campaign) == {"waiting": 2}
    happens(invitation_of("Anna"), clerk)
    assert reached() == ["bo@example.dk"]
    assert left_out(campaign) == {reason: 1, "reminded": 1}
    assert not Invitation.objects.filter(reminder=Reminder.WAITING).exists()
    assert funnel(campaign).reminders_waiting == 0


def test_who_was_asked_in_public_or_not_at_all_is_left_out(clerk: User, editor: User) -> None:
    campaign = asked("Anna", "Bo", by=clerk, released_by=editor, way=Way.REPLY)
    Invitation.objects.filter(commenter__name="Bo").update(state=InvitationState.READY)
    assert left_out(campaign) == {"not-sent": 1, "reply": 1}
    assert of(campaign).mails == of(campaign).letters == ()


def test_looking_costs_the_same_for_many(
    clerk: User, editor: User, django_assert_num_queries: Any
) -> None:
    campaign = asked(*(f"p{number}" for number in range(9)), by=clerk, released_by=editor)
    with django_assert_num_queries(3):
        assert len(of(campaign).mails) == 9


# --- Under which conditions -----------------------------------------------------------------------


def test_only_the_list_that_was_seen_is_reminded(campaign: Campaign, clerk: User) -> None:
    seen = of(campaign).mail_seal
    declines(invitation_of("Anna"), clerk)
    with pytest.raises(ValidationError, match="changed since"):
        remind(campaign, seen=seen, by=clerk)
    assert reached() == []


def test_a_template_without_a_reminder_reminds_nobody(clerk: User, editor: User) -> None:
    campaign = asked("Anna", by=clerk, released_by=editor, words={})
    with pytest.raises(ValidationError, match="no words"):
        queue(campaign, clerk)


def test_the_second_person_s_yes_covers_the_reminder(campaign: Campaign) -> None:
    before = seal(campaign)
    for words in ({"reminder": "Noget andet"}, {"reminder_subject": "Noget andet"}):
        type(campaign.template).objects.update(**words)
        after = seal(Campaign.objects.get())
        assert after != before
        before = after


def test_a_campaign_that_stands_still_reminds_nobody(campaign: Campaign, clerk: User) -> None:
    queue(campaign, clerk)
    pause(campaign, by=clerk)
    with pytest.raises(MoveRefused):
        remind(campaign, seen="", by=clerk)
    assert reached() == []
    assert not sending.send_reminder(invitation_of("Anna").pk)
    go_on(campaign, by=clerk)
    assert len(reached()) == 2


def test_the_end_of_a_campaign_is_the_end_of_its_reminders(campaign: Campaign, clerk: User) -> None:
    queue(campaign, clerk)
    end(campaign, by=clerk)
    assert reached() == []
    assert not Invitation.objects.filter(reminder=Reminder.WAITING).exists()


def test_nothing_goes_out_while_the_gate_is_closed(campaign: Campaign, clerk: User) -> None:
    queue(campaign, clerk)
    Invitation.objects.filter(commenter__name="Bo").update(
        state=InvitationState.READY, reminder="", sent_at=None
    )
    ControllerRecord.objects.all().delete()
    assert reached() == []
    assert sending.due() == []
    with pytest.raises(NoBasis):
        queue(campaign, clerk)
    open_gate()
    assert reached() == ["anna@example.dk"]
    assert len(sending.due()) == 1


# --- Each letter once -----------------------------------------------------------------------------


def test_a_claimed_reminder_is_not_sent_again(
    campaign: Campaign, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies while the letter is on its way: nobody may send another."""

    def dies(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    queue(campaign, clerk)
    anna = invitation_of("Anna")
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", dies)
        with pytest.raises(KeyboardInterrupt):
            sending.send_reminder(anna.pk)
    assert reached() == ["bo@example.dk"]
    assert sending.sweep() == 0
    with time_machine.travel(now() + sending.LONGEST_CALL + SECOND):
        assert sending.sweep() == 1
        assert left_out(campaign) == {"reminded": 2}
    anna.refresh_from_db()
    assert (anna.reminder, anna.state) == (Reminder.UNSURE, InvitationState.SENT)


@pytest.mark.parametrize(
    ("fault", "becomes", "again"),
    [
        (smtplib.SMTPRecipientsRefused({}), Reminder.FAILED, 1),
        (ConnectionRefusedError(), Reminder.FAILED, 1),
        (smtplib.SMTPServerDisconnected(), Reminder.UNSURE, 0),
    ],
)
def test_only_what_certainly_did_not_leave_may_be_tried_again(
    fault: Exception,
    becomes: Reminder,
    again: int,
    clerk: User,
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_args: Any, **_more: Any) -> None:
        raise fault

    campaign = asked("Anna", by=clerk, released_by=editor)
    queue(campaign, clerk)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", fails)
        assert reached() == []
    assert invitation_of("Anna").reminder == becomes
    assert len(of(campaign).mails) == again
    assert (funnel(campaign).reminders_failed, funnel(campaign).reminded) == (again, 1 - again)


# --- On paper -------------------------------------------------------------------------------------


def test_printed_reminders_are_noted_as_sent(letters: Campaign, clerk: User) -> None:
    found = of(letters)
    assert found.mails == ()
    words = write_reminders(letters, seen=found.letter_seal, by=clerk)
    assert [each.subject for each in words] == [REMINDER["reminder_subject"]] * 2
    assert words[0].link.endswith(f"/i/{invitation_of('Anna').token}/")
    assert set(Invitation.objects.values_list("reminder", flat=True)) == {Reminder.SENT}
    assert left_out(letters) == {"reminded": 2}
    with pytest.raises(ValidationError, match="nobody to remind"):
        write_reminders(letters, seen=of(letters).letter_seal, by=clerk)


def test_the_newest_print_can_be_printed_again(letters: Campaign, clerk: User) -> None:
    earlier = Invitation.objects.filter(commenter__name="Anna")
    earlier.update(reminder=Reminder.SENT, reminded_at=now() - SECOND)
    write_reminders(letters, seen=of(letters).letter_seal, by=clerk)
    bo = invitation_of("Bo")
    [again] = write_reminders_again(letters, by=clerk)
    assert again.link.endswith(f"/i/{bo.token}/")
    decline(bo)
    # Not an older print instead: those letters are in the post.
    with pytest.raises(ValidationError, match="nobody to remind"):
        write_reminders_again(letters, by=clerk)


def test_a_reminder_on_paper_looks_like_the_letter(letters: Campaign, clerk: User) -> None:
    words = write_reminders(letters, seen=of(letters).letter_seal, by=clerk)
    pdf = papers.letters(words, municipality=municipality(), language="da")
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    assert "Vi har skrevet til dig før." in pages[0].extract_text()


# --- What is left of it ---------------------------------------------------------------------------


def test_the_trail_says_who_asked_for_it_and_what_left(
    campaign: Campaign, letters: Campaign, clerk: User
) -> None:
    Invitation.objects.filter(campaign=campaign, commenter__name="Bo").update(
        reminder=Reminder.SENT, reminded_at=now()
    )
    queue(campaign, clerk)
    reached()
    write_reminders(letters, seen=of(letters).letter_seal, by=clerk)
    write_reminders_again(letters, by=clerk)
    asked_for = Event.objects.get(what="campaign.reminded")
    assert (asked_for.by_id, asked_for.detail) == (clerk.pk, {"reminders": 1})
    left = Event.objects.get(what="invitation.reminded")
    assert left.detail == {"state": "sent"}
    for what in ("reminders.printed", "reminders.printed_again"):
        assert Event.objects.get(what=what).detail == {"letters": 2}


def test_the_funnel_tells_who_joined_after_it(campaign: Campaign, clerk: User) -> None:
    assert queue(campaign, clerk) == 2
    assert funnel(campaign).reminders_waiting == 2
    reached()
    joins(invitation_of("Anna"), clerk)
    found = funnel(campaign)
    assert (found.reminded, found.joined_after_reminder, found.joined) == (2, 1, 1)
    assert (found.reminders_waiting, found.reminders_failed) == (0, 0)


def test_a_test_copy_comes_with_its_reminder(campaign: Campaign) -> None:
    sending.send_test_copy(campaign, to="karen@kommune.example")
    assert [letter.subject for letter in mail.outbox] == [
        "Vil du være med?",
        REMINDER["reminder_subject"],
    ]

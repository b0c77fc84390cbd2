"""Reminding on the screen: first who and why not, then the button."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from panel.accounts.models import User
from panel.basis.models import ControllerRecord
from panel.invitations.actions import decline, pause
from panel.invitations.models import Campaign, Invitation, Reminder, Template, Way
from panel.invitations.tasks import mail_reminders
from tests.conftest import SignedIn
from tests.factories.panel import BODY, REMINDER, REPLY, open_gate
from tests.panel.invitations.asked import asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clerk_reads_english(clerk: User) -> None:
    profile = UserProfile.get_for_user(clerk)
    profile.preferred_language = "en"
    profile.save()


@pytest.fixture
def campaign(clerk: User, editor: User) -> Campaign:
    return asked("Anna", "Bo", by=clerk, released_by=editor)


def address(campaign: Campaign, name: str = "remind") -> str:
    return reverse(f"campaigns:{name}", args=[campaign.pk])


def page(browser: Client, campaign: Campaign) -> tuple[str, Any]:
    """What the page says, and what it was made from."""
    answer = browser.get(address(campaign))
    assert answer.status_code == 200
    return answer.content.decode(), answer.context


def test_it_shows_who_and_why_not_before_anything_happens(
    campaign: Campaign, clerk: User, signed_in: SignedIn
) -> None:
    decline(Invitation.objects.get(commenter__name="Bo"))
    said, context = page(signed_in(clerk), campaign)
    assert "<td>Anna</td>" in said
    assert "<td>Bo</td>" not in said
    assert "<td>Said no</td><td>1</td>" in said
    assert "Vil du stadig være med?" in said
    assert "Send 1 reminder<" in said
    assert context["reminding"].mail_seal in said
    assert not Invitation.objects.exclude(reminder="").exists()


def test_the_button_queues_and_the_campaign_s_page_says_so(
    campaign: Campaign, clerk: User, signed_in: SignedIn
) -> None:
    browser = signed_in(clerk)
    _said, context = page(browser, campaign)
    seal = {"seal": context["reminding"].mail_seal}
    answer = browser.post(address(campaign), seal, follow=True).content.decode()
    assert "2 reminders are on their way." in answer
    assert "Reminder on its way" in answer
    assert mail.outbox == []
    mail_reminders.func()
    assert len(mail.outbox) == 2
    after = browser.get(address(campaign, "campaign")).content.decode()
    assert "2 were reminded, and 0 of them joined after that." in after
    assert after.count("Reminded, ") == 2


def test_a_second_click_is_refused_kindly(
    campaign: Campaign, clerk: User, signed_in: SignedIn
) -> None:
    browser = signed_in(clerk)
    seal = {"seal": page(browser, campaign)[1]["reminding"].mail_seal}
    browser.post(address(campaign), seal)
    answer = browser.post(address(campaign), seal, follow=True).content.decode()
    assert "There is nobody to remind now." in answer
    assert "Have a reminder on its way" in answer


def test_reminders_on_paper_come_once_and_again_on_request(
    clerk: User, editor: User, signed_in: SignedIn
) -> None:
    campaign = asked("Anna", "Bo", by=clerk, released_by=editor, way=Way.LETTER)
    browser = signed_in(clerk)
    said, context = page(browser, campaign)
    assert "Print 2 reminders<" in said
    assert "Print the same again" not in said
    seal = {"seal": context["reminding"].letter_seal}
    first = browser.post(address(campaign, "remind_letters"), seal)
    assert first["Content-Disposition"] == 'attachment; filename="reminders.pdf"'
    assert len(pypdf.PdfReader(io.BytesIO(first.content)).pages) == 2
    twice = browser.post(address(campaign, "remind_letters"), seal, follow=True)
    assert twice.redirect_chain[-1][0] == address(campaign)
    assert "Print the same again" in twice.content.decode()
    again = browser.post(address(campaign, "remind_letters_again"))
    assert len(pypdf.PdfReader(io.BytesIO(again.content)).pages) == 2
    assert set(Invitation.objects.values_list("reminder", flat=True)) == {Reminder.SENT}


@pytest.mark.parametrize("why", ["paused", "no words", "no basis"])
def test_where_nobody_can_be_reminded_the_page_says_why(
    why: str, clerk: User, editor: User, signed_in: SignedIn
) -> None:
    words = {} if why == "no words" else REMINDER
    campaign = asked("Anna", by=clerk, released_by=editor, words=words)
    if why == "paused":
        pause(campaign, by=clerk)
    elif why == "no basis":
        ControllerRecord.objects.all().delete()
    browser = signed_in(clerk)
    said, context = page(browser, campaign)
    assert "help-warning" in said
    assert "Send 1 reminder<" not in said
    seal = {"seal": context["reminding"].mail_seal}
    browser.post(address(campaign), seal)
    assert not Invitation.objects.exclude(reminder="").exists()


def test_only_who_may_invite_may_remind(
    campaign: Campaign, specialist: User, stranger: Client, signed_in: SignedIn
) -> None:
    for browser in (signed_in(specialist), stranger):
        for name in ("remind", "remind_letters", "remind_letters_again"):
            assert browser.post(address(campaign, name)).status_code in (302, 403)
    assert not Invitation.objects.exclude(reminder="").exists()


def test_a_template_is_written_with_its_reminder(clerk: User, signed_in: SignedIn) -> None:
    open_gate()
    words = {"name": "A", "language": "da", "subject": "Hej", "body": BODY, "reply": REPLY}
    browser = signed_in(clerk)
    new = reverse("invitation_templates:new")
    refused = browser.post(new, {**words, "reminder_subject": "Husk", "reminder": "Kom nu!"})
    assert "It must tell how to object. Insert {objection}." in refused.content.decode()
    assert not Template.objects.exists()
    written = browser.post(new, {**words, **REMINDER}, follow=True).content.decode()
    assert "What the reminded person reads" in written
    assert "Vi har skrevet til dig før." in written
    assert Template.objects.get().reminder == REMINDER["reminder"].strip()

"""Two at once: one reminder, one letter, however the clicks and the workers fall."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection

from panel.accounts.models import User
from panel.invitations import sending
from panel.invitations.actions import decline, remind, write_reminders
from panel.invitations.models import Campaign, Invitation, InvitationState, Reminder, Way
from panel.invitations.reminding import of
from panel.invitations.tasks import mail_reminders
from tests.panel.invitations.asked import asked

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 8
NAMES = ("Anna", "Bo", "Carl")


@pytest.fixture
def campaign(clerk: User, editor: User) -> Campaign:
    return asked(*NAMES, by=clerk, released_by=editor)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each returned; None for one that was refused."""
    start = threading.Barrier(len(acts))
    results: list[Any] = []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            results.append(act())
        except ValidationError:
            results.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == len(acts)
    return results


def letters() -> list[str]:
    return sorted(to for letter in mail.outbox for to in letter.to)


EVERYBODY = sorted(f"{name}@example.dk".lower() for name in NAMES)


def test_two_clicks_at_once_queue_one_reminder_each(campaign: Campaign, clerk: User) -> None:
    seen = of(campaign).mail_seal
    results = together(*[lambda: remind(campaign, seen=seen, by=clerk)] * AT_ONCE)
    assert sorted(results, key=bool) == [None] * (AT_ONCE - 1) + [len(NAMES)]
    mail_reminders.func()
    mail_reminders.func()
    assert letters() == EVERYBODY


def test_many_workers_at_once_send_one_reminder_each(campaign: Campaign, clerk: User) -> None:
    remind(campaign, seen=of(campaign).mail_seal, by=clerk)
    keys = sending.due_reminders()

    def work() -> int:
        return sum(sending.send_reminder(key) for key in keys)

    assert sum(together(*[work] * AT_ONCE)) == len(NAMES)
    assert letters() == EVERYBODY


def test_many_workers_at_once_send_one_invitation_each(campaign: Campaign) -> None:
    Invitation.objects.update(state=InvitationState.READY, sent_at=None)
    keys = sending.due()

    def work() -> int:
        return sum(sending.send(key) for key in keys)

    assert sum(together(*[work] * AT_ONCE)) == len(NAMES)
    assert letters() == EVERYBODY


def test_two_prints_at_once_print_one_reminder_each(clerk: User, editor: User) -> None:
    campaign = asked(*NAMES, by=clerk, released_by=editor, way=Way.LETTER)
    seen = of(campaign).letter_seal
    results = together(*[lambda: write_reminders(campaign, seen=seen, by=clerk)] * AT_ONCE)
    assert [len(printed) for printed in results if printed is not None] == [len(NAMES)]


def test_a_no_while_the_worker_claims_leaves_nothing_half_done(
    campaign: Campaign, clerk: User
) -> None:
    """Either the letter had been claimed, or there is none: never one after the answer."""
    remind(campaign, seen=of(campaign).mail_seal, by=clerk)
    rows = list(Invitation.objects.all())
    answers = [lambda row=row: decline(row) for row in rows]
    workers = [lambda row=row: sending.send_reminder(row.pk) for row in rows]
    assert together(*answers, *workers).count(True) >= len(rows)
    for row in Invitation.objects.all():
        assert (row.state, row.token) == (InvitationState.DECLINED, "")
        assert row.reminder in ("", Reminder.SENT)
    assert len(mail.outbox) == Invitation.objects.filter(reminder=Reminder.SENT).count()

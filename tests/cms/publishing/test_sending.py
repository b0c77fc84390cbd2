"""Colleagues are told by mail, once each, with what they need and the way to where they act."""

from __future__ import annotations

import io
import logging
import smtplib
import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from PIL import Image
from wagtail.users.models import UserProfile

from cms.publishing import actions, postcard, sending, sweeping
from cms.publishing.actions import submit
from cms.publishing.actions.reminding import remind_all, remind_at
from cms.publishing.models import Notice, Publication, What
from cms.publishing.presenting import what_goes_out
from cms.publishing.tasks import forget_old_notices, mail_notices, remind_editors
from cms.review import actions as review
from cms.review.models import Approval, State
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.core.clock import now
from panel.jobs.queue import enqueue
from panel.jobs.worker import drain
from tests.factories.accounts import staff_with
from tests.factories.pages import picture
from tests.factories.stories import channel, rewrite, scheduled, story, teaser


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's."""
    monkeypatch.setattr(sweeping, "clock", now)


@pytest.fixture
def page(clerk: User) -> StoryPage:
    made = story(by=clerk, picture=picture(), picture_alt="Solen over havnen")
    teaser(made, channel(), "Læs om stativerne", by=clerk)
    return StoryPage.objects.get(pk=made.pk)


def send_all() -> list[Any]:
    """The letters that leave now."""
    mail.outbox.clear()
    for key in sending.due():
        sending.send(key)
    return list(mail.outbox)


def html(letter: Any) -> str:
    return str(letter.alternatives[0][0])


def later(**ahead: float) -> Any:
    return time_machine.travel(now() + timedelta(**ahead), tick=True)


# --- What they say --------------------------------------------------------------------------------


def test_the_editor_gets_a_picture_and_everything_to_decide_by(
    page: StoryPage, clerk: User, editor: User
):
    approval = submit(page, due_at=now() + timedelta(days=1), message="Se på tallet.", by=clerk)

    [letter] = send_all()

    assert letter.to == [editor.email]
    assert "Nye cykelstativer ved stationen" in letter.subject
    for text in (letter.body, html(letter)):
        for words in (
            *("Karen Klerk", "Se på tallet.", "Nu er der plads til 200 cykler."),
            *("Opslagstavlen", "Læs om stativerne", "Solen over havnen"),
            f"{settings.SITE_URL}/admin/godkend/{approval.pk}/",
        ):
            assert words in text
    shown = letter.attachments[0]
    assert shown["Content-ID"] == "<historien>"
    assert 'src="cid:historien"' in html(letter)
    assert 'alt="' in html(letter)
    drawn = Image.open(io.BytesIO(shown.get_payload(decode=True)))
    assert drawn.format == "JPEG"
    assert drawn.width == postcard.WIDTH


def test_nothing_in_it_is_fetched_from_anywhere(page: StoryPage, clerk: User, editor: User):
    submit(page, by=clerk)

    [letter] = send_all()

    assert html(letter).count("<img") == 1
    assert 'src="http' not in html(letter)
    assert letter.message().get_content_subtype() == "related"


def test_without_a_picture_there_is_still_a_card(clerk: User, editor: User):
    goes_out = what_goes_out(submit(story(by=clerk, title="Langt " * 40, lead="x" * 400), by=clerk))

    drawn = Image.open(io.BytesIO(postcard.draw(goes_out, below="Nu")))

    assert drawn.width == postcard.WIDTH
    assert drawn.height < 1200


def test_a_letter_speaks_the_reader_s_language(page: StoryPage, clerk: User, editor: User):
    UserProfile.objects.create(user=editor, preferred_language="en")
    submit(page, by=clerk)

    [letter] = send_all()

    assert letter.subject == "Please approve: Nye cykelstativer ved stationen"


def test_markup_in_a_message_stays_words(page: StoryPage, clerk: User, editor: User):
    submit(page, message="<script>alert(1)</script> & så", by=clerk)

    [letter] = send_all()

    assert "<script>" not in html(letter)
    assert "<script>alert(1)</script> & så" in letter.body


def every_notice(page: StoryPage, to: User) -> Approval:
    approval = submit(page, by=page.owner)
    Notice.objects.all().delete()
    Approval.objects.filter(pk=approval.pk).update(note="Er det 200?")
    Notice.objects.bulk_create(Notice(approval=approval, what=what, to=to) for what in What)
    return approval


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("what", What)
def test_every_notice_has_a_letter(
    page: StoryPage, clerk: User, editor: User, what: What, language: str
):
    for reader in (clerk, editor):
        UserProfile.objects.create(user=reader, preferred_language=language)
        every = every_notice(page, reader)
        Approval.objects.filter(pk=every.pk).update(decided_by=editor, decided_at=now())
        notice = Notice.objects.select_related("approval__page", "to").get(what=what, to=reader)

        letter = sending.compose(notice)

        assert "Nye cykelstativer ved stationen" in letter.subject
        assert settings.SITE_URL + "/admin/" in letter.body
        assert settings.SITE_URL + "/admin/" in html(letter)
        assert "None" not in letter.body
        actions.take_back(every, by=clerk)


def ways(approval: Approval, what: What) -> dict[str, str]:
    rows = Notice.objects.filter(approval=approval, what=what).select_related("approval", "to")
    return {notice.to.name: sending.way(notice) for notice in rows}


def test_the_note_leads_to_where_the_author_writes(page: StoryPage, clerk: User, editor: User):
    approval = submit(page, by=clerk)
    review.ask_for_changes(approval, note="Er det 200?", by=editor)

    assert ways(approval, What.CHANGES) == {"Karen Klerk": f"/admin/pages/{page.pk}/edit/"}


def test_too_late_leads_the_author_to_sending_again(page: StoryPage, clerk: User, editor: User):
    approval = submit(page, by=clerk)
    review.give_up(approval, to=State.LATE)

    assert ways(approval, What.LATE) == {
        "Karen Klerk": f"/admin/historier/{page.pk}/send/",
        "Eva Editor": f"/admin/godkend/{approval.pk}/",
    }


def test_posting_by_hand_leads_to_the_text(page: StoryPage, clerk: User, editor: User):
    approval = scheduled(page, asked_by=clerk, by=editor)
    sweeping.sweep()

    row = Publication.objects.get(approval=approval, channel=channel())
    assert ways(approval, What.POST) == {"Karen Klerk": f"/admin/udgivelser/post/{row.pk}/"}


def test_nobody_is_told_what_they_did_themselves(page: StoryPage, clerk: User, editor: User):
    approval = submit(page, by=clerk)
    review.approve(approval, seen=approval.seal, by=editor)

    told = Notice.objects.filter(what=What.APPROVED).values_list("to", flat=True)
    assert list(told) == [clerk.pk]


# --- Once -----------------------------------------------------------------------------------------


def test_a_letter_leaves_once(page: StoryPage, clerk: User, editor: User):
    submit(page, by=clerk)

    assert len(send_all()) == 1
    assert send_all() == []
    assert Notice.objects.get().sent_at is not None


def test_what_another_worker_has_claimed_is_let_alone(page: StoryPage, clerk: User, editor: User):
    submit(page, by=clerk)
    [key] = sending.due()
    Notice.objects.update(claimed_at=now(), tries=1)

    assert sending.due() == []
    assert not sending.send(key)
    with later(minutes=16):
        assert sending.send(key)


def test_of_two_who_read_it_at_once_one_wins(
    page: StoryPage, clerk: User, editor: User, monkeypatch: pytest.MonkeyPatch
):
    submit(page, by=clerk)
    [key] = sending.due()
    real = sending._is_news

    def meanwhile(notice: Notice) -> bool:
        Notice.objects.filter(pk=key).update(claimed_at=now(), tries=1)
        return real(notice)

    monkeypatch.setattr(sending, "_is_news", meanwhile)

    assert not sending.send(key)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_letter_once(page: StoryPage, clerk: User, editor: User):
    others = [staff_with(Role.EDITOR, name=f"Editor {number}") for number in range(5)]
    submit(page, by=clerk)
    mail.outbox.clear()
    failures: list[Exception] = []

    def work() -> None:
        try:
            for key in sending.due():
                sending.send(key)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    sent_to = [letter.to[0] for letter in mail.outbox]
    assert failures == []
    assert sorted(sent_to) == sorted(person.email for person in (editor, *others))


def test_a_letter_that_fails_is_tried_again_five_times_at_most(
    page: StoryPage,
    clerk: User,
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    submit(page, by=clerk)

    def refuses(_letter: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({editor.email: (550, b"no")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuses)
    tries = 0
    with caplog.at_level(logging.WARNING):
        for quarter in range(10):
            with later(minutes=16 * quarter):
                tries += len(sending.due())
                for key in sending.due():
                    assert not sending.send(key)

    assert tries == 5
    assert Notice.objects.get().sent_at is None
    told = [record.getMessage() for record in caplog.records if record.name == sending.__name__]
    assert told
    assert not any(editor.email in words or editor.name in words for words in told)


def test_what_has_been_decided_is_not_asked_for(page: StoryPage, clerk: User, editor: User):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    approval = submit(page, by=clerk)
    review.reject(approval, note="Nej", by=other)

    assert [letter.to for letter in send_all()] == [[clerk.email]]
    assert not Notice.objects.filter(what=What.ASKED).exists()


def test_who_has_left_is_told_nothing(page: StoryPage, clerk: User, editor: User):
    submit(page, by=clerk)
    User.objects.filter(pk=editor.pk).update(is_active=False)

    assert send_all() == []


def test_what_was_told_is_forgotten_after_ninety_days(page: StoryPage, clerk: User, editor: User):
    submit(page, by=clerk)
    send_all()

    with later(days=89):
        assert sending.forget_old() == 0
    with later(days=91):
        assert sending.forget_old() == 1
    assert not Notice.objects.exists()


def test_the_worker_sends(page: StoryPage, clerk: User, editor: User):
    submit(page, by=clerk)
    mail.outbox.clear()
    for task in (mail_notices, remind_editors, forget_old_notices):
        enqueue(task)

    drain()

    assert [letter.to for letter in mail.outbox] == [[editor.email]]


# --- Reminding the editors ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "before"), [(48, 12), (24, 6), (8, 2), (6, 2), (2, 1), (0.5, 0.25)]
)
def test_when_editors_are_reminded(
    page: StoryPage, clerk: User, editor: User, hours: float, before: float
):
    due_at = now() + timedelta(hours=hours)
    approval = submit(page, due_at=due_at, by=clerk)

    found = remind_at(approval)

    assert found is not None
    assert abs(due_at - found - timedelta(hours=before)) < timedelta(seconds=5)


def test_editors_are_reminded_once_before_the_time(page: StoryPage, clerk: User, editor: User):
    submit(page, due_at=now() + timedelta(hours=24), by=clerk)
    send_all()

    assert remind_all() == 0
    with later(hours=18, minutes=1):
        assert remind_all() == 1
        assert remind_all() == 0
        [letter] = send_all()
    assert letter.to == [editor.email]


def test_what_is_decided_is_not_reminded_of(page: StoryPage, clerk: User, editor: User):
    scheduled(page, asked_by=clerk, by=editor, due_at=now() + timedelta(hours=24))

    with later(hours=23):
        assert remind_all() == 0


def test_what_has_no_time_is_not_reminded_of(page: StoryPage, clerk: User, editor: User):
    submit(page, by=clerk)

    with later(days=30):
        assert remind_all() == 0


def test_editors_asked_before_are_asked_anew_when_the_approver_has_left(
    page: StoryPage, clerk: User, editor: User
):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=now() + timedelta(days=1))
    Notice.objects.update(sent_at=now())
    User.objects.filter(pk=editor.pk).update(is_active=False)

    sweeping.replace_who_left()

    assert Approval.objects.get(pk=approval.pk).state == State.ASKED
    assert [letter.to for letter in send_all()] == [[other.email]]


def test_an_edit_tells_both(page: StoryPage, clerk: User, editor: User):
    scheduled(page, asked_by=clerk, by=editor, due_at=now() + timedelta(days=1))
    Notice.objects.all().delete()

    rewrite(page, by=clerk, title="Noget ganske andet")

    assert {letter.to[0] for letter in send_all()} == {clerk.email, editor.email}

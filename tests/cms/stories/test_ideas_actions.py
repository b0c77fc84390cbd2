"""What becomes of ideas: the verbs, who was first, and the letters."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from cms.media.models import Picture
from cms.stories.ideas import actions, answering, letters
from cms.stories.ideas.moves import MOVES, MoveRefused, check
from cms.stories.ideas.telling import told
from cms.stories.ideas.using import PhotoWords, use
from cms.stories.models import (
    IdeaLetter,
    IdeaState,
    LetterKind,
    LetterState,
    StoryIdea,
    StoryPage,
)
from cms.stories.tasks import mail_letters
from panel.accounts.models import User
from panel.audit.models import Event
from panel.core.clock import now
from tests.factories.ideas import TEXT, a_thought, a_tip
from tests.factories.stories import put_live, stories

pytestmark = pytest.mark.django_db

WORDS = PhotoWords("Et insekthotel af paller", "nobody")


@pytest.fixture(autouse=True)
def own_place(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "media"


def used(idea: StoryIdea, by: User, **options: Any) -> StoryPage:
    return use(idea, index=stories(), title="Et hotel for insekter", by=by, **options)


def done(what: str) -> list[Event]:
    return list(Event.objects.filter(what=what))


# --- Moves ----------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(IdeaState.values), max_size=8))
def test_nobody_leaves_the_table(path: list[str]):
    at = str(IdeaState.NEW)
    for to in path:
        try:
            check(at, to)
        except MoveRefused:
            assert to not in MOVES[at]
        else:
            assert to in MOVES[at]
            at = to


def test_keeping_gives_it_an_owner(clerk: User):
    idea = actions.keep(a_tip(), by=clerk)

    assert (idea.state, idea.owner) == (IdeaState.KEPT, clerk)
    assert [event.by_id for event in done("idea.kept")] == [clerk.pk]


def test_keeping_twice_is_refused(clerk: User):
    idea = actions.keep(a_tip(), by=clerk)
    with pytest.raises(MoveRefused):
        actions.keep(idea, by=clerk)


def test_only_one_takes_it(clerk: User, colleague: User):
    idea = a_tip()
    actions.take(idea, by=clerk)
    with pytest.raises(MoveRefused, match="colleague has taken"):
        actions.take(idea, by=colleague)


def test_it_is_given_to_a_colleague_with_all_it_is_about(clerk: User, colleague: User):
    idea = actions.sort(
        a_tip(), owner=colleague, department=None, area=None, kind="people", by=clerk
    )

    assert (idea.owner, idea.kind) == (colleague, "people")


def test_declining_needs_a_reason_and_can_be_taken_back(clerk: User):
    idea = actions.decline(a_tip(), reason="Er fortalt før", by=clerk)
    assert idea.closed_at is not None

    idea = actions.undo(idea, by=clerk)

    assert (idea.state, idea.reason, idea.closed_at) == (IdeaState.KEPT, "", None)


def test_there_is_nothing_to_take_back_of_what_is_being_written(clerk: User):
    idea = a_tip()
    used(idea, clerk)
    with pytest.raises(MoveRefused):
        actions.undo(idea, by=clerk)


def test_what_was_merged_with_it_goes_along(clerk: User):
    first, second, third = a_tip("Den første af de tre"), a_tip("Den anden"), a_tip("Den tredje")
    actions.merge(third, into=second, by=clerk)
    actions.merge(second, into=first, by=clerk)

    assert set(first.duplicates.all()) == {second, third}


@pytest.mark.parametrize("closed", [True, False])
def test_merging_into_nothing_is_refused(clerk: User, closed: bool):
    idea = a_tip()
    other = actions.decline(a_tip(), reason="Nej", by=clerk) if closed else idea
    with pytest.raises(MoveRefused):
        actions.merge(idea, into=other, by=clerk)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("idea_has_text", {"text": ""}),
        ("idea_source_known", {"source": "x"}),
        ("idea_state_known", {"state": "x"}),
        ("idea_kind_known", {"kind": "x"}),
        ("idea_photo_is_known_to_those_in_it", {"photo": "x.jpg", "people_know": False}),
        ("idea_declined_with_a_reason", {"state": "declined", "closed_at": now()}),
        ("idea_merged_with_another", {"state": "merged"}),
        ("idea_closed_when", {"state": "told"}),
        ("idea_answered_by_somebody", {"answered_at": now()}),
    ],
)
def test_the_database_keeps_the_rule(rule: str, fields: dict[str, Any]):
    idea = a_tip()
    for name, value in fields.items():
        setattr(idea, name, value)
    with pytest.raises(ValidationError) as said:
        idea.validate_constraints()
    assert said.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryIdea.objects.filter(pk=idea.pk).update(**fields)
    assert rule in {each.name for each in StoryIdea._meta.constraints}


def test_a_citizens_idea_is_no_colleagues(clerk: User):
    idea = a_tip()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryIdea.objects.filter(pk=idea.pk).update(suggested_by=clerk)


# --- Use ------------------------------------------------------------------------------------------


def test_a_draft_says_what_the_idea_says(clerk: User):
    idea = a_tip("Første <b>afsnit</b>\n\nAndet afsnit")
    story = used(idea, clerk)

    idea.refresh_from_db()
    assert (idea.state, idea.story, idea.owner) == (IdeaState.USED, story, clerk)
    assert (story.live, story.owner, story.title) == (False, clerk, "Et hotel for insekter")
    body = str(story.body[0].value)
    assert "<b>" not in body
    assert "Andet afsnit" in body
    assert story.get_latest_revision().user == clerk


def test_the_photo_comes_along_with_its_words(clerk: User):
    idea = a_tip(with_photo=True)
    story = used(idea, clerk, photo=WORDS)

    picture = Picture.objects.get()
    assert (story.picture, story.picture_alt) == (picture, WORDS.description)
    assert (picture.people, picture.uploaded_by_user) == ("nobody", clerk)
    assert idea.photo.storage.exists(idea.photo.name)


@pytest.mark.parametrize(
    "words",
    [
        PhotoWords("", "nobody"),
        PhotoWords("IMG_2041.jpg", "nobody"),
        PhotoWords("Et hotel", ""),
        PhotoWords("Et hotel", "consented"),
    ],
)
def test_a_photo_without_words_does_not_come_into_the_library(clerk: User, words: PhotoWords):
    idea = a_tip(with_photo=True)
    with pytest.raises(ValidationError):
        used(idea, clerk, photo=words)

    idea.refresh_from_db()
    assert (idea.state, Picture.objects.count()) == (IdeaState.NEW, 0)
    assert not StoryPage.objects.exists()


def test_who_may_not_write_makes_no_draft(specialist: User):
    with pytest.raises(MoveRefused):
        used(a_tip(), specialist)


def test_it_is_used_once(clerk: User):
    idea = a_tip()
    used(idea, clerk)
    with pytest.raises(MoveRefused):
        used(idea, clerk)
    assert StoryPage.objects.count() == 1


def test_when_the_story_is_deleted_the_idea_can_be_put_back(clerk: User):
    idea = a_tip()
    used(idea, clerk).delete()
    idea.refresh_from_db()

    assert actions.undo(idea, by=clerk).state == IdeaState.KEPT


# --- Answers --------------------------------------------------------------------------------------


def test_an_answer_is_mailed_once_as_it_was_written(clerk: User):
    idea = a_tip(email="mette@example.dk", language="en")
    answering.answer(idea, text="Hello <b>there</b>,\nthank you", by=clerk)
    for _each in range(2):
        mail_letters.func()

    [letter] = mail.outbox
    assert letter.subject.startswith("An answer to your tip")
    assert "Hello <b>there</b>,\nthank you" in letter.body
    assert "<b>there" not in letter.alternatives[0].content
    idea.refresh_from_db()
    assert idea.answered_by == clerk
    assert not StoryIdea.objects.unanswered().exists()


def test_only_one_answers(clerk: User, colleague: User):
    idea = a_tip(email="mette@example.dk")
    answering.answer(idea, text="Tak", by=clerk)
    with pytest.raises(MoveRefused, match="answered already"):
        answering.answer(idea, text="Tak", by=colleague)
    assert IdeaLetter.objects.count() == 1


def test_a_call_is_an_answer(clerk: User):
    idea = a_tip(phone="12345678")
    assert StoryIdea.objects.overdue(idea.answer_due + timedelta(days=1)).count() == 1
    answering.answered_by_phone(idea, by=clerk)

    assert not StoryIdea.objects.unanswered().exists()
    with pytest.raises(MoveRefused, match="no e-mail"):
        answering.answer(a_tip(phone="12345678"), text="Tak", by=clerk)


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_suggested_fits_what_became_of_it(clerk: User, language: str):
    ideas = [a_tip(language=language) for _each in range(4)]
    actions.decline(ideas[0], reason="Nej", by=clerk)
    used(ideas[1], clerk)
    actions.merge(ideas[2], into=ideas[3], by=clerk)
    for idea in ideas:
        idea.refresh_from_db()

    assert len({answering.suggested(idea) for idea in ideas}) == 4


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (smtplib.SMTPServerDisconnected, LetterState.UNSURE),
        (smtplib.SMTPDataError(500, "no"), LetterState.FAILED),
    ],
)
def test_what_did_not_surely_leave_waits_for_a_person(
    clerk: User, monkeypatch: pytest.MonkeyPatch, fault: Any, state: str
):
    def fails(*_args: Any) -> None:
        raise fault

    answering.answer(a_tip(email="mette@example.dk"), text="Tak", by=clerk)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", fails)
        mail_letters.func()
    mail_letters.func()
    letter = IdeaLetter.objects.get()
    assert (letter.state, mail.outbox) == (state, [])

    assert answering.send_again(letter, by=clerk)
    assert not answering.send_again(letter, by=clerk)
    mail_letters.func()
    assert len(mail.outbox) == 1


def test_a_letter_whose_worker_died_is_not_sent_again_by_itself():
    a_tip(email="mette@example.dk", confirm=True)
    IdeaLetter.objects.update(state=LetterState.SENDING, sent_at=now())
    assert letters.sweep() == 0

    with time_machine.travel(now() + timedelta(minutes=6)):
        assert letters.sweep() == 1
    assert letters.due() == []


# --- Told -----------------------------------------------------------------------------------------


def test_everybody_who_had_the_idea_is_told_once(clerk: User, editor: User, specialist: User):
    idea = a_tip(email="mette@example.dk")
    for same in (
        a_tip(email="bo@example.dk"),
        a_tip(email="Mette@example.dk"),
        a_tip(phone="12345678"),
        a_thought(by=specialist),
    ):
        actions.merge(same, into=idea, by=clerk)
    story = put_live(used(idea, clerk), asked_by=clerk, by=editor)

    assert told(story) == 3
    assert told(story) == 0
    for _each in range(2):
        mail_letters.func()

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        ["mette@example.dk", "bo@example.dk", specialist.email]
    )
    assert story.full_url in mail.outbox[0].body
    assert TEXT not in mail.outbox[0].body
    idea.refresh_from_db()
    assert idea.state == IdeaState.TOLD
    assert not StoryIdea.objects.filter(closed_at=None).exists()


def test_telling_asks_as_often_for_many_as_for_one(
    clerk: User, django_assert_num_queries: Any, django_assert_max_num_queries: Any
):
    counts = []
    for number in (1, 12):
        idea = a_tip(email=f"a{number}@example.dk")
        for each in range(number - 1):
            actions.merge(a_tip(email=f"b{each}@example.dk"), into=idea, by=clerk)
        story = used(idea, clerk)
        with django_assert_max_num_queries(40) as asked:
            told(story)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_story_nobody_gave_the_idea_to_tells_nobody(clerk: User):
    idea = a_tip(email="mette@example.dk")
    used(idea, clerk)
    other = use(a_tip(), index=stories(), title="En anden historie", by=clerk)
    told(other)

    assert not IdeaLetter.objects.filter(kind=LetterKind.TOLD).exists()


def test_nothing_leaves_when_the_story_did_not(clerk: User):
    idea = a_tip(email="mette@example.dk")
    story = used(idea, clerk)
    with transaction.atomic():
        told(story)
        transaction.set_rollback(True)
    mail_letters.func()

    assert mail.outbox == []
    idea.refresh_from_db()
    assert idea.state == IdeaState.USED
    connection.check_constraints()

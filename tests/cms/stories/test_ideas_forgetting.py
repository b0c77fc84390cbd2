"""How long ideas are kept, what a citizen gets to see of them, and what goes when they ask."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from cms.stories import private
from cms.stories.ideas import actions, answering
from cms.stories.ideas.telling import told
from cms.stories.ideas.using import use
from cms.stories.models import IdeaLetter, IdeaState, StoryIdea
from panel.accounts.models import User
from panel.audit.models import Event
from panel.core.clock import now
from panel.privacy.erasing import erase_user, replay
from panel.privacy.exporting import as_json, export, export_address
from panel.privacy.packing import packed
from panel.privacy.retaining import retain
from tests.conftest import SignedIn
from tests.factories.ideas import TEXT, a_thought, a_tip
from tests.factories.stories import stories

pytestmark = pytest.mark.django_db

METTE = "mette@example.dk"
FULL = {"name": "Mette", "email": METTE, "phone": "12345678", "with_photo": True}


@pytest.fixture(autouse=True)
def own_place(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    settings.OBJECTION_LOG = tmp_path / "log" / "objections.log"


def later(days: float) -> Any:
    return time_machine.travel(now() + timedelta(days=days))


def photos() -> list[str]:
    storage = private.storage()
    return storage.listdir("")[1] if storage.exists("") else []


def is_blank(idea: StoryIdea) -> bool:
    idea.refresh_from_db()
    return not any((idea.name, idea.email, idea.phone, idea.email_mark, idea.photo.name))


# --- Retention ------------------------------------------------------------------------------------


def test_thirty_days_after_it_is_closed_nobody_knows_who_sent_it(
    clerk: User, django_capture_on_commit_callbacks: Any
):
    idea, still = a_tip(**FULL), a_tip(**FULL)
    answering.answer(idea, text="Kære Mette", by=clerk)
    actions.decline(idea, reason="Nej", by=clerk)

    with later(29):
        assert retain()["idea_contacts"] == 0
    with later(31), django_capture_on_commit_callbacks(execute=True):
        assert retain()["idea_contacts"] == 1
        assert retain()["idea_contacts"] == 0

    assert is_blank(idea)
    assert not is_blank(still)
    assert len(photos()) == 1
    assert idea.text == TEXT
    assert not IdeaLetter.objects.exclude(text="").exists()


def test_after_a_year_it_is_so_though_it_is_open():
    idea = a_tip(**FULL)
    with later(366):
        retain()
    assert is_blank(idea)
    assert not StoryIdea.objects.unanswered().exists()


def test_what_was_merged_is_kept_as_long_as_what_it_was_merged_with(clerk: User):
    idea, same = a_tip(**FULL), a_tip(email="bo@example.dk")
    actions.merge(same, into=idea, by=clerk)
    with later(60):
        assert retain()["idea_contacts"] == 0

    story = use(idea, index=stories(), title="Et hotel", by=clerk)
    told(story)
    with later(31):
        assert retain()["idea_contacts"] == 2
    assert is_blank(same)


@pytest.mark.parametrize(
    ("state", "days"), [("declined", 182), ("told", 365), ("kept", 730), ("new", 730)]
)
def test_the_idea_itself_goes_too(
    clerk: User, state: str, days: int, django_capture_on_commit_callbacks: Any
):
    idea, same = a_tip(**FULL), a_tip(with_photo=True)
    actions.merge(same, into=idea, by=clerk)
    if state == "declined":
        actions.decline(idea, reason="Nej", by=clerk)
    if state == "told":
        told(use(idea, index=stories(), title="Et hotel", by=clerk))
    if state == "kept":
        actions.keep(idea, by=clerk)

    with later(days - 1), django_capture_on_commit_callbacks(execute=True):
        assert retain()["ideas"] == 0
    with later(days + 1), django_capture_on_commit_callbacks(execute=True):
        assert retain()["ideas"] == 1

    assert not StoryIdea.objects.exists()
    assert photos() == []


def test_what_is_being_written_stays(clerk: User):
    use(a_tip(), index=stories(), title="Et hotel", by=clerk)
    with later(2000):
        retain()
    assert StoryIdea.objects.get().state == IdeaState.USED


# --- Seeing ---------------------------------------------------------------------------------------


def test_a_member_finds_their_ideas_in_the_download(member: User, clerk: User):
    idea = a_tip(**FULL | {"email": member.email.upper()})
    answering.answer(idea, text="Kære Mette", by=clerk)
    a_tip(email="bo@example.dk")

    found = {section.label: section for section in export(member).filled}

    [row] = found["stories.StoryIdea"].rows
    assert TEXT in row
    assert "12345678" in row
    assert "Kære Mette" in found["stories.IdeaLetter"].rows[0]
    assert packed(export(member))
    assert json.dumps(as_json(export(member)), default=str)


def test_an_address_nobody_proved_opens_nothing(member: User):
    a_tip(email="bo@example.dk")
    member.emailaddress_set.create(email="bo@example.dk", verified=False)

    assert "stories.StoryIdea" not in {section.label for section in export(member).filled}


def test_staff_find_copy_and_erase_by_the_address(
    clerk: User, signed_in: SignedIn, django_capture_on_commit_callbacks: Any
):
    a_tip(**FULL)
    browser = signed_in(clerk)
    assert (
        METTE
        in browser.post("/admin/asking/", {"who": f" {METTE.upper()} "})
        .context["found"]
        .address.lower()
    )

    shown = browser.post("/admin/asking/address/", {"who": METTE})
    assert [section.label for section in shown.context["sections"]] == ["stories.StoryIdea"]
    copy = browser.post("/admin/asking/address/", {"who": METTE, "do": "copy"})
    assert copy["Content-Type"] == "application/zip"
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/admin/asking/address/", {"who": METTE, "do": "erase"})

    assert not StoryIdea.objects.exists()
    assert photos() == []
    whats = list(Event.objects.values_list("what", flat=True))
    for what in ("person.looked_up", "person.copied", "person.erased", "idea.forgotten"):
        assert what in whats
    again = browser.post("/admin/asking/address/", {"who": METTE})
    assert again["Location"] == "/admin/asking/"


def test_nobody_else_may(specialist: User, stranger: Client, signed_in: SignedIn):
    a_tip(**FULL)
    for browser in (stranger, signed_in(specialist)):
        browser.post("/admin/asking/address/", {"who": METTE, "do": "erase"})
    assert StoryIdea.objects.exists()


# --- Erasing --------------------------------------------------------------------------------------


def test_an_erased_member_takes_their_ideas_along(member: User, clerk: User):
    a_tip(**FULL | {"email": member.email})
    others = a_tip(email="bo@example.dk")

    assert erase_user(member, by=clerk).others == 1

    assert list(StoryIdea.objects.all()) == [others]


def test_what_a_story_came_of_or_others_sent_too_goes_on_without_their_words(clerk: User):
    written, joined, same = a_tip(**FULL), a_tip(**FULL), a_tip("Det samme, fra en anden")
    use(written, index=stories(), title="Et hotel", by=clerk)
    actions.merge(same, into=joined, by=clerk)

    call_command("erase", "--email", METTE, "--yes", stdout=StringIO())

    for idea in (written, joined):
        assert is_blank(idea)
        assert idea.text == "–"
    same.refresh_from_db()
    assert same.duplicate_of == joined


def test_the_command_says_when_nothing_is_known():
    with pytest.raises(CommandError, match="nothing else"):
        call_command("erase", "--email", METTE, "--yes")


def test_a_restored_backup_forgets_again_but_not_what_came_since():
    a_tip(**FULL)
    call_command("erase", "--email", METTE, "--yes", stdout=StringIO())
    with later(-1):
        a_tip(**FULL)
    with later(1):
        since = a_tip(**FULL)

    assert replay().others == 1
    assert list(StoryIdea.objects.all()) == [since]


def test_a_colleagues_idea_is_no_citizens(clerk: User):
    a_thought(by=clerk)
    assert not export_address(clerk.email).filled

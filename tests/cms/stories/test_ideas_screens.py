"""The backlog, as those who may see it and those who may not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from cms.media.models import Picture
from cms.stories.ideas import actions
from cms.stories.models import IdeaLetter, IdeaState, LetterState, StoryIdea, StoryPage
from panel.accounts.models import User
from panel.core.clock import now
from tests.cms.media.doors import file, phone_photo
from tests.conftest import SignedIn
from tests.factories.ideas import a_thought, a_tip
from tests.factories.pages import home
from tests.factories.stories import stories

pytestmark = pytest.mark.django_db

LIST = "/admin/ideas/"


@pytest.fixture(autouse=True)
def own_place(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "media"


def of(idea: StoryIdea, verb: str = "") -> str:
    return f"{LIST}{idea.pk}/{verb}{'/' if verb else ''}"


def listed(answer: Any) -> list[StoryIdea]:
    return list(answer.context["object_list"])


# --- The list -------------------------------------------------------------------------------------


def test_what_waits_longest_for_an_answer_is_first(clerk: User, signed_in: SignedIn):
    with time_machine.travel(now() - timedelta(days=9)):
        silent = a_tip("Den ældste, uden adresse")
        late = a_tip("Den sene, med adresse", email="a@example.dk")
    young = a_tip("Den nye, med adresse", email="b@example.dk")

    answer = signed_in(clerk).get(LIST)

    assert listed(answer) == [late, young, silent]
    assert answer.context["late"] == 1


def test_closed_ones_are_there_when_they_are_asked_for(clerk: User, signed_in: SignedIn):
    kept = a_tip()
    gone = actions.decline(a_tip(), reason="Nej", by=clerk)
    browser = signed_in(clerk)

    assert listed(browser.get(LIST)) == [kept]
    assert listed(browser.get(LIST, {"state": "declined"})) == [gone]


def test_filters_and_search(clerk: User, colleague: User, signed_in: SignedIn):
    mine = actions.take(a_tip("Om havnen og dens både"), by=clerk)
    theirs = actions.take(a_thought("Om skolen og dens have", by=colleague), by=colleague)
    browser = signed_in(clerk)

    assert listed(browser.get(LIST, {"mine": "yes"})) == [mine]
    assert listed(browser.get(LIST, {"owner": colleague.pk})) == [theirs]
    assert listed(browser.get(LIST, {"owner": "null"})) == []
    assert listed(browser.get(LIST, {"source": "staff"})) == [theirs]
    assert listed(browser.get(LIST, {"q": "havnen"})) == [mine]
    assert browser.get(f"{LIST}results/", {"q": "havnen"}).status_code == 200


@pytest.mark.parametrize("odd", [{"q": "\x00"}, {"state": "x"}, {"owner": "x"}, {"p": "x"}])
def test_odd_questions_are_answered(clerk: User, signed_in: SignedIn, odd: dict[str, str]):
    a_tip()
    assert signed_in(clerk).get(LIST, odd).status_code in (200, 404)


def test_as_many_questions_for_many_as_for_few(
    clerk: User, signed_in: SignedIn, django_assert_max_num_queries: Any
):
    browser, counts = signed_in(clerk), []
    for number in (2, 20):
        for _each in range(number):
            actions.take(a_tip(email="a@example.dk"), by=clerk)
        browser.get(LIST)
        with django_assert_max_num_queries(40) as asked:
            browser.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_specialist_sees_what_is_theirs(specialist: User, clerk: User, signed_in: SignedIn):
    others = a_tip(email="mette@example.dk", with_photo=True)
    own = a_thought(by=specialist)
    given = actions.sort(a_tip(), owner=specialist, department=None, area=None, by=clerk)
    browser = signed_in(specialist)

    assert set(listed(browser.get(LIST))) == {own, given}
    for verb in ("", "photo", "use", "answer", "decline", "merge"):
        assert browser.get(of(others, verb)).status_code == 404
    assert browser.get(of(own)).status_code == 200
    # Whoever was given one decides about it; whoever had one does not.
    assert browser.post(of(given, "keep")).status_code == 302
    assert browser.post(of(own, "keep"))["Location"] == reverse("wagtailadmin_home")
    own.refresh_from_db()
    assert own.state == IdeaState.NEW


def test_no_citizen_comes_in(member: User, signed_in: SignedIn):
    idea = a_tip(with_photo=True)
    for verb in ("", "photo"):
        assert signed_in(member).get(of(idea, verb)).status_code in (302, 403)


# --- A new one ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "editor", "specialist", "analyst", "administrator"])
def test_every_colleague_adds_ideas(who: str, request: pytest.FixtureRequest, signed_in: SignedIn):
    user = request.getfixturevalue(who)
    browser = signed_in(user)
    assert browser.get(f"{LIST}new/").status_code == 200

    answer = browser.post(
        f"{LIST}new/",
        {
            "text": "Rengøringen på rådhuset om natten",
            "photo": file(phone_photo()),
            "people_know": "on",
        },
    )

    idea = StoryIdea.objects.get()
    assert answer["Location"] == of(idea)
    assert (idea.suggested_by, idea.answer_due) == (user, None)
    assert idea.photo.name


def test_a_photo_needs_the_tick_here_too(clerk: User, signed_in: SignedIn):
    fields = {"text": "Rengøringen om natten", "photo": file(phone_photo())}
    answer = signed_in(clerk).post(f"{LIST}new/", fields)

    assert list(answer.context["form"].errors) == ["people_know"]
    assert not StoryIdea.objects.exists()


# --- One idea -------------------------------------------------------------------------------------


def test_the_photo_is_nothing_but_a_picture(clerk: User, signed_in: SignedIn):
    idea = a_tip(with_photo=True)
    answer = signed_in(clerk).get(of(idea, "photo"))

    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_the_photo_has_no_public_address(stranger: Any):
    idea = a_tip(with_photo=True)

    for path in (of(idea, "photo"), f"/media/{idea.photo.name}", f"/media/ideas/{idea.photo.name}"):
        assert stranger.get(path).status_code in (302, 404)


def test_a_photo_that_is_gone_is_not_found(clerk: User, signed_in: SignedIn):
    idea = a_tip(with_photo=True)
    idea.photo.storage.delete(idea.photo.name)

    assert signed_in(clerk).get(of(idea, "photo")).status_code == 404
    assert signed_in(clerk).get(of(a_tip(), "photo")).status_code == 404


def test_the_page_escapes_what_was_typed(clerk: User, signed_in: SignedIn):
    idea = a_tip("<script>alert(1)</script> fra os", email="a@example.dk", name="<b>Bo</b>")
    page = signed_in(clerk).get(of(idea)).content.decode()

    assert "<script>alert" not in page
    assert "<b>Bo" not in page


@pytest.mark.parametrize("verb", ["take", "keep", "undo", "answered"])
def test_buttons_take_a_form_only(clerk: User, signed_in: SignedIn, verb: str):
    assert signed_in(clerk).get(of(a_tip(), verb)).status_code == 405


def test_the_way_of_an_idea(clerk: User, signed_in: SignedIn):
    idea, browser = a_tip(email="mette@example.dk"), signed_in(clerk)
    browser.post(of(idea, "take"))
    browser.post(of(idea, "keep"))
    browser.post(of(idea, "answer"), {"text": "Tak for dit tip."})
    browser.post(of(idea, "sort"), {"owner": clerk.pk, "kind": "people"})
    browser.post(of(idea, "decline"), {"reason": ""})
    idea.refresh_from_db()
    assert (idea.state, idea.owner, idea.kind) == (IdeaState.KEPT, clerk, "people")
    assert idea.answered_by == clerk

    browser.post(of(idea, "decline"), {"reason": "Fortalt før"})
    idea.refresh_from_db()
    assert (idea.state, idea.reason) == (IdeaState.DECLINED, "Fortalt før")
    assert "Fortalt før" in browser.get(of(idea)).content.decode()

    browser.post(of(idea, "undo"))
    other = a_tip()
    browser.post(of(idea, "merge"), {"into": other.pk})
    idea.refresh_from_db()
    assert idea.duplicate_of == other
    assert str(idea) in browser.get(of(other)).content.decode()


def test_a_refusal_is_said(clerk: User, colleague: User, signed_in: SignedIn):
    idea = actions.take(a_tip(), by=colleague)
    answer = signed_in(clerk).post(of(idea, "take"), follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert said
    idea.refresh_from_db()
    assert idea.owner == colleague


def test_a_letter_is_sent_again_from_the_page(clerk: User, specialist: User, signed_in: SignedIn):
    idea = a_tip(email="mette@example.dk", confirm=True)
    IdeaLetter.objects.update(state=LetterState.FAILED)
    again = reverse("ideas:again", args=[IdeaLetter.objects.get().pk])

    assert signed_in(specialist).post(again).status_code == 404
    assert again in signed_in(clerk).get(of(idea)).content.decode()
    signed_in(clerk).post(again)
    assert IdeaLetter.objects.get().state == LetterState.WAITING


# --- Use ------------------------------------------------------------------------------------------


def test_use_opens_the_editor(clerk: User, signed_in: SignedIn):
    index = stories()
    idea, browser = (
        a_tip("Et hotel for bier. Det står ved skolen.", with_photo=True),
        signed_in(clerk),
    )
    form = browser.get(of(idea, "use")).context["form"]
    assert form.initial["title"] == "Et hotel for bier"

    fields = {"index": index.pk, "title": "Et hotel for bier", "with_photo": "on"}
    refused = browser.post(of(idea, "use"), fields)
    assert {"description", "people"} <= set(refused.context["form"].errors)

    fields |= {"description": "Et hotel af paller", "people": "consented"}
    refused = browser.post(of(idea, "use"), fields)
    assert set(refused.context["form"].errors) == {"people_note"}

    answer = browser.post(of(idea, "use"), {**fields, "people_note": "Sag 12"})
    story = StoryPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert story.picture == Picture.objects.get()
    assert browser.get(answer["Location"]).status_code == 200


def test_use_without_the_photo_needs_no_words(clerk: User, signed_in: SignedIn):
    idea = a_tip(with_photo=True)
    fields = {"index": stories().pk, "title": "Et hotel"}
    signed_in(clerk).post(of(idea, "use"), fields)

    assert StoryPage.objects.get().picture is None
    assert not Picture.objects.exists()


def test_use_offers_the_language_of_whoever_wrote(clerk: User, signed_in: SignedIn):
    stories()
    english = stories("en")
    form = signed_in(clerk).get(of(a_tip(language="en"), "use")).context["form"]

    assert form.initial["index"] == english.pk


def test_use_says_when_there_is_nowhere_to_write(clerk: User, signed_in: SignedIn):
    assert home()
    answer = signed_in(clerk).get(of(a_tip(), "use"))

    assert answer.context["has_index"] is False

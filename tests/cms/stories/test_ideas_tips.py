"""The public door for ideas: what comes in, what is refused in words, and what machines get."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from cms.stories.ideas.letters import send
from cms.stories.ideas.promise import answer_due
from cms.stories.models import IdeaLetter, IdeaState, LetterState, Source, StoryIdea
from cms.stories.tasks import forget_waiting, mail_letters
from cms.stories.tips import guard, waiting
from panel.core.clock import now
from tests.cms.media.doors import file, phone_photo
from tests.cms.media.pictures import CANARY
from tests.factories.ideas import TEXT

pytestmark = pytest.mark.django_db

TIP = "/tip/"
THANKS = "/tip/tak/"


def stored() -> list[Path]:
    """Photos in the private place of this test."""
    place = Path(waiting.private.storage().location)
    return [path for path in place.rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def own_place(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_ROOT = tmp_path


def tip(client: Client, *, took: float = 20, **fields: Any) -> Any:
    """Send the form as a person does who took ``took`` seconds."""
    with time_machine.travel(now() - timedelta(seconds=took)):
        stamp = guard.stamp()
    return client.post(TIP, {"text": TEXT, "stamp": stamp, **fields})


# --- What comes in --------------------------------------------------------------------------------


def test_a_few_words_are_enough(stranger: Client):
    answer = tip(stranger)

    assert (answer.status_code, answer["Location"]) == (302, THANKS)
    idea = StoryIdea.objects.get()
    assert (idea.text, idea.source, idea.state) == (TEXT, Source.CITIZEN, IdeaState.NEW)
    assert (idea.answer_due, idea.language) == (None, "da")
    assert not IdeaLetter.objects.exists()


def test_everything_is_kept(stranger: Client):
    with time_machine.travel(datetime(2026, 12, 18, 10, tzinfo=UTC)):
        tip(
            stranger,
            place="Skovskolen",
            name="Mette",
            email="Mette@example.dk",
            phone="12 34 56 78",
            photo=file(phone_photo()),
            people_know="on",
        )

    idea = StoryIdea.objects.get()
    assert (idea.place, idea.name, idea.phone) == ("Skovskolen", "Mette", "12 34 56 78")
    assert idea.email == "Mette@example.dk"
    assert idea.people_know
    # Christmas and the weekends do not count.
    assert idea.answer_due == date(2026, 12, 29)
    assert [path.name for path in stored()] == [Path(idea.photo.name).name]


def test_the_photo_says_nothing_but_what_is_seen(stranger: Client):
    tip(stranger, photo=file(phone_photo()), people_know="on")

    [path] = stored()
    assert CANARY in phone_photo()
    assert CANARY not in path.read_bytes()


def test_contact_lies_encrypted(stranger: Client, django_db_blocker: Any):
    tip(stranger, name="Mette Madsen", email="mette@example.dk", phone="12345678")

    row = StoryIdea.objects.filter(pk__isnull=False).extra(select={"n": "name || email || phone"})
    written = row.values_list("n", flat=True).get()
    for word in ("Mette", "mette@", "12345678"):
        assert word not in written


def test_a_name_alone_is_not_kept(stranger: Client):
    tip(stranger, name="Mette Madsen")

    assert StoryIdea.objects.get().name == ""


def test_the_form_speaks_english_too(stranger: Client):
    page = stranger.get("/en/tip/").content.decode()
    assert "Tell us what we should tell about" in page
    with time_machine.travel(now() - timedelta(seconds=20)):
        stamp = guard.stamp()
    stranger.post("/en/tip/", {"text": TEXT, "stamp": stamp, "email": "a@example.dk"})

    assert StoryIdea.objects.get().language == "en"


# --- What is put right ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "Kort"}, "text"),
        ({"text": "x" * 2_000_000}, "text"),
        ({"place": "x" * 121}, "place"),
        ({"email": "mette"}, "email"),
        ({"phone": "ring til mig"}, "phone"),
        ({"phone": "=1+1"}, "phone"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    stranger: Client, fields: dict[str, str], field: str
):
    answer = tip(stranger, **{"name": "Mette", **fields})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert page[page.index("<title>") :].startswith(("<title>Fejl:", "<title>Error:"))
    assert 'value="Mette"' in page
    assert not StoryIdea.objects.exists()


def test_a_photo_needs_the_tick_and_is_not_chosen_again(stranger: Client):
    answer = tip(stranger, photo=file(phone_photo()))

    form = answer.context["form"]
    assert list(form.errors) == ["people_know"]
    assert TEXT in answer.content.decode()
    kept = form["kept"].value()
    assert len(stored()) == 1

    tip(stranger, kept=kept, people_know="on")

    idea = StoryIdea.objects.get()
    assert [path.name for path in stored()] == [Path(idea.photo.name).name]


def test_a_photo_that_waits_may_be_left_out(stranger: Client):
    kept = tip(stranger, photo=file(phone_photo())).context["form"]["kept"].value()

    tip(stranger, kept=kept, without_photo="on")

    assert StoryIdea.objects.get().photo.name == ""
    assert stored() == []


def test_a_new_photo_takes_the_place_of_the_one_that_waits(stranger: Client):
    first = tip(stranger, photo=file(phone_photo())).context["form"]["kept"].value()
    second = tip(stranger, photo=file(phone_photo()), kept=first).context["form"]["kept"].value()

    assert first != second
    assert len(stored()) == 1


def test_a_refused_photo_says_why_and_the_text_stays(stranger: Client):
    answer = tip(stranger, photo=file(b"no picture"), people_know="on")

    assert list(answer.context["form"].errors) == ["photo"]
    assert TEXT in answer.content.decode()
    assert stored() == []


@pytest.mark.parametrize("kept", ["../../settings.py", "", "x:y:z"])
def test_a_made_up_name_of_a_photo_finds_nothing(stranger: Client, kept: str):
    tip(stranger, kept=kept)

    assert StoryIdea.objects.get().photo.name == ""


def test_a_photo_nobody_came_back_for_goes_after_a_day(stranger: Client):
    tip(stranger, photo=file(phone_photo()))
    assert forget_waiting.func() == 0

    with time_machine.travel(now() + timedelta(hours=25)):
        assert forget_waiting.func() == 1
    assert stored() == []


# --- Hostile input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ti tegn \x00 og et nul",
        "=HYPERLINK(1) er en fin historie",
        "<script>alert(1)</script> er en historie",
        "Subject: x\r\nBcc: alle@example.dk",
    ],
)
def test_whatever_is_typed_is_text(stranger: Client, text: str):
    answer = tip(stranger, text=text)

    assert answer.status_code == 302
    kept = StoryIdea.objects.get().text
    assert "\x00" not in kept
    kept.encode()


def test_half_a_letter_is_text_too(stranger: Client):
    with time_machine.travel(now() - timedelta(seconds=20)):
        stamp = guard.stamp()
    sent = f"stamp={stamp}&text=Ti+tegn+%ED%A0%80+og+et+halvt"
    answer = stranger.post(TIP, sent, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 302
    StoryIdea.objects.get().text.encode()


# --- Machines -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "took"),
    [({guard.TRAP: "Cheap pills"}, 20), ({"stamp": ""}, 20), ({}, 1)],
)
def test_a_machine_is_thanked_and_nothing_is_kept(
    stranger: Client, fields: dict[str, str], took: float
):
    answer = tip(stranger, took=took, **fields)

    assert (answer.status_code, answer["Location"]) == (302, THANKS)
    assert not StoryIdea.objects.exists()


def test_a_page_open_since_yesterday_loses_nothing(stranger: Client):
    answer = tip(stranger, took=25 * 3600, photo=file(phone_photo()), people_know="on")

    form = answer.context["form"]
    assert TEXT in answer.content.decode()
    assert not StoryIdea.objects.exists()
    again = {"kept": form["kept"].value(), "people_know": "on"}
    tip(stranger, **again)
    assert StoryIdea.objects.get().photo.name


def test_a_stamp_of_another_secret_is_given_anew(stranger: Client):
    answer = tip(stranger, stamp="1:2:3")

    assert answer.status_code == 200
    assert guard.signing.loads(answer.context["form"]["stamp"].value(), salt=guard.SALT)


def test_one_network_sends_so_many_an_hour(stranger: Client, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"tip": "2/h/ip"}
    for _each in range(2):
        assert tip(stranger).status_code == 302

    answer = tip(stranger, photo=file(phone_photo()), people_know="on")

    assert answer.status_code == 429
    assert TEXT in answer.content.decode()
    assert StoryIdea.objects.count() == 2


def test_all_networks_together_send_so_many_an_hour(settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"tip": "2/h/key"}
    answers = [tip(Client(REMOTE_ADDR=f"192.0.2.{number}")).status_code for number in range(1, 4)]

    assert answers == [302, 302, 429]


def test_trying_costs_too(stranger: Client, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"tip_try": "1/h/ip"}
    tip(stranger, text="")

    answer = tip(stranger, photo=file(phone_photo()))

    assert answer.status_code == 429
    assert stored() == []


# --- The letter at once ---------------------------------------------------------------------------


def test_whoever_left_an_address_is_told_that_it_came(stranger: Client):
    tip(stranger, email="mette@example.dk", name="Mette")

    mail_letters.func()

    [letter] = mail.outbox
    assert letter.to == ["mette@example.dk"]
    assert "Mette" not in letter.body + letter.subject
    assert "insekthotel" not in letter.body
    assert IdeaLetter.objects.get().state == LetterState.SENT


def test_one_address_is_told_once_a_day(stranger: Client):
    for address in ("mette@example.dk", "METTE@example.dk", "bo@example.dk"):
        tip(stranger, email=address)

    mail_letters.func()

    assert [letter.to for letter in mail.outbox] == [["mette@example.dk"], ["bo@example.dk"]]
    assert StoryIdea.objects.count() == 3


def test_a_letter_leaves_once(stranger: Client):
    tip(stranger, email="mette@example.dk")
    letter = IdeaLetter.objects.get()

    assert send(letter.pk)
    assert not send(letter.pk)
    assert len(mail.outbox) == 1


def test_the_answer_is_the_same_with_and_without_an_address(stranger: Client):
    known = tip(stranger, email="mette@example.dk")
    again = tip(stranger, email="mette@example.dk")
    none = tip(stranger)

    assert len({(each.status_code, each["Location"]) for each in (known, again, none)}) == 1


def test_the_thanks_keep_the_promise_in_words(stranger: Client):
    page = stranger.get(reverse("tips:thanks")).content.decode()
    assert "5" in page


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (date(2026, 11, 20), date(2026, 11, 27)),
        (date(2026, 11, 21), date(2026, 11, 27)),
        (date(2026, 12, 30), date(2027, 1, 8)),
        # Maundy Thursday, Good Friday and Easter Monday.
        (date(2027, 3, 24), date(2027, 4, 5)),
    ],
)
def test_working_days_are_danish(came: date, due: date):
    assert answer_due(came) == due

"""A citizen has an idea; a colleague makes it a story."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from cms.media.models import Picture
from cms.stories.models import IdeaState, StoryIdea, StoryPage
from cms.stories.private import Private
from cms.stories.tasks import mail_letters
from cms.stories.tips import guard
from panel.accounts.models import User
from tests.cms.media.pictures import CANARY
from tests.factories.ideas import TEXT, a_tip
from tests.factories.stories import stories
from tests.journeys.axe import at_widths, axe, in_reach, sound, sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, go, has_error, submit, tab_to
from tests.journeys.test_pictures import photo


@pytest.fixture(autouse=True)
def own_place(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_ROOT = tmp_path


def take_time(page: Page) -> None:
    """As a person does."""
    page.wait_for_timeout(1000 * guard.LEAST_SECONDS + 200)


def stored() -> list[Path]:
    return [path for path in Path(Private().location).rglob("*") if path.is_file()]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_citizen_sends_a_photo_from_a_phone(site: Any, open_page: OpenPage, scripts: bool):
    page = open_page("/tip/", width=PHONE, java_script_enabled=scripts)
    page.get_by_label("Hvor det er").fill("Skovskolen")
    page.locator("[type=file]").set_input_files(photo("IMG_2041.jpg"))
    page.locator("[name=email]").fill("mette@example.dk")
    take_time(page)
    submit(page)

    # The text is missing, and the tick: nothing else has to be done again.
    expect(page.locator(".error-summary")).to_contain_text("Skriv, hvad vi skal fortælle om")
    expect(page.locator(".error-summary li")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("Vi har dit billede")
    if scripts:
        has_error(page)
    page.locator("[name=text]").fill(TEXT)
    page.locator("[name=people_know]").check()
    with page.expect_navigation():
        submit(page)

    expect(page.locator("h1")).to_have_text("Tak for dit tip")
    expect(page.locator("main")).to_contain_text("inden for 5 arbejdsdage")
    if scripts:
        sound(page)
    idea = StoryIdea.objects.get()
    assert (idea.text, idea.place, idea.email) == (TEXT, "Skovskolen", "mette@example.dk")
    assert [path.name for path in stored()] == [Path(idea.photo.name).name]
    assert CANARY in photo("x")["buffer"]
    assert CANARY not in stored()[0].read_bytes()


def test_the_form_is_filled_with_the_keyboard_alone(site: Any, open_page: OpenPage):
    page = open_page("/tip/")
    sound(page)
    tab_to(page, "[name=text]")
    page.keyboard.type(TEXT)
    # Nobody is led into the trap.
    for name in ("place", "photo", "people_know", "name", "email", "phone"):
        tab_to(page, f"[name={name}]")
    take_time(page)
    tab_to(page, "main form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Tak for dit tip")
    assert StoryIdea.objects.count() == 1


def test_a_colleague_makes_a_tip_a_story(site: Any, open_page: OpenPage, clerk: User):
    stories()
    idea = a_tip(email="mette@example.dk", with_photo=True)
    page = open_page("/admin/ideas/", user=clerk, width=PHONE)
    for _width in at_widths(page):
        in_reach(page)
    go(page.get_by_role("link", name="Børnene på Skovskolen"))
    sound_for_staff(page)
    expect(page.locator(".idea__photo")).to_be_visible()
    assert page.locator(".idea__photo").evaluate("(image) => image.naturalWidth") > 0

    page.get_by_role("button", name="Jeg tager mig af den").click()
    go(page.get_by_role("link", name="Tak, og fortæl, hvad der blev af det"))
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Besvaret")

    go(page.get_by_role("link", name="Brug den som historie"))
    axe(page)
    page.locator("[name=with_photo]").check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Beskriv billedet i én sætning")
    page.locator("input[name=description]").fill("Et insekthotel af gamle paller")
    page.locator("[name=people]").select_option("nobody")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()

    story = StoryPage.objects.get(title__startswith="Børnene")
    assert page.url.endswith(f"/admin/pages/{story.pk}/edit/")
    assert (story.live, story.picture) == (
        False,
        Picture.objects.exclude(title__icontains="havnen").get(),
    )
    idea.refresh_from_db()
    assert (idea.state, idea.owner, idea.story) == (IdeaState.USED, clerk, story)
    mail_letters.func()
    assert [letter.to for letter in mail.outbox] == [["mette@example.dk"]]


def test_a_specialist_adds_an_idea_on_a_phone(site: Any, open_page: OpenPage, specialist: User):
    page = open_page("/admin/ideas/", user=specialist, width=PHONE)
    go(page.get_by_role("link", name="Tilføj en idé"))
    sound_for_staff(page, PHONE)
    page.locator("[name=text]").fill("Rengøringen på rådhuset møder ingen: de arbejder om natten.")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()

    expect(page.locator("main")).to_contain_text("Rengøringen på rådhuset")
    in_reach(page)
    assert StoryIdea.objects.get().suggested_by == specialist

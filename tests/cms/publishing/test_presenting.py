"""What is shown is what is approved, and all of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.template.loader import render_to_string

from cms.publishing.actions import submit
from cms.publishing.presenting import what_goes_out
from cms.publishing.times import in_words, patience_in_words, window
from cms.review.models import Approval
from cms.stories.models import StoryPage
from panel.accounts.models import User
from tests.factories.pages import block, every_block, picture
from tests.factories.stories import channel, rewrite, story, teaser


def rendered(approval: Approval) -> str:
    goes_out = what_goes_out(Approval.objects.get(pk=approval.pk))
    return "".join(
        render_to_string(f"publishing/{name}.html", {"goes_out": goes_out})
        for name in ("what_goes_out", "where_it_goes")
    )


@pytest.fixture
def full(clerk: User, editor: User) -> Approval:
    """A story with one of everything."""
    image = picture()
    page = story(
        by=clerk,
        picture=image,
        picture_alt="Solen over havnen",
        picture_caption="Foto: kommunen",
        body=every_block(image),
        search_description="Nye stativer.",
    )
    teaser(page, channel(), "Læs om stativerne ved stationen", by=clerk)
    return submit(page, due_at=datetime(2030, 1, 8, 9, tzinfo=UTC), by=clerk)


def test_everything_that_goes_out_is_shown(full: Approval):
    shown = rendered(full)

    for words in (
        *("Nye cykelstativer ved stationen", "Nu er der plads til 200 cykler."),
        *("Solen over havnen", "Foto: kommunen", "Havnen i morgenlys", "Sådan foregår det"),
        *("Nu bliver der svaret", "timer til svar", "Åbningstider", "Hvem kan være med?"),
        *("Deltag i panelet", "Læs om stativerne ved stationen", "Opslagstavlen"),
        *("Nye stativer.", "/nye-cykelstativer-ved-stationen/"),
        "Tuesday 8 January 2030 at 10:00, at the latest 11:00",
    ):
        assert words in shown


def test_every_picture_is_read_aloud_in_words(full: Approval):
    shown = what_goes_out(full)

    assert [one.alt for one in shown.pictures] == ["Solen over havnen", "Havnen i morgenlys"]
    assert rendered(full).count("Read aloud:") == 2


def test_a_decorative_picture_says_so(clerk: User, editor: User):
    page = story(by=clerk, picture=picture(), picture_is_decorative=True)

    assert "Decorative: nothing is read aloud." in rendered(submit(page, by=clerk))


def test_nothing_is_folded_away(full: Approval):
    shown = rendered(full)

    assert "<details open" in shown
    assert "<h2" not in shown


def test_it_shows_what_was_sent_not_what_came_after(full: Approval, clerk: User):
    page = StoryPage.objects.get(pk=full.page_id)
    rewrite(page, by=clerk, title="Noget ganske andet", slug="noget-andet")

    shown = rendered(full)

    assert "Noget ganske andet" not in shown
    assert "/nye-cykelstativer-ved-stationen/" in shown


def test_it_can_be_read_when_the_page_is_gone(full: Approval, clerk: User):
    StoryPage.objects.get(pk=full.page_id).delete(user=clerk)

    shown = rendered(full)

    assert "Nu er der plads til 200 cykler." in shown
    assert "The page has been deleted." in shown


def test_another_file_in_the_picture_is_told(full: Approval):
    goes_out = what_goes_out(full)
    shown: Any = goes_out.picture.picture
    shown.file = picture("En anden").file
    shown.save()

    assert "Another file stands behind the picture" in rendered(full)


def test_markup_in_words_stays_words(clerk: User, editor: User):
    page = story(
        by=clerk,
        title="<script>alert(1)</script>",
        lead="<b>fed</b>",
        body=[block("heading", "<i>skrå</i>")],
    )

    shown = rendered(submit(page, by=clerk))

    assert "<script>" not in shown
    assert "<b>fed" not in shown
    assert "<i>skrå" not in shown


@time_machine.travel(datetime(2026, 10, 1, tzinfo=UTC))
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 24, 9, tzinfo=UTC), "Tuesday 24 November at 10:00"),
        (datetime(2027, 3, 28, 1, tzinfo=UTC), "Sunday 28 March 2027 at 03:00"),
        (
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            "Sunday 25 October at 02:30 (the first time, before the clock is put back)",
        ),
        (
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "Sunday 25 October at 02:30 (the second time, after the clock was put back)",
        ),
    ],
)
def test_a_time_in_words(moment: datetime, said: str):
    assert in_words(moment) == said


@time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC))
def test_a_window_in_words():
    ten = datetime(2026, 11, 24, 9, tzinfo=UTC)

    assert window(None, None) == "As soon as it is approved"
    assert window(ten, ten.replace(hour=10)) == "Tuesday 24 November at 10:00, at the latest 11:00"
    assert "at the latest Wednesday 25 November" in window(ten, ten.replace(day=25))


def test_patience_in_words():
    assert [patience_in_words(minutes) for minutes in (15, 60, 240, 1440)] == [
        *("15 minutes", "1 hour", "4 hours", "1 day")
    ]

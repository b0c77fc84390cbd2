"""What the checker finds in a story, and what of it stops it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cms.media.models import People
from cms.publishing.findings import Finding, findings
from cms.review.sealing import contents
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.channels.models import Channel
from tests.factories.outbox import facebook_channel, instagram_channel
from tests.factories.pages import block, every_block, home, picture
from tests.factories.stories import channel, stories, story, teaser

TODAY = date(2026, 11, 24)


def found(by: User, *teasers: str, **fields: Any) -> list[Finding]:
    fields.setdefault("picture", picture())
    fields.setdefault("picture_alt", "Solen over havnen")
    page = story(by=by, **fields)
    for text in teasers:
        teaser(page, channel(), text, by=by)
    draft = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return findings(draft, contents(draft), today=TODAY)


def sentence(findings: list[Finding], *, stops: bool) -> str:
    """The one there is."""
    [finding] = findings
    assert finding.stops is stops
    return finding.sentence


def in_text(alt: str, *, decorative: bool = False) -> dict[str, Any]:
    image = {"image": picture().pk, "alt_text": alt, "decorative": decorative}
    return block("picture", {"image": image, "caption": ""})


def test_a_good_story_has_none(clerk: User):
    assert found(clerk, "Læs om stativerne", body=every_block(picture())) == []


def test_no_introduction_and_no_text(clerk: User):
    wrong = found(clerk, lead=" ", body=[])

    assert [finding.stops for finding in wrong] == [True, True]


def test_no_picture_is_only_to_be_looked_at(clerk: User):
    assert "no picture" in sentence(found(clerk, picture=None, picture_alt=""), stops=False)


def test_a_lead_picture_without_words(clerk: User):
    page = story(by=clerk)
    draft = page.get_latest_revision_as_object()
    draft.picture = picture()

    wrong = findings(draft, contents(draft), today=TODAY)

    assert "Describe the picture" in sentence(wrong, stops=True)


def test_a_picture_in_the_text_without_words(clerk: User):
    wrong = found(clerk, body=[block("text", "<p>Ja.</p>"), in_text("")])

    assert sentence(wrong, stops=True).startswith("Block 2, Picture: ")
    assert found(clerk, body=[in_text("", decorative=True)]) == []


def test_a_file_name_is_no_description(clerk: User):
    assert "name of a file" in sentence(found(clerk, body=[in_text("IMG_1234.jpg")]), stops=True)


def test_a_subheading_without_a_heading(clerk: User):
    body = [block("subheading", "Først"), block("text", "<p>Ja.</p>")]

    assert "Put a heading above" in sentence(found(clerk, body=body), stops=True)


@pytest.mark.parametrize("kinds", [["heading"], ["heading", "subheading"], ["heading", "heading"]])
def test_a_heading_with_nothing_below_it(clerk: User, kinds: list[str]):
    wrong = found(clerk, body=[block(kind, "Tomt") for kind in kinds])

    assert {finding.stops for finding in wrong} == {False}
    assert all("nothing below" in finding.sentence for finding in wrong)


def test_a_link_that_says_nothing(clerk: User):
    body = [block("text", '<p><a href="https://example.org/">Klik her</a></p>')]

    assert "does not say where" in sentence(found(clerk, body=body), stops=True)


@pytest.mark.parametrize("lead", ["Klik her og se mere.", "Click here."])
def test_click_here_in_plain_words(clerk: User, lead: str):
    assert "says nothing" in sentence(found(clerk, lead=lead), stops=False)


def test_a_link_to_a_page_nobody_sees(clerk: User):
    hidden = story(by=clerk, title="Endnu en kladde")
    body = [block("text", f'<p><a linktype="page" id="{hidden.pk}">Den anden historie</a></p>')]

    assert "Endnu en kladde" in sentence(found(clerk, body=body), stops=False)


def test_a_link_to_a_page_that_is_gone(clerk: User):
    body = [block("text", '<p><a linktype="page" id="999999">Den gamle historie</a></p>')]

    assert "deleted" in sentence(found(clerk, body=body), stops=True)


def test_a_link_to_a_page_readers_see(clerk: User):
    there = f'<p><a linktype="page" id="{home().pk}">Panelets forside</a></p>'

    assert found(clerk, body=[block("text", there)]) == []


def test_a_long_text_for_a_channel(clerk: User):
    assert "has 501 characters" in sentence(found(clerk, "x" * 501), stops=False)
    assert found(clerk, "x" * 500) == []


def test_a_channel_that_is_not_in_use(clerk: User):
    stories()
    Channel.objects.filter(pk=channel().pk).update(is_active=False)

    wrong = found(clerk, "Læs om stativerne")

    assert any("not in use" in finding.sentence and finding.stops for finding in wrong)


def test_a_caption_that_repeats_the_description(clerk: User):
    wrong = found(clerk, picture_caption="Solen over havnen")

    assert "read aloud twice" in sentence(wrong, stops=False)


@pytest.mark.parametrize(("days", "stops"), [(-1, True), (0, False), (29, False), (30, None)])
def test_consent_that_ends(clerk: User, days: int, stops: bool | None):
    image = picture()
    image.people, image.people_note = People.CONSENTED, "Sag 1"
    image.consent_until = TODAY + timedelta(days=days)
    image.save()

    wrong = found(clerk, picture=image)

    assert [finding.stops for finding in wrong] == ([] if stops is None else [stops])


# --- What a network refuses -----------------------------------------------------------------------


def found_for(channel: Channel, by: User, text: str, **fields: Any) -> list[Finding]:
    told = {"picture": picture(), "picture_alt": "Solen over havnen"} | fields
    page = story(by=by, **told)
    teaser(page, channel, text, by=by)
    draft = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return findings(draft, contents(draft), today=TODAY)


def test_instagram_takes_a_story_with_a_picture_and_nothing_else(clerk: User):
    instagram = instagram_channel(name="Insta")
    assert found_for(instagram, clerk, "Læs om stativerne") == []

    without = found_for(instagram, clerk, "Læs", title="To", picture=None, picture_alt="")
    assert [finding.stops for finding in without] == [True, False]
    assert without[0].sentence == "Insta: The network takes no post without a picture."
    assert "no picture" in sentence(
        found_for(facebook_channel(), clerk, "Læs", title="Tre", picture=None, picture_alt=""),
        stops=False,
    )


def test_too_many_hashtags_stop_a_story_for_instagram(clerk: User):
    tags = " ".join(f"#by{number}" for number in range(31))

    wrong = found_for(instagram_channel(name="Insta"), clerk, tags)

    assert "more hashtags" in sentence(wrong, stops=True)
    assert found_for(facebook_channel(), clerk, tags, title="To") == []


@pytest.mark.parametrize("text", ["Se https://byen.dk/nyt", "Se WWW.byen.dk"])
def test_a_link_in_a_text_for_instagram_cannot_be_pressed(clerk: User, text: str):
    wrong = found_for(instagram_channel(name="Insta"), clerk, text)

    assert "Nobody can press a link in a text on Insta" in sentence(wrong, stops=False)
    assert found_for(facebook_channel(), clerk, text, title="To") == []

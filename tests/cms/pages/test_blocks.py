"""A page cannot be made inaccessible by accident."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks

from cms.pages.blocks import Body, Home
from cms.pages.blocks.lists import Table
from cms.pages.blocks.pictures import DescribedImage
from cms.pages.blocks.text import CallToAction, Goal
from tests.factories.pages import block, picture

TEXT = "<p>Se <a href='/'>panelets forside</a>.</p>"


def cleaned(stream: blocks.StreamBlock, *raw: dict[str, Any], draft: bool = False) -> Any:
    """``raw`` as an editor would publish it, or save it as a draft."""
    value = stream.to_python(list(raw))
    return stream.clean_deferred(value) if draft else stream.clean(value)


def test_subheading_needs_a_heading_above():
    with pytest.raises(ValidationError) as refusal:
        cleaned(Body(), block("text", TEXT), block("subheading", "Lille"), block("heading", "Stor"))
    assert list(refusal.value.block_errors) == [1]


@pytest.mark.parametrize("kind", ["heading", "cards", "figures"])
def test_subheading_may_follow_whatever_has_a_heading(db: None, kind: str):
    values = {"heading": "Stor", "cards": {"title": "Kort", "cards": []}, "figures": None}
    stream = Home()
    stream.child_blocks["cards"].child_blocks["cards"].meta.min_num = 0
    cleaned(stream, block(kind, values[kind]), block("subheading", "Lille"))


def test_draft_may_be_unfinished():
    cleaned(Body(), block("subheading", "Lille"), block("text", "<a href='/'>her</a>"), draft=True)


@pytest.mark.parametrize("words", ["klik her", "læs mere"])
def test_vague_link_in_text_is_refused(words: str):
    with pytest.raises(ValidationError):
        cleaned(Body(), block("text", f"<p><a href='/'>{words}</a></p>"))


def test_text_has_no_headings_pictures_or_raw_html():
    features = set(Body().child_blocks["text"].features)

    assert features == {"bold", "italic", "ol", "ul", "link", "document-link"}
    assert not any(isinstance(each, blocks.RawHTMLBlock) for each in Home().child_blocks.values())


@pytest.mark.parametrize(
    ("alt", "decorative", "is_fine"),
    [("Havnen", False, True), ("", True, True), ("", False, False), ("IMG_1.jpg", False, False)],
)
def test_picture_is_described_or_decorative(db: None, alt: str, decorative: bool, is_fine: bool):
    stream = DescribedImage()
    value = stream.to_python({"image": picture().pk, "alt_text": alt, "decorative": decorative})
    if is_fine:
        assert stream.clean(value).contextual_alt_text == alt
    else:
        with pytest.raises(ValidationError):
            stream.clean(value)


@pytest.mark.parametrize(
    ("caption", "heading", "is_fine"),
    [("Tider", "Dag", True), ("", "Dag", False), ("Tider", " ", False)],
)
def test_table_needs_a_caption_and_headings(caption: str, heading: str, is_fine: bool):
    table = Table()
    value = table.to_python(
        {
            "caption": caption,
            "columns": [{"type": "text", "heading": heading}],
            "rows": [{"values": ["Mandag"]}],
        }
    )
    if is_fine:
        table.clean(value)
    else:
        with pytest.raises(ValidationError):
            table.clean(value)


@pytest.mark.parametrize(
    ("joins", "url", "is_fine"),
    [
        (True, "", True),
        (False, "https://eksempel.dk/", True),
        (False, "", False),
        (True, "https://eksempel.dk/", False),
    ],
)
def test_link_leads_to_one_place(joins: bool, url: str, is_fine: bool):
    goal = Goal()
    value = goal.to_python({"joins": joins, "page": None, "url": url})
    if is_fine:
        goal.clean(value)
    else:
        with pytest.raises(ValidationError):
            goal.clean(value)


def test_call_to_action_without_a_living_page_shows_no_button(db: None):
    call = CallToAction()
    value = call.to_python(
        {
            "title": "Kom med",
            "link_text": "Om panelet",
            "goal": {"joins": False, "page": None, "url": ""},
        }
    )
    assert "<a " not in call.render(value)

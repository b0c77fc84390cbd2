"""What is different is shown, all of it, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cms.publishing.actions import move, submit
from cms.publishing.differing import GONE, NEW, SAME, Change, changes, difference
from cms.review import actions as review
from cms.review.sealing import contents
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.core.clock import now
from tests.factories.pages import block, every_block, picture
from tests.factories.stories import channel, put_live, rewrite, scheduled, story, teaser


def told(change: Change) -> dict[str, str]:
    """What is gone and what is new."""
    pieces = [piece for paragraph in change.paragraphs for piece in paragraph]
    return {
        kind: "|".join(piece.text for piece in pieces if piece.kind == kind) for kind in (GONE, NEW)
    }


def after(page: StoryPage, by: User, **fields: Any) -> list[Change]:
    """The changes that ``fields`` make."""
    before = contents(page.get_latest_revision_as_object())
    rewrite(page, by=by, **fields)
    again = StoryPage.objects.get(pk=page.pk)
    return changes(before, contents(again.get_latest_revision_as_object()))


def test_the_first_time_there_is_nothing_to_compare(clerk: User, editor: User):
    assert difference(submit(story(by=clerk), by=clerk)) is None


def test_word_by_word_in_a_mended_sentence(clerk: User):
    [change] = after(story(by=clerk), clerk, lead="Nu er der plads til 300 cykler.")

    assert change.label == "Introduction"
    assert told(change) == {GONE: "200 ", NEW: "300 "}


def test_another_sentence_is_another_sentence(clerk: User):
    [change] = after(story(by=clerk), clerk, lead="Vi har fået en ny bro.")

    assert told(change) == {
        GONE: "Nu er der plads til 200 cykler.",
        NEW: "Vi har fået en ny bro.",
    }


def test_paragraph_by_paragraph(clerk: User):
    page = story(by=clerk, body=[block("text", "<p>Et.</p><p>To.</p>")])

    [change] = after(page, clerk, body=[block("text", "<p>Et.</p><p>Nyt.</p><p>To.</p>")])

    assert told(change) == {GONE: "", NEW: "Nyt."}


def test_where_a_link_leads_is_shown(clerk: User):
    here, there = (
        [block("text", f'<p><a href="https://{where}.example/">Kortet</a></p>')]
        for where in ("her", "der")
    )

    [change] = after(story(by=clerk, body=here), clerk, body=there)

    assert "https://der.example/" in told(change)[NEW]


def test_bold_alone_is_told(clerk: User):
    bold = [block("text", "<p>De står <b>ved spor 1</b>.</p>")]

    [change] = after(story(by=clerk), clerk, body=bold)

    assert change.paragraphs[-1][0].kind == SAME
    assert "formatting" in change.paragraphs[-1][0].text


def test_bold_beside_other_changes_is_told_too(clerk: User):
    page = story(by=clerk, body=[block("text", "<p>Et.</p>"), block("text", "<p>To.</p>")])

    [change] = after(
        page, clerk, body=[block("text", "<p><b>Et.</b></p>"), block("text", "<p>Tre.</p>")]
    )

    assert told(change)[NEW] == "Tre."
    assert "formatting" in change.paragraphs[-1][0].text


@pytest.mark.parametrize("position", range(10))
def test_no_block_changes_unseen(clerk: User, position: int):
    body = every_block(picture())
    page = story(by=clerk, body=body)

    found = after(page, clerk, body=[*body[:position], *body[position + 1 :]])

    assert [change.label for change in found if change.label == "Content"] == ["Content"]
    assert told(found[0])[GONE] or "formatting" in found[0].paragraphs[-1][0].text


def test_a_picture_and_its_words(clerk: User):
    found = after(story(by=clerk), clerk, picture=picture("Broen"), picture_alt="Den nye bro")

    said = {change.label: told(change)[NEW] for change in found}
    assert said["Picture"] == "Broen"
    assert said["What the picture shows"] == "Den nye bro"


def test_another_file_in_the_same_picture(clerk: User):
    shown = picture()
    page = story(by=clerk, picture=shown, picture_alt="Havnen i sol")
    before = contents(page)
    shown.file = picture("En anden").file
    shown.save()

    [change] = changes(before, contents(StoryPage.objects.get(pk=page.pk)))

    assert change.label == "Another file in the picture"
    assert told(change)[NEW] == "Havnen i Prøvekøbing"


def test_a_text_for_a_channel(clerk: User):
    page = story(by=clerk)
    before = contents(page.get_latest_revision_as_object())
    teaser(page, channel(), "Læs om stativerne", by=clerk)
    again = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()

    [change] = changes(before, contents(again))

    assert told(change)[NEW] == "Opslagstavlen: Læs om stativerne"


def test_since_it_was_live(clerk: User, editor: User):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)
    rewrite(page, by=clerk, title="Flere stativer ved stationen")

    found = difference(submit(page, by=clerk))

    assert found is not None
    assert found.was_live
    assert [change.label for change in found.changes] == ["Title"]


def test_since_changes_were_asked_for(clerk: User, editor: User):
    page = story(by=clerk)
    first = submit(page, by=clerk)
    review.ask_for_changes(first, note="Hvor mange?", by=editor)
    rewrite(page, by=clerk, lead="Nu er der plads til 300 cykler.")

    found = difference(submit(page, by=clerk))

    assert found is not None
    assert found.before == first
    assert not found.was_live


def test_moving_changes_only_the_time(clerk: User, editor: User):
    soon = now() + timedelta(hours=1)
    approval = scheduled(story(by=clerk), asked_by=clerk, by=editor, due_at=soon)

    moved = move(approval, due_at=soon + timedelta(days=1), why="Regn", by=clerk)

    found = difference(moved)
    assert found is not None
    assert [change.label for change in found.changes] == ["When it goes out"]

"""What a story is made of, and what of it is approved."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms.stories.models import StoryPage, Teaser
from panel.accounts.models import User
from panel.channels.actions import add_channel
from tests.factories.pages import picture
from tests.factories.stories import story

# Bookkeeping that no reader sees.
UNSEEN = {
    *("id", "page_ptr", "path", "depth", "numchild", "translation_key", "locale", "url_path"),
    *("live", "has_unpublished_changes", "owner", "first_published_at", "last_published_at"),
    *("live_revision", "latest_revision", "latest_revision_created_at", "draft_title"),
    *("go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by", "alias_of"),
    "content_type",
}


def test_every_field_is_approved_or_is_seen_by_nobody():
    fields = {field.name for field in StoryPage._meta.concrete_fields}

    assert fields - UNSEEN == set(StoryPage.sealed_fields)
    assert {field.name for field in Teaser._meta.concrete_fields} == {
        *("id", "page", "sort_order"),
        *Teaser.sealed_fields,
    }


def test_a_picture_has_words(clerk: User):
    page = story(by=clerk)
    page.picture = picture()

    with pytest.raises(ValidationError, match="Describe the picture"):
        page.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryPage.objects.filter(pk=page.pk).update(picture=page.picture)


def test_one_text_a_channel(clerk: User):
    channel = add_channel(kind="byhand", slug="opslagstavlen", name="Opslagstavlen", by=clerk)
    page = story(by=clerk)
    Teaser.objects.create(page=page, channel=channel, text="En")

    with pytest.raises(IntegrityError), transaction.atomic():
        Teaser.objects.create(page=page, channel=channel, text="En til")

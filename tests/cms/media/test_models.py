"""What the database keeps true of every picture."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cms.media.models import People, Picture
from tests.factories.pages import picture


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"description": ""}, "picture_has_words"),
        ({"people": "everybody"}, "picture_people_known"),
        ({"people": ""}, "picture_people_known"),
        ({"people": People.CONSENTED}, "picture_people_noted"),
        ({"people": People.HARMLESS}, "picture_people_noted"),
        ({"consent_until": date(2027, 5, 1)}, "picture_consent_that_ends"),
    ],
)
def test_the_database_refuses(db: None, values: dict[str, Any], rule: str):
    there = Picture.objects.filter(pk=picture().pk)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        there.update(**values)


def test_the_database_takes_what_is_whole(db: None):
    there = Picture.objects.filter(pk=picture().pk)
    there.update(description="", is_decorative=True)
    there.update(people=People.CONSENTED, people_note="Sag 12", consent_until=date(2027, 5, 1))
    there.update(people=People.HARMLESS, people_note="Set bagfra", consent_until=None)


def test_what_is_read_aloud_is_the_words_and_never_the_title(db: None):
    there = picture(title="IMG_2041")
    assert there.get_rendition("width-20").alt == "Solen står op over havnen"
    there.is_decorative = True
    assert there.default_alt_text == ""
    there.is_decorative, there.description = False, ""
    assert there.default_alt_text == ""

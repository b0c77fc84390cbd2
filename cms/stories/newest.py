"""Tells the home page the newest stories."""

from __future__ import annotations

from django.http import HttpRequest

from cms.pages import newest as asked
from cms.pages import stamp
from cms.pages.frame import frame
from cms.stories.cards import cards
from cms.stories.models import StoryPage


def newest(language: str, request: HttpRequest | None) -> asked.Newest:
    """The newest in ``language``, and the page of all."""
    told = StoryPage.objects.told().filter(locale__language_code=language)
    newest_of_all = told.with_pictures()[: asked.SHOWN]
    known = frame(language, stamp.seen_by(request) if request else None)
    return asked.Newest(cards(newest_of_all, request), known.places["storyindexpage"])


asked.told_by(newest)

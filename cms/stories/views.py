"""The feed: the newest stories for readers' own programs."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from cms.pages import stamp
from cms.pages.frame import frame
from cms.pages.sharing import SIZE
from cms.stories.feed import atom
from cms.stories.models import StoryPage

NEWEST = 20


def _seen(request: HttpRequest) -> str:
    """Changes with every edit, so that a story taken down leaves the readers' programs too."""
    seen = repr((settings.SITE_URL, get_language(), stamp.seen_by(request)))
    return f'"{hashlib.sha256(seen.encode()).hexdigest()[:24]}"'


def _changed(request: HttpRequest) -> datetime | None:
    return stamp.latest(stamp.seen_by(request))


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=_seen, last_modified_func=_changed)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest stories of the visitor's language; 404 while they have no page there."""
    language = get_language() or settings.LANGUAGE_CODE
    known = frame(language, stamp.seen_by(request))
    index = known.places["storyindexpage"]
    if index is None:
        raise Http404
    told = StoryPage.objects.told().filter(locale__language_code=language)
    written = atom(
        told.with_pictures(SIZE)[:NEWEST],
        index=index,
        owner=known.municipality,
        language=language,
        request=request,
    )
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")

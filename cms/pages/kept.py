"""Whole pages for visitors nobody knows, kept in this process until something changes.

What is kept carries the stamp under which it was made (see ``stamp``) and an age, for the numbers
on a page change without anybody editing it. One query tells every process that a page is old.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from wagtail.views import serve as find_and_serve

from cms.pages import stamp

SECONDS_KEPT = 60
PAGES_KEPT = 512

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and what was true when it was made."""

    seen: stamp.Stamp
    made: float
    content: bytes
    headers: tuple[tuple[str, str], ...]

    def is_fresh(self, seen: stamp.Stamp) -> bool:
        """Whether nothing has been edited since, and the numbers are young."""
        return self.seen == seen and monotonic() - self.made < SECONDS_KEPT

    def answer(self) -> HttpResponse:
        """The answer anew; the middleware adds its own headers to it."""
        answer = HttpResponse(self.content, headers=dict(self.headers))
        patch_vary_headers(answer, ["Cookie"])
        return answer


_kept: dict[Key, Kept] = {}


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's way to a page, passed by where the same answer went out a moment ago."""
    if not _is_anybody(request):
        return _whole(find_and_serve(request, path))
    seen = stamp.seen_by(request)
    key = (request.scheme or "", request.get_host(), get_language() or "", path)
    kept = _kept.get(key)
    if kept is not None and kept.is_fresh(seen):
        return kept.answer()
    answer = _whole(find_and_serve(request, path))
    if _is_for_anybody(request, answer):
        _keep(key, Kept(seen, monotonic(), answer.content, tuple(answer.items())))
    return answer


def forget() -> None:
    """Keep nothing: for tests, which change rows behind the log's back."""
    _kept.clear()


def _is_anybody(request: HttpRequest) -> bool:
    """Nobody signed in, nothing to tell them, nothing asked beyond the page itself."""
    personal = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and personal.isdisjoint(request.COOKIES)
    )


def _is_for_anybody(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether the answer holds nothing of this one request: no cookie, token or nonce."""
    return (
        request.method == "GET"
        and answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and "CSRF_COOKIE" not in request.META
        and getattr(request, "_csp_nonce", None) is None
    )


def _whole(answer: HttpResponse) -> HttpResponse:
    """The answer with its template rendered, so that there is something to keep."""
    return answer.render() if isinstance(answer, SimpleTemplateResponse) else answer


def _keep(key: Key, page: Kept) -> None:
    """Keep ``page``; where there are too many, the one kept first goes."""
    _kept.pop(key, None)
    while len(_kept) >= PAGES_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = page

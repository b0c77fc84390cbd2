"""What the site answers beside its pages: colours, icon, search, and two files for machines."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.pages import sharing
from cms.pages.drawing import png
from cms.pages.frame import frame
from cms.pages.searching import find

A_YEAR = 365 * 24 * 3600
LONGEST_QUERY = 200


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def theme(request: HttpRequest) -> HttpResponse:
    """The municipality's colours as a style sheet; its address changes with them."""
    return HttpResponse(frame(get_language() or "da").theme, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark of the header, drawn: two quarter circles in the municipality's colours."""
    owner = frame(get_language() or "da").municipality
    return render(
        request, "pages/favicon.svg", {"municipality": owner}, content_type="image/svg+xml"
    )


@require_safe
def card(request: HttpRequest, page_id: int) -> HttpResponse:
    """The picture a published page is shared with when nobody chose one, drawn from its title.

    Kept for a year under the address that names what is drawn, and for an hour under any other.
    """
    page = get_object_or_404(Page.objects.live().public().filter(depth__gt=1), pk=page_id)
    drawing = sharing.drawing(page, frame(get_language() or "da").municipality)
    answer = HttpResponse(png(drawing), content_type="image/png")
    if request.META.get("QUERY_STRING") == sharing.stamp(drawing):
        patch_cache_control(answer, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(answer, public=True, max_age=3600)
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: the pages, not the doors."""
    lines = (
        "User-agent: *",
        *(f"Disallow: {reverse(name)}" for name in ("wagtailadmin_home", "pages:search")),
        f"Sitemap: {request.build_absolute_uri(reverse('site:sitemap'))}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def was(request: HttpRequest) -> HttpResponse:
    """``/was``: the accessibility statement, as the law names its address (A8).

    The statement in WAS-Tool where it is known, else our own page about it; 404 without either.
    """
    known = frame(get_language() or "da")
    page = known.places["accessibilitypage"]
    where = known.municipality.was_url or (page and page.url)
    if not where:
        raise Http404
    return HttpResponseRedirect(where)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search the published pages in the visitor's language, ten at a time."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    results = find(words, request.GET.get("page"))
    return render(request, "pages/search.html", {"words": words, "results": results})

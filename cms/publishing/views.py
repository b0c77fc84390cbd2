"""The calendar as a colleague's own calendar reads it, without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.publishing import reports
from cms.publishing.ical import calendar
from cms.publishing.limiting import may_read

TOO_MANY = 429


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What goes out, for whoever has a key that opens it; to everybody else it is not there."""
    if not may_read(request):
        return HttpResponse(status=TOO_MANY)
    if reports.reader(token) is None:
        raise Http404
    file = calendar(_("What goes out"), reports.events())
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    # The address is a key: no search engine shall keep it, nor another site hear of it.
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer

"""What networks fetch from us."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from panel.outbox.fetching import NotThere, picture_at


@require_safe
def network_picture(request: HttpRequest, token: str) -> HttpResponse:
    """A picture that is being sent, for the network it is sent to: see ``fetching``.

    Whatever else is asked for is answered alike, in few words: nothing here is for people.
    """
    try:
        data = picture_at(token)
    except NotThere:
        return _headed(HttpResponse("Not here.", status=404, content_type="text/plain"))
    return _headed(HttpResponse(data, content_type="image/jpeg"))


def _headed(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response

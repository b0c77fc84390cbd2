"""Uploaded pictures, served as nothing but pictures (S11). A web server in front may take over."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# Renditions, which Wagtail draws anew from the pixels. Originals and documents are not for
# everybody: documents have Wagtail's own address.
SERVED = "images/"
A_MONTH = 30 * 24 * 3600


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The picture at ``path``; 404 for everything else. A rendition never changes its content."""
    if not path.startswith(SERVED) or ".." in path:
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = f"public, max-age={A_MONTH}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response

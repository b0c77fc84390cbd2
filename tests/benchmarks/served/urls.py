"""Every address of ours, and a bare view before them."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config import urls
from panel.conversations.models import Delivery


@csrf_exempt
def one_row(request: HttpRequest) -> HttpResponse:
    """Put what came into a row, and look at nothing."""
    Delivery.objects.create(kind="bare", digest=uuid4().hex, body=request.body)
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("bare/", one_row), *urls.urlpatterns]

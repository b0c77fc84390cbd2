"""Addresses for machines go past what is for people, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config import urls
from panel.core.machines import for_machines


@for_machines
def told(request: HttpRequest, number: int) -> HttpResponse:
    assert not hasattr(request, "session")
    assert request.resolver_match is not None
    return HttpResponse(f"{request.resolver_match.url_name} {number}")


def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"session {hasattr(request, 'session')}")


urlpatterns = [
    path("webhooks/some/<int:number>/", told, name="some"),
    path("webhooks/page/", read, name="page"),
    *urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


def test_a_marked_one_is_answered_at_once():
    answer = Client(enforce_csrf_checks=True).post("/webhooks/some/7/")
    assert answer.content == b"some 7"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.django_db
def test_others_below_it_go_the_whole_way():
    answer = Client().get("/webhooks/page/")
    assert answer.content == b"session True"
    assert "Content-Security-Policy" in answer


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/webhooks/none/", "/webhooks/some/x/"])
def test_what_is_nowhere_is_nowhere(address: str):
    assert Client().get(address).status_code == 404
    assert Client().get("/webhooks/some/7")["Location"] == "/webhooks/some/7/"


@pytest.mark.django_db
def test_over_plain_http_nothing_is_told(settings: Any):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().post("/webhooks/some/7/")
    assert answer.status_code == 301

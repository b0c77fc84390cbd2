"""Error pages with a face, which do not need what failed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

from panel.accounts.models import User
from tests.conftest import SignedIn


@pytest.mark.parametrize("path", ["/findes-ikke/", "/en/not-here/", "/findes.php"])
def test_page_that_is_not_there_offers_a_search_and_the_way_home(
    db: None, stranger: Client, path: str
):
    answer = stranger.get(path)
    text = answer.content.decode()

    assert answer.status_code == 404
    assert answer.cookies == {}
    assert 'role="search"' in text
    assert path not in text.split("<main")[1]


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_page_needs_no_database_request_or_context(name: str):
    text = render_to_string(name)

    assert "<h1>" in text
    assert 'lang="' in text
    assert "/static/css/site.css" in text


def test_server_error_answers_with_its_page():
    answer = defaults.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert b"<h1>" in answer.content


def test_request_nobody_understands_answers_with_its_page(db: None, stranger: Client):
    answer = stranger.get("/", headers={"host": "somewhere.example"})

    assert answer.status_code == 400
    assert b"<h1>" in answer.content


def test_form_without_its_token_says_how_to_go_on():
    answer = csrf_failure(RequestFactory().post("/"))

    assert answer.status_code == 403
    assert b"<h1>" in answer.content


def test_forbidden_says_to_a_stranger_to_log_in_and_to_others_whom_to_ask(
    db: None, member: User, signed_in: SignedIn
):
    request = RequestFactory().get("/")
    request.user = member
    inside = defaults.permission_denied(request, PermissionDenied()).content.decode()
    del request.user

    outside = defaults.permission_denied(RequestFactory().get("/"), PermissionDenied())

    assert "/konto/login/" in outside.content.decode().split("<main")[1]
    assert "/konto/login/" not in inside.split("<main")[1]

"""The settings of a server, read and checked by a process of their own."""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "SITE_URL": "https://panel.example.dk",
    "ALLOWED_HOSTS": "panel.example.dk",
    "MUNICIPALITY_NAME": "Eksempelby Kommune",
    "FIELD_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "Borgerpanelet <panel@example.dk>",
}


def manage(*words: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """``manage.py`` with a server's environment, changed or without (None) some of it."""
    changed = {**os.environ, **ENVIRONMENT, **changes}
    known = {name: value for name, value in changed.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env={**known, "MEDIA_ROOT": str(settings.MEDIA_ROOT), "LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_deploy_check_is_clean():
    result = manage("check", "--deploy", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("SECRET_KEY", None, "SECRET_KEY is not set. Write for example"),
        ("SITE_URL", None, "SITE_URL is not set. Write for example"),
        ("SITE_URL", "http://panel.example.dk", "must start with https://"),
        ("ALLOWED_HOSTS", None, "ALLOWED_HOSTS is not set"),
        ("ALLOWED_HOSTS", "andet.dk", "Write ALLOWED_HOSTS=andet.dk,panel.example.dk"),
        ("FIELD_KEYS", None, "FIELD_KEYS is not set"),
        ("FIELD_KEYS", "kort", "not 32 bytes"),
        ("EMAIL_URL", None, "EMAIL_URL is not set. Write for example"),
        ("MUNICIPALITY_NAME", None, "MUNICIPALITY_NAME is not set"),
        ("TIME_ZONE", "Mars/Olympus", "Write for example TIME_ZONE=Europe/Copenhagen"),
        ("CACHE_URL", "locmem://", "Leave CACHE_URL out"),
    ],
)
def test_wrong_value_names_itself(name: str, wrong: str | None, said: str):
    changes: dict[str, Any] = {name: wrong}
    result = manage("check", **changes)

    assert result.returncode != 0
    assert said in result.stderr


def test_cookies_cannot_be_set_by_a_neighbour():
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.DEBUG)"
    )
    result = manage("shell", "--no-imports", "-c", code)

    assert result.stdout.split() == [
        "__Host-sessionid",
        "__Host-csrftoken",
        "True",
        "True",
        "/",
        "None",
        "False",
    ]


def test_demos_door_is_nowhere_on_a_server():
    code = (
        "from django.conf import settings as s;"
        "from django.urls import get_resolver as g;"
        "print(s.ROOT_URLCONF, 'demo' in s.INSTALLED_APPS, 'demo' in str(g().url_patterns))"
    )
    result = manage("shell", "--no-imports", "-c", code)

    assert result.stdout.split() == ["config.urls", "False", "False"]


def test_a_log_is_a_line_of_json_an_event_and_names_nobody():
    code = "import logging; logging.getLogger('sending').warning('to %s', 'mette@example.dk')"
    result = manage("shell", "--no-imports", "-c", code)

    event = json.loads(result.stderr)
    assert (event["event"], event["level"], event["logger"]) == ("to …@…", "warning", "sending")
    assert event["timestamp"].endswith("Z")

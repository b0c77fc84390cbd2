"""What a log line must never hold."""

from __future__ import annotations

import io
import logging
import subprocess
import sys

import pytest

from panel.core.logs import HideSecrets, without_secrets

LINK = "/i/NOC8bn6KYv-ANpOA0xbR01B06pYvQgOa/nej-tak/"


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        (f"Gone: {LINK}", "Gone: /i/…/nej-tak/"),
        ("Forbidden: /en/i/abc/", "Forbidden: /en/i/…/"),
        ("Not Found: /kalender/aB_-9.ics", "Not Found: /kalender/…"),
        ("sent to mette.medlem@example.dk now", "sent to …@… now"),
        ("cpr 010203-1234", "cpr …"),
        ("Not Found: /kontakt/", "Not Found: /kontakt/"),
    ],
)
def test_keys_and_people_are_taken_out(line: str, clean: str) -> None:
    assert without_secrets(line) == clean


def test_arguments_and_tracebacks_are_cleaned_too() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(HideSecrets())
    logger = logging.getLogger("tests.core.logs")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        raise ValueError("mette@example.dk")
    except ValueError:
        logger.exception("Broke at %s", LINK)
    assert "mette" not in out.getvalue()
    assert "NOC8" not in out.getvalue()
    assert "/i/…" in out.getvalue()


def test_the_settings_use_it() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django, logging; django.setup();"
            f"logging.getLogger('django.request').warning('Gone: %s', '{LINK}')",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": ""},
    )
    assert "NOC8" not in told.stderr
    assert told.stderr.count("Gone") == 1
    assert told.stdout == ""

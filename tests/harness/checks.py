"""The checks of ``run.py lint``: programs that answer with their exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROGRAMS = Path(sys.executable).parent
MANAGE = (sys.executable, "manage.py")
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
# What an operator would set, for Django's own list of what a server must have.
SERVER = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "made-up-but-long-enough-to-count-" + "0123456789abcdef" * 3,
    "SITE_URL": "https://panel.example.dk",
    "ALLOWED_HOSTS": "panel.example.dk",
    "MUNICIPALITY_NAME": "Eksempelby Kommune",
    "FIELD_KEYS": "bWFkZS11cC1rZXktZm9yLXRoZS1kZXBsb3ktY2hlY2s=",
    "EMAIL_URL": "smtp://mail.example.dk:25",
    "DATABASE_URL": "postgres://medspil@127.0.0.1/medspil",
    "DEFAULT_FROM_EMAIL": "Borgerpanelet <panel@example.dk>",
}


class Check(NamedTuple):
    """A program to run from the project's folder, and what to add to its environment."""

    name: str
    words: tuple[str, ...]
    environ: dict[str, str]


def checks() -> Iterator[Check]:
    """All of them, the quick ones first."""
    ruff, djade, imports, mypy = (
        str(PROGRAMS / name) for name in ("ruff", "djade", "lint-imports", "mypy")
    )
    templates = map(str, sorted(Path("templates").rglob("*.html")))
    yield Check("style", (ruff, "check", "."), {})
    yield Check("format", (ruff, "format", "--check", "--output-format=concise", "."), {})
    yield Check("templates", (djade, "--check", "--target-version=5.2", *templates), {})
    yield Check("import direction", (imports, "--no-logo"), {})
    yield Check("settings", (*MANAGE, "check", "--fail-level=WARNING"), TEST_SETTINGS)
    yield Check("server settings", (*MANAGE, "check", "--deploy", "--fail-level=WARNING"), SERVER)
    yield Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run"), TEST_SETTINGS)
    # Without its cache: after a module has moved, what it kept of Django's models is wrong.
    yield Check("types", (mypy, "--no-incremental", "."), {})

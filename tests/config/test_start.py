"""What a start loads, and above all what it does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

from config.absent import absent

NOBODY_ASKED = {
    "demo.world.stream",
    "openpyxl",
    "psycopg",
    "reportlab",
    "requests",
    "rich",
    "structlog",
    "wagtail.api.v3.api",
    "wagtail.images.api.v3.router",
}


def test_a_web_server_loads_nothing_that_no_page_asks_for(tmp_path: Path):
    code = (
        "import django, json, sys; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "print(json.dumps(sorted(sys.modules)))"
    )
    environ = dict(
        os.environ,
        DJANGO_SETTINGS_MODULE="config.settings.demo",
        DATABASE_URL=f"sqlite:///{tmp_path}/none.sqlite3",
    )
    told = subprocess.check_output([sys.executable, "-c", code], env=environ, cwd=settings.BASE_DIR)
    loaded = set(json.loads(told))
    assert {"wagtail.admin.urls", "panel.invitations.viewsets.papers"} <= loaded
    assert loaded & NOBODY_ASKED == set()


@pytest.fixture
def _no_wave(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nobody had loaded this module, which everybody has."""
    monkeypatch.delitem(sys.modules, "wave", raising=False)


@pytest.mark.usefixtures("_no_wave")
def test_what_is_absent_is_as_if_not_installed_and_only_for_a_while():
    with absent("wave"), pytest.raises(ImportError):
        import_module("wave")
    assert import_module("wave").Wave_read


@pytest.mark.usefixtures("_no_wave")
def test_somebody_who_insists_finds_the_other_module():
    instead = ModuleType("instead")
    with absent("wave", instead=instead):
        assert import_module("wave") is instead
    assert "wave" not in sys.modules


def test_what_is_loaded_already_stays():
    with absent("json"):
        assert import_module("json") is json
    assert sys.modules["json"] is json

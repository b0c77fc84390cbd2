"""Modules that are loaded when they are first used."""

from __future__ import annotations

import sys

import pytest

from panel.core.later import Later


def test_a_module_is_loaded_when_something_of_it_is_first_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    wave = Later("wave")
    assert "wave" not in sys.modules
    assert wave.Wave_read.__module__ == "wave"
    assert "wave" in sys.modules


def test_what_it_has_not_got_is_missed_as_in_any_module():
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        Later("wave").colour  # noqa: B018
    with pytest.raises(ModuleNotFoundError):
        Later("no_such_wave").colour  # noqa: B018

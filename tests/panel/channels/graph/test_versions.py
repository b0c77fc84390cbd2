"""Whoever runs Medspil hears a quarter ahead that Graph's version ends."""

from __future__ import annotations

import pytest
import time_machine

from panel.channels.graph.versions import ENDS, days_left, version_lives


@pytest.mark.parametrize(
    ("version", "day", "warned"),
    [
        ("v25.0", "2026-11-22", []),
        ("v26.0", "2026-11-22", []),
        ("v25.0", "2028-04-28", []),
        ("v25.0", "2028-04-29", ["channels.W002"]),
        ("v20.0", "2026-11-22", ["channels.W002"]),
        ("v99.0", "2026-11-22", ["channels.W001"]),
    ],
)
def test_a_version_s_end_is_told_a_quarter_ahead(
    settings, version: str, day: str, warned: list[str]
):
    settings.FACEBOOK_GRAPH_VERSION = version
    with time_machine.travel(f"{day}T12:00:00Z", tick=False):
        assert [each.id for each in version_lives()] == warned


def test_the_warning_says_when_and_how_long(settings):
    settings.FACEBOOK_GRAPH_VERSION = "v21.0"
    with time_machine.travel("2027-01-01T12:00:00Z", tick=False):
        assert "ends on 2027-01-21, in 20 days" in version_lives()[0].msg
    with time_machine.travel("2027-02-01T12:00:00Z", tick=False):
        assert "ended on 2027-01-21" in version_lives()[0].msg


def test_the_version_medspil_comes_with_is_known(settings):
    assert settings.FACEBOOK_GRAPH_VERSION in ENDS
    assert days_left("v1.0") is None

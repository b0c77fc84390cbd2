"""The moments at which tests kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from panel.jobs import faultpoints
from panel.jobs.faultpoints import arm, faultpoint, known


@pytest.fixture(autouse=True)
def _own_points(monkeypatch):
    monkeypatch.setattr(faultpoints, "_points", {})


def test_passing_a_moment_does_nothing():
    faultpoint("x.calm", "nothing is wrong")()


def test_a_moment_has_one_name():
    faultpoint("x.calm", "nothing is wrong")
    with pytest.raises(ValueError, match=r"already a fault point x\.calm"):
        faultpoint("x.calm", "again")


def test_moments_are_armed_by_pattern():
    faultpoint("x.one", "first")
    faultpoint("y.two", "second")

    arm("y.*:0.5")
    assert [(point.name, point.chance) for point in known()] == [("x.one", 0.0), ("y.two", 0.5)]
    arm("")
    assert {point.chance for point in known()} == {0.0}


def test_an_armed_moment_kills_and_leaves_a_line(tmp_path):
    code = (
        "from panel.jobs.faultpoints import faultpoint\n"
        "point = faultpoint('x.now', 'about to end')\n"
        "point()\n"
        "print('still here')\n"
    )
    log = tmp_path / "kills"
    environ = os.environ | {"MEDSPIL_KILL_AT": "x.*:1", "MEDSPIL_KILL_LOG": str(log)}
    ended = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True)

    assert ended.returncode == -signal.SIGKILL
    assert ended.stdout == b""
    assert log.read_text() == "x.now\n"

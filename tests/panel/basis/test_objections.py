"""Objections are recognised, kept once more outside the database, and bound to one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks

from panel.basis import keys, log
from panel.basis.actions import record_objections
from panel.basis.keys import WrongKey
from panel.basis.models import Objection, ObjectionKey, Route
from panel.basis.reports import objected
from panel.core.crypto import keyed_hash

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (keyed_hash("objection", f"side:{name}") for name in "abc")


@pytest.fixture(autouse=True)
def objection_log(settings, tmp_path: Path) -> Path:
    settings.OBJECTION_LOG = tmp_path / "deep" / "objections.log"
    keys._known.clear()
    return settings.OBJECTION_LOG


def test_those_noted_are_recognised_and_nobody_else() -> None:
    assert record_objections([ONE, TWO, ONE], route=Route.STAFF) == 2
    assert record_objections([TWO], route=Route.WEBSITE) == 0
    assert objected([ONE, THREE]) == {ONE}
    assert Objection.objects.count() == 2


def test_the_log_has_them_before_anybody_is_told(objection_log: Path) -> None:
    record_objections([ONE], route=Route.INVITATION)
    record_objections([TWO], route=Route.INVITATION)
    assert list(log.read()) == [ONE, TWO]
    assert objection_log.stat().st_mode & 0o077 == 0


def test_a_line_cut_off_by_a_crash_is_passed_over(objection_log: Path) -> None:
    log.append([ONE])
    with objection_log.open("a") as lines:
        lines.write(TWO[:20])
    assert list(log.read()) == [ONE]
    log.append([THREE])
    assert THREE in set(log.read())


def test_where_the_log_cannot_be_written_the_objection_fails_loudly(
    settings, tmp_path: Path
) -> None:
    (tmp_path / "a-file").touch()
    settings.OBJECTION_LOG = tmp_path / "a-file" / "objections.log"
    with pytest.raises(OSError, match="a-file"):
        record_objections([ONE], route=Route.STAFF)
    assert [each.id for each in run_checks() if each.id.startswith("basis")] == ["basis.E002"]


def test_another_key_is_refused_rather_than_recognising_nobody(settings) -> None:
    record_objections([ONE], route=Route.STAFF)
    settings.OBJECTION_KEY = "another key altogether"
    with pytest.raises(WrongKey, match="OBJECTION_KEY"):
        objected([ONE])
    with pytest.raises(WrongKey):
        record_objections([TWO], route=Route.STAFF)
    found = run_checks(databases=["default"], tags=["database"])
    assert "basis.E001" in {each.id for each in found}


def test_the_key_is_noted_with_the_first_objection_and_only_as_a_fingerprint(settings) -> None:
    assert objected([ONE]) == set()
    assert not ObjectionKey.objects.exists()
    settings.OBJECTION_KEY = "chosen before the first objection"
    record_objections([ONE], route=Route.STAFF)
    kept = ObjectionKey.objects.get().fingerprint
    assert kept == keys.fingerprint()
    assert settings.OBJECTION_KEY not in kept

"""``manage.py bench`` runs every benchmark and tells figures of one shape."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command

from tests.benchmarks import candidates, intake, reimport, site, thread, town
from tests.benchmarks.measuring import Row, rounded
from tests.benchmarks.registry import benchmarks

SMALL = 400


def test_every_benchmark_is_a_module_with_a_run():
    named = {"intake", "reimport", "candidates", "thread", "site", "golive", "outbox", "webhook"}
    assert named <= set(benchmarks())


def test_an_unknown_name_is_said_before_anything_is_built():
    with pytest.raises(CommandError, match="intake"):
        call_command("bench", "fart")


@pytest.mark.django_db(transaction=True)
def test_figures_have_the_shape_that_people_rely_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.benchmarks.management.commands.bench.own_database", nullcontext)
    out, err = io.StringIO(), io.StringIO()
    call_command("bench", "reimport", "--scale", str(SMALL), "--json", stdout=out, stderr=err)
    (row,) = json.loads(out.getvalue())
    assert set(row) == {"name", "scale", "database", "value", "unit", "limit", "ratio"}
    assert (row["name"], row["scale"]) == ("reimport", SMALL)


@pytest.mark.django_db(transaction=True)
def test_an_import_is_measured_against_the_bare_load_of_the_same_rows():
    rate, memory = intake.run(SMALL)
    assert rate.ratio
    assert rate.limit
    assert rate.limit > rate.value
    assert memory.unit == "MB"
    assert town.Comment.objects.count() == SMALL


@pytest.mark.django_db(transaction=True)
def test_the_thread_asks_as_often_for_many_comments_as_for_few(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(thread, "SIZES", (10, 300))
    questions = [row for row in thread.run(SMALL) if row.name == "thread_queries"]
    assert [row.ratio for row in questions] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_the_same_file_again_is_unchanged():
    (row,) = reimport.run(SMALL)
    assert row.ratio


@pytest.mark.django_db(transaction=True)
def test_the_first_fifty_are_measured_against_counting_comments():
    (row,) = candidates.run(SMALL)
    assert (row.unit, row.scale) == ("s", SMALL)
    assert row.limit
    assert row.ratio == row.value / row.limit


@pytest.mark.django_db(transaction=True)
def test_pages_are_measured_anew_and_from_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(site, "TIMES", 2)
    rows = {row.name: row for row in site.run(SMALL)}
    assert set(rows) == {
        "site_join",
        *(f"site_{kind}{how}" for kind in site.KINDS for how in ("", "_kept")),
    }
    for kind in site.KINDS:
        assert rows[f"site_{kind}_kept"].value < rows[f"site_{kind}"].value


def test_figures_are_rounded_to_what_they_are_worth():
    assert [rounded(value) for value in (0.123456, 12.3456, 12345.6)] == [0.123, 12.3, 12346]
    assert Row("a", 1, 2.0, "s").told()["limit"] is None

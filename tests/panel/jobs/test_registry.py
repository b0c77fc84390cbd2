"""What a job is called and how it is run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panel.jobs import registry
from panel.jobs.registry import job, options_of, periodic, periodics
from panel.jobs.schedule import Daily
from tests.panel.jobs import sample


def test_a_job_is_known_by_its_path():
    options = options_of("tests.panel.jobs.sample.break_down")

    assert (options.name, options.tries, options.time_limit, options.atomic) == (
        "Break",
        3,
        60.0,
        False,
    )


def test_a_job_whose_module_nobody_imported_yet_is_found(monkeypatch):
    """A worker learns of it when it claims it, not when its module happens to be loaded."""
    known = dict(registry._options)
    monkeypatch.setattr(registry, "_options", known)
    known.pop("panel.jobs.tasks.clear_the_queue")

    assert options_of("panel.jobs.tasks.clear_the_queue").tries == registry.TRIES
    assert options_of("no.such.place").name == "place"


def test_tasks_of_others_have_a_name_people_can_read():
    assert "searchable" in str(options_of("modelsearch.tasks.insert_or_update_object_task").name)
    assert options_of("somebody.tasks.purge_cache_task").name == "purge cache"


def test_every_app_is_asked_for_its_jobs():
    assert "panel.jobs.tasks.clear_the_queue" in {each.name for each in periodics()}


@pytest.mark.parametrize("wrong", [{"tries": 0}, {"time_limit": 0}])
def test_a_job_without_a_try_or_time_is_refused(wrong):
    with pytest.raises(ValueError, match="at least one try"):
        job(name="x", **wrong)


@pytest.mark.parametrize("wrong", [{}, {"every": timedelta(minutes=1), "daily": "03:15"}])
def test_a_periodic_job_has_one_rhythm(wrong):
    with pytest.raises(ValueError, match="Say either"):
        periodic(**wrong)


def test_a_periodic_job_is_still_a_job(monkeypatch):
    monkeypatch.setattr(registry, "_periodics", {})

    assert periodic(daily="03:15")(sample.note) is sample.note
    assert [each.schedule for each in registry.periodics()] == [Daily.parsed("03:15")]

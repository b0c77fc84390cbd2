"""Which jobs there are, what each is called, and how it is to be run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tasks import DEFAULT_TASK_QUEUE_NAME
from django_tasks import task as django_task
from django_tasks.base import Task

from panel.jobs.schedule import Daily, Every, Schedule

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 5
TIME_LIMIT = 60.0


@dataclass(frozen=True, slots=True)
class Options:
    """How a job is run. ``name`` is what staff read; ``time_limit`` is in seconds."""

    name: str | Promise
    tries: int = TRIES
    time_limit: float = TIME_LIMIT
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that nobody enqueues: its slots come with the clock."""

    task: Task[..., Any]
    schedule: Schedule

    @property
    def name(self) -> str:
        """The path of its function: the same in every process."""
        return self.task.module_path


# Wagtail's own jobs go through the same queue; these are their names for people.
_options: dict[str, Options] = {
    "wagtail.tasks.update_reference_index_task": Options(_("Note where a text or picture is used")),
    "wagtail.tasks.delete_file_from_storage_task": Options(
        _("Delete the file of a removed picture")
    ),
    "wagtail.images.tasks.set_image_focal_point_task": Options(_("Find what a picture is about")),
    "modelsearch.tasks.insert_or_update_object_task": Options(_("Make a change searchable")),
}
_periodics: dict[str, Periodic] = {}


def job(
    *,
    name: str | Promise,
    tries: int = TRIES,
    time_limit: float = TIME_LIMIT,
    queue: str = DEFAULT_TASK_QUEUE_NAME,
    priority: int = 0,
    atomic: bool = False,
) -> Callable[[Callable[P, T]], Task[P, T]]:
    """Make a module-level function a job. Enqueue it with ``panel.jobs.queue.enqueue``.

    ``name`` says to staff what it does; ``tries`` is how often before it is a dead letter;
    ``time_limit`` is in seconds; ``priority`` runs from -100 to 100, higher first. ``atomic`` runs
    it in one transaction with its own result: what it writes happens exactly once. Raises
    ValueError where no try or no time is left.
    """
    if tries < 1 or time_limit <= 0:
        raise ValueError("A job needs at least one try and some time.")

    def decorate(function: Callable[P, T]) -> Task[P, T]:
        made = django_task(queue_name=queue, priority=priority)(function)
        _options[made.module_path] = Options(name, tries, time_limit, atomic)
        return made

    return decorate


def periodic(
    *, every: timedelta | None = None, daily: str | None = None
) -> Callable[[Task[P, T]], Task[P, T]]:
    """Let a job without arguments come by itself, once per slot however many workers there are.

    ``every`` is counted from a fixed moment; ``daily`` is a time of day in Copenhagen ("03:15"). Of
    slots missed while no worker ran, only the newest is made up for; a slot is let go while the
    former still runs. Raises ValueError unless exactly one is given.
    """
    schedule = _schedule(every, daily)

    def decorate(task: Task[P, T]) -> Task[P, T]:
        _periodics[task.module_path] = Periodic(task, schedule)
        return task

    return decorate


def periodics() -> Iterable[Periodic]:
    """Every periodic job."""
    return _periodics.values()


def options_of(task_path: str) -> Options:
    """How the job at ``task_path`` is run; defaults for one not ours or no longer there."""
    if task_path not in _options:
        with suppress(Exception):  # its module says how, if it can still be imported
            import_string(task_path)
    known = _options.get(task_path)
    return known or Options(task_path.rsplit(".", 1)[-1].removesuffix("_task").replace("_", " "))


def _schedule(every: timedelta | None, daily: str | None) -> Schedule:
    if every is not None and daily is None:
        return Every(every)
    if daily is not None and every is None:
        return Daily.parsed(daily)
    raise ValueError('Say either every=timedelta(...) or daily="03:15".')

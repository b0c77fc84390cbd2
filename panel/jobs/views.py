"""What a monitor asks: is it alive, is it ready. Plain JSON, nobody's data, no session."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from panel.core.clock import now
from panel.jobs.reports import is_anyone_working

OK = "ok"


class NotReady(Exception):
    """Why not, for the operator."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": OK})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, is migrated and a worker lives; else 503 with the reasons."""
    answers = {name: _answer(check) for name, check in CHECKS.items()}
    ready = set(answers.values()) == {OK}
    status = OK if ready else "not ready"
    return JsonResponse({"status": status, "checks": answers}, status=200 if ready else 503)


def _answer(check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as reason:
        return str(reason)
    except Error:
        return "The database does not answer. Check DATABASE_URL and that it runs."
    return OK


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    if not _is_migrated():
        _is_migrated.cache_clear()
        raise NotReady("The database lacks migrations. Run: manage.py migrate")


@cache
def _is_migrated() -> bool:
    """Once true, it stays so for this process: its code does not change."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _worker() -> None:
    if not is_anyone_working(now()):
        raise NotReady("No worker has given a sign of life for a minute. Start: manage.py work")


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "worker": _worker,
}

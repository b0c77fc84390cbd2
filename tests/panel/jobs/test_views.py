"""What a monitor is told."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from panel.jobs import views
from panel.jobs.heart import SharedClock
from panel.jobs.worker import sign_in


def test_alive_needs_no_database(stranger: Client):
    answer = stranger.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_with_database_migrations_and_worker(stranger: Client):
    sign_in(SharedClock())
    answer = stranger.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": "ok", "migrations": "ok", "worker": "ok"}


@pytest.mark.django_db
def test_not_ready_without_a_worker_and_says_what_to_do(stranger: Client):
    answer = stranger.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "not ready"
    assert "manage.py work" in answer.json()["checks"]["worker"]


@pytest.mark.django_db
def test_not_ready_while_migrations_are_missing(stranger: Client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    views._is_migrated.cache_clear()
    answer = stranger.get("/readyz")
    views._is_migrated.cache_clear()

    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"].endswith("manage.py migrate")


@pytest.mark.django_db
def test_not_ready_without_a_database_and_tells_nothing_about_it(stranger: Client, monkeypatch):
    def refuse() -> None:
        raise OperationalError("password authentication failed for user medspil")

    monkeypatch.setitem(views.CHECKS, "database", refuse)
    answer = stranger.get("/readyz")

    assert answer.status_code == 503
    assert "DATABASE_URL" in answer.json()["checks"]["database"]
    assert "password" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_monitor_only_asks(stranger: Client, path):
    assert stranger.post(path).status_code == 405

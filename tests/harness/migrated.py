"""A migrated database, made once for a set of migrations and copied for every run after that.

Running every migration of Wagtail and ours takes a quarter of a minute; a copy takes none. For
SQLite the original is kept in ``.cache``; on PostgreSQL it is a template in the harness's cluster.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from demo.ready import schema
from tests.harness.cluster import DatabaseFailed

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / ".cache" / "migrated"
MIGRATE = (sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0")
# Set by the harness: the database in its cluster that is migrated already.
TEMPLATE = "MEDSPIL_TEST_TEMPLATE"


def start_from_a_copy(database: dict[str, Any]) -> None:
    """Prepare the test database of a settings' ``DATABASES`` entry, as far as that is possible.

    Whatever has changed since is migrated on top, so a copy is never wrong, only slower.
    """
    test = database["TEST"]
    if database["ENGINE"].endswith("sqlite3"):
        if test["NAME"]:
            shutil.copyfile(original(), test["NAME"])
    elif os.environ.get(TEMPLATE):
        test["TEMPLATE"] = os.environ[TEMPLATE]


def original() -> Path:
    """The migrated SQLite file for today's migrations; of several processes, one makes it."""
    kept = KEPT / f"{schema(ROOT)[:20]}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            making = kept.with_suffix(".sqlite3-making")
            migrate(f"sqlite:///{making}")
            making.rename(kept)
    return kept


def migrate(url: str) -> None:
    """Run every migration on a database, with the tests' settings; raises DatabaseFailed."""
    environ = dict(os.environ, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="config.settings.test")
    if subprocess.run(MIGRATE, env=environ).returncode != 0:
        raise DatabaseFailed("the migrations do not run; what went wrong is above")

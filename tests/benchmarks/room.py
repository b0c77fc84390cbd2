"""A database of the benchmarks' own beside the configured one, touching nobody's rows."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings


def as_on_a_server() -> dict[str, Any]:
    """The settings that make a laptop slower than a server, as they are on a server."""
    return {
        "DEBUG": False,
        "WHITENOISE_AUTOREFRESH": False,
        "ALLOWED_HOSTS": [*settings.ALLOWED_HOSTS, "localhost"],
    }


@contextmanager
def own_database() -> Iterator[None]:
    """Make and migrate it, work in it, remove it; the queries of ``DEBUG`` are not kept, and what
    Wagtail logs of every page is not said.

    Raises ``DatabaseError`` where the server does not let us make one.
    """
    configured: Any = connection.settings_dict
    before = configured["NAME"]
    if connection.vendor == "sqlite":
        own = str(Path(before).with_name("bench.sqlite3"))
    else:
        own = f"{before}_bench"
    was_for_tests = dict(configured["TEST"])
    configured["TEST"]["NAME"] = own
    logging.disable(logging.INFO)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with override_settings(**as_on_a_server()):
            call_command("sync_roles", verbosity=0)
            yield
    finally:
        logging.disable(logging.NOTSET)
        connection.creation.destroy_test_db(before, verbosity=0)
        configured["TEST"] = was_for_tests

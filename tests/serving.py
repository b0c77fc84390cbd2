"""Our application as gunicorn serves it, on the database of this test run or benchmark."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60


def database_url() -> str:
    """The database of this test run, for another process."""
    known: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    who = known["USER"] + (f":{known['PASSWORD']}" if known["PASSWORD"] else "")
    return f"postgres://{who}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


@contextmanager
def server(application: str = "config.wsgi:application", **environ: str) -> Iterator[int]:
    """gunicorn with two processes on this run's database; the port it listens on."""
    connections.close_all()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ("-m", "gunicorn", "--workers=2", "--threads=4", "--log-level=error")
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    running = subprocess.Popen(
        [
            sys.executable,
            *words,
            f"--bind=127.0.0.1:{port}",
            application,
        ],
        env=os.environ
        | {"DATABASE_URL": database_url(), "LOG_LEVEL": "ERROR"}
        | {"DJANGO_SETTINGS_MODULE": settings}
        | environ,
        cwd=ROOT,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(30)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request("GET", "/healthz", headers={"Host": "localhost"})
                answer = line.getresponse()
                answer.read()
                if answer.status == 200:
                    return
        except OSError:
            pass
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.2)

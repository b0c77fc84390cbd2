"""A PostgreSQL of our own for as long as a ``with`` lasts: own folder, own port, then gone."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from demo.crew import die_with_parent

START_SECONDS = 60
STOP_SECONDS = 20
# It is thrown away when the machine dies in the middle. Its processes are killed in tests, and what
# was committed must outlive that: synchronous_commit stays on.
NOT_DURABLE = ("fsync=off", "full_page_writes=off")


class DatabaseFailed(Exception):
    """There is no database to test on; the message says why, with the end of a log if need be."""


@contextmanager
def cluster(binaries: Path, *, durable: bool = False) -> Iterator[str]:
    """Start one and yield a DATABASE_URL for its database ``medspil``.

    ``durable`` keeps the settings a real server has, for measuring. Raises DatabaseFailed.
    """
    folder = Path(tempfile.mkdtemp(prefix="medspil-postgres-"))
    person = unprivileged()
    if person:
        os.chown(folder, person["user"], person["group"])
    try:
        make_data(binaries, folder, person)
        port = free_port()
        server = start(binaries, folder, port, person, settings=() if durable else NOT_DURABLE)
        try:
            wait_until_it_answers(server, folder, port)
            yield f"postgres://medspil@127.0.0.1:{port}/medspil"
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged() -> dict[str, Any]:
    """As whom to run it, in subprocess's words: initdb refuses root. Nothing for anybody else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise DatabaseFailed(
        "PostgreSQL does not run as root, and there is no other user to run it as."
    )


def make_data(binaries: Path, folder: Path, person: dict[str, Any]) -> None:
    """Fill the data folder: user ``medspil`` without a password, Unicode, nothing synced."""
    words = ["--username=medspil", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    made = subprocess.run(
        [str(binaries / "initdb"), *words, f"--locale={locale()}", f"--pgdata={folder / 'data'}"],
        capture_output=True,
        text=True,
        cwd=folder,
        **person,
    )
    if made.returncode != 0:
        raise DatabaseFailed(f"initdb: {made.stdout[-500:]}{made.stderr[-500:]}")


def locale() -> str:
    """One that knows letters beyond a-z: upper and lower case of æ, ø and å depend on it."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.lower()
    return "C.UTF-8" if "c.utf" in known else "en_US.UTF-8"


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(
    binaries: Path, folder: Path, port: int, person: dict[str, Any], *, settings: tuple[str, ...]
) -> subprocess.Popen[bytes]:
    """The server itself as our child, out of reach of the terminal's Ctrl-C and ending with us."""
    settings = (
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=200",
        "shared_buffers=256MB",
        *settings,
    )
    words = [word for setting in settings for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", "-p", str(port), *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, signal.SIGINT),
            **person,
        )


def wait_until_it_answers(server: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    """Connect until that works, then make the database; raises DatabaseFailed when it does not."""
    deadline = time.monotonic() + START_SECONDS
    address = f"postgres://medspil@127.0.0.1:{port}/postgres"
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=2) as connection:
                connection.execute("CREATE DATABASE medspil")
                return
        except psycopg.OperationalError:
            time.sleep(0.1)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raise DatabaseFailed(f"PostgreSQL did not start:\n{log[-2000:]}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """At once, without writing anything down."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()

"""The least that storing comments can cost: the same rows into the same table, and nothing else."""

# ruff: noqa: S608 - our own names

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from panel.conversations.intake import counting
from tests.benchmarks.measuring import stopwatch
from tests.benchmarks.town import TABLES, clear

AT_ONCE = 10_000
INTO = "COPY conversations_comment FROM STDIN"


def load_seconds() -> float:
    """Seconds to load all comments once more by COPY or executemany; counters mended after."""
    seconds = _by_copy() if connection.vendor == "postgresql" else _by_executemany()
    counting.rebuild()
    return seconds


def _by_copy() -> float:
    """Committed in pieces: all of it at once would leave a million foreign keys to one commit,
    which takes longer than the import.
    """
    with tempfile.TemporaryFile() as kept, connection.cursor() as cursor:
        with cursor.copy("COPY (SELECT * FROM conversations_comment ORDER BY id) TO STDOUT") as out:
            for piece in out:
                kept.write(piece)
        clear(*TABLES)
        kept.seek(0)
        with stopwatch() as seconds:
            while lines := list(islice(kept, AT_ONCE)):
                with transaction.atomic(), cursor.copy(INTO) as copy:
                    copy.write(b"".join(lines))
        return seconds[0]


def _by_executemany() -> float:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_kept AS SELECT * FROM conversations_comment")
        cursor.execute("SELECT * FROM bench_kept LIMIT 0")
        marks = ", ".join(["%s"] * len(cursor.description))
        clear(*TABLES)
        with stopwatch() as seconds, transaction.atomic():
            for some in _kept():
                cursor.executemany(f"INSERT INTO conversations_comment VALUES ({marks})", some)
        cursor.execute("DROP TABLE bench_kept")
        return seconds[0]


def _kept() -> Iterator[list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bench_kept ORDER BY id")
        while some := cursor.fetchmany(AT_ONCE):
            yield some

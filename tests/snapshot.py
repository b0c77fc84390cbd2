"""Rows of the tests' database, put back in a moment.

Django brings back what a test has emptied by way of JSON and a model for every row: half a second
for a few hundred of them. What many tests begin with, such as a site with every kind of page, takes
longer still to make.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

T = TypeVar("T")
Row = tuple[Any, ...]
# Kept rows have keys that no test comes to by counting from one.
FAR = 1_000_000


@dataclass(frozen=True)
class Snapshot:
    """Every row there is, by its table and key, as the database gives and takes it."""

    rows: dict[str, dict[Any, Row]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def take(cls) -> Snapshot:
        """The database as it is."""
        taken = cls()
        with connection.cursor() as cursor:
            for table, key in _keys().items():
                cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608
                columns = [column[0] for column in cursor.description]
                # SQLite's index of words is filled by the table it is an index of.
                if key in columns:
                    place = columns.index(key)
                    taken.columns[table] = columns
                    taken.rows[table] = {row[place]: row for row in cursor.fetchall()}
        return taken

    def put_back(self, before: Snapshot | None = None) -> None:
        """Make the database this again.

        ``before`` is what it is like now, if that is known: rows that are in neither stay.
        """
        was = (before or Snapshot.take()).rows
        # Keys to other tables are looked at when all are filled.
        with transaction.atomic(), connection.cursor() as cursor:
            for table, new in self.rows.items():
                old, columns = was.get(table, {}), self.columns[table]
                gone = [(key,) for key, row in old.items() if new.get(key) != row]
                come = [row for key, row in new.items() if old.get(key) != row]
                to, key = _quoted(table), _quoted(_keys()[table])
                names = ", ".join(map(_quoted, columns))
                marks = ", ".join(["%s"] * len(columns))
                if gone:
                    cursor.executemany(f"DELETE FROM {to} WHERE {key} = %s", gone)  # noqa: S608
                if come:
                    sql = f"INSERT INTO {to} ({names}) VALUES ({marks})"  # noqa: S608
                    cursor.executemany(sql, come)


def once(make: Callable[[], T]) -> Callable[[], T]:
    """``make``, done once by a process; after that its rows are put back.

    It answers something that never changes: keys, not rows.
    """
    kept: list[tuple[Snapshot, Snapshot, T]] = []

    @wraps(make)
    def made() -> T:
        if not kept:
            before = Snapshot.take()
            _count_on_from_far()
            answer = make()
            kept.append((before, Snapshot.take(), answer))
        else:
            before, after, answer = kept[0]
            after.put_back(before)
        return answer

    return made


def _count_on_from_far() -> None:
    """PostgreSQL never gives a number twice; SQLite does, when a test has taken back its rows."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_sequence")
        counted = {name for (name,) in cursor.fetchall()}
        cursor.execute(f"UPDATE sqlite_sequence SET seq = seq + {FAR}")  # noqa: S608
        others = [(table, FAR) for table in _keys() if table not in counted]
        cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", others)


@cache
def _keys() -> dict[str, str]:
    """Every table of ours and others' models, and its primary key."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model._meta.pk.column for model in models if model._meta.managed}


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))

"""The little that PostgreSQL and SQLite say differently when many rows go in or out at once.

Table and column names come from our models, never from outside; all values are parameters.
"""

# ruff: noqa: S608

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from django.db import connection, models

Row = Sequence[Any]

_MONDAY = 345_600
_WEEK = 604_800
_WEEKS_BEFORE = 10_000
_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""The digit of a UUID that says by which rules it is made."""


def is_postgres() -> bool:
    """Whether the default database is PostgreSQL."""
    return connection.vendor == "postgresql"


def among(column: str, values: Collection[int] | Collection[str]) -> tuple[str, Any]:
    """SQL that is true where ``column`` is one of ``values``, and its one parameter for all."""
    keys = list(values)
    if not keys:
        return "%s = 1", 0
    if is_postgres():
        kind = "bigint" if isinstance(keys[0], int) else "text"
        return f"{column} = ANY(%s::{kind}[])", keys
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(keys)


def week(column: str) -> str:
    """SQL for the week since Monday 1970-01-05 (UTC) that the time in ``column`` lies in."""
    if is_postgres():
        return f"CAST(floor((date_part('epoch', {column}) - {_MONDAY}) / {_WEEK}) AS integer)"
    # Whole numbers divide towards zero, so they are kept above it.
    seconds = f"CAST(strftime('%%s', {column}) AS integer)"
    return f"(({seconds} - {_MONDAY} + {_WEEK * _WEEKS_BEFORE}) / {_WEEK} - {_WEEKS_BEFORE})"


def execute(statement: str, params: Sequence[Any] = ()) -> int:
    """Run a statement and say how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def rows(statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Every row that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def ids(statement: str, params: Sequence[Any] = ()) -> set[int]:
    """The numbers in all columns of what a statement gives, without NULL."""
    found = set(chain.from_iterable(rows(statement, params)))
    found.discard(None)
    return found


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """``count`` primary keys nobody else gets, in rising order. Needs a transaction."""
    table = model._meta.db_table
    if is_postgres():
        found = rows(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [number for (number,) in found]
    found = rows("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    last = found[0][0] if found else 0
    return range(last + 1, last + 1 + count)


def load(model: type[models.Model], columns: Sequence[str], new: Sequence[Row]) -> None:
    """Put new rows into a table by the fastest way there is. Times must be in UTC."""
    table = model._meta.db_table
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if is_postgres():
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in new:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", new)


def amend(model: type[models.Model], columns: Sequence[str], changed: Sequence[Row]) -> None:
    """Set ``columns`` of existing rows; the last value of each is its primary key."""
    if changed:
        sets = ", ".join(f"{name} = %s" for name in columns)
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s", changed)


def moments() -> Callable[[datetime | None], Any]:
    """What makes a time in UTC into what the database's driver takes; ask once for many rows."""
    return _as_it_is if is_postgres() else _as_text


def _as_it_is(value: datetime | None) -> Any:
    return value


def _as_text(value: datetime | None) -> Any:
    return None if value is None else value.replace(tzinfo=None).isoformat(" ")


def aware(value: datetime) -> datetime:
    """A time as the driver gives it, with its zone: SQLite keeps none."""
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


def public_ids(count: int) -> list[str]:
    """So many random UUIDs, as 32 digits: both drivers take them. Made at once, for speed."""
    digits = os.urandom(16 * count).hex()
    return [
        f"{digits[place : place + 12]}4{digits[place + 13 : place + 16]}"
        f"{_VARIANTS[digits[place + 16]]}{digits[place + 17 : place + 32]}"
        for place in range(0, 32 * count, 32)
    ]

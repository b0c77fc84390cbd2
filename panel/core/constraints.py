"""Rules the database keeps, in words: each is a named constraint with a message a person can
read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CheckConstraint, F, Q

Message = Any  # a string, lazily translated or not: the stubs know no name for both


def one_of(
    field: str, choices: type[Any] | Iterable[str], *, name: str, message: Message
) -> CheckConstraint:
    """``field`` holds one of ``choices`` (a TextChoices class or plain values)."""
    values = [str(value) for value in getattr(choices, "values", choices)]
    return CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=name, violation_error_message=message
    )


def both_or_neither(first: str, second: str, *, name: str, message: Message) -> CheckConstraint:
    """Two nullable fields are filled together or not at all (who and when)."""
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return CheckConstraint(condition=both | neither, name=name, violation_error_message=message)


def ordered(start: str, end: str, *, name: str, message: Message) -> CheckConstraint:
    """Where both are filled, ``start`` is before or at ``end``."""
    open_ended = Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__isnull": True})
    return CheckConstraint(
        condition=open_ended | Q(**{f"{end}__gte": F(start)}),
        name=name,
        violation_error_message=message,
    )


def at_least(field: str, least: int, *, name: str, message: Message) -> CheckConstraint:
    """``field`` is ``least`` or more, or empty."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": least}),
        name=name,
        violation_error_message=message,
    )


def filled(field: str, *, name: str, message: Message) -> CheckConstraint:
    """``field`` is not the empty string."""
    return CheckConstraint(condition=~Q(**{field: ""}), name=name, violation_error_message=message)

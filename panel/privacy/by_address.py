"""What apps above keep about people they know by an address only: no account, no comment.

Such an app says so once, when it is ready (``keeps``). It keeps beside each address the mark by
which an erased one is recognised (``core.erasures``), so that nothing has to be opened to be found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Model, QuerySet

from panel.accounts.models import User
from panel.audit.actions import By
from panel.core.erasures import mark_of_address

Forget = Callable[[Collection[str], By, datetime | None], int]


@dataclass(frozen=True, slots=True)
class Keeper:
    """``tables`` maps a model to the query path from its rows to the mark, the chief one first.

    ``forget(marks, by, until)`` erases what came with one of ``marks``, before ``until`` where that
    is given, and says how many of the chief model's rows it dealt with.
    """

    tables: Mapping[type[Model], str]
    forget: Forget

    def marks_among(self, wanted: Collection[str]) -> set[str]:
        """Those of ``wanted`` that something is kept under."""
        model, path = next(iter(self.tables.items()))
        found = model._base_manager.filter(**{f"{path}__in": wanted})
        return set(found.values_list(path, flat=True))


_keepers: list[Keeper] = []


def keeps(keeper: Keeper) -> Keeper:
    """``keeper`` is asked from now on; repeatable."""
    if keeper not in _keepers:
        _keepers.append(keeper)
    return keeper


def addresses_of(user: User) -> set[str]:
    """What ``user`` has proved to be theirs."""
    proved = EmailAddress.objects.filter(user=user, verified=True)
    return {user.email, *proved.values_list("email", flat=True)}


def rows_of(addresses: Iterable[str]) -> dict[type[Model], set[int]]:
    """The keys of all rows kept under one of ``addresses``, by model; empty sets included."""
    marks = [mark_of_address(address) for address in addresses]
    return {
        model: set(_under(model, path, marks).values_list("pk", flat=True)) if marks else set()
        for keeper in _keepers
        for model, path in keeper.tables.items()
    }


def is_known(address: str) -> bool:
    """Whether anything is kept under ``address``."""
    return any(rows_of([address]).values())


def forget(addresses: Iterable[str], *, by: By) -> int:
    """Erase what came with ``addresses``; how many rows were dealt with."""
    marks = [mark_of_address(address) for address in addresses]
    return sum(keeper.forget(marks, by, None) for keeper in _keepers)


def replay(log: Mapping[str, datetime], *, by: By) -> int:
    """Erase again, after a restore, what the backup brought back; not what came since."""
    return sum(
        keeper.forget([mark], by, log[mark])
        for keeper in _keepers
        for mark in keeper.marks_among(log.keys())
    )


def _under(model: type[Model], path: str, marks: Collection[str]) -> QuerySet[Model]:
    return model._base_manager.filter(**{f"{path}__in": marks})

"""A file's topics in, departments out."""

from __future__ import annotations

from panel.conversations.models import Department
from panel.conversations.short_names import short_name

from .fit import fit_name

MOST_NEW = 100
"""So many unknown departments one run may bring: a text taken for a topic would bring thousands."""


class Departments:
    """The departments by name and short name, case aside. An unknown one is made, and noted in
    ``made``; only noted while ``makes`` is false.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, Department] = {}
        self.made: list[str] = []
        self.makes = True

    def read(self) -> None:
        """Look again: others may have made some since the last batch."""
        self._by_name = {}
        for department in Department.objects.all():
            self._know(department)

    def short_name_of(self, topic: str) -> str | None:
        """The short name of the department meant; ``None`` for none, or beyond ``MOST_NEW``."""
        name = fit_name(topic)[:120]
        known = self._by_name.get(name.casefold())
        if known is None and name and len(self.made) < MOST_NEW:
            known = self._make(name)
        return known.slug if known else None

    def key_of(self, short_name: str) -> int:
        """The primary key of a department by what ``short_name_of`` gave."""
        return self._by_name[short_name.casefold()].pk

    def short_names(self) -> dict[int, str]:
        """Every department's short name by its primary key."""
        return {each.pk: each.slug for each in self._by_name.values()}

    def _make(self, name: str) -> Department:
        department = Department(slug=short_name(name, self._by_name), name=name)
        if self.makes:
            department.save()
        if name not in self.made:
            self.made.append(name)
        self._know(department)
        return department

    def _know(self, department: Department) -> None:
        self._by_name.setdefault(department.name.casefold(), department)
        self._by_name[department.slug.casefold()] = department

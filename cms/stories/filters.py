"""What readers can choose stories by. Only what some story has is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Option:
    """A value in the address, and its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose from. ``chosen`` is the value of one of its options, or empty for all."""

    name: str
    label: str | Promise
    everything: str | Promise
    options: tuple[Option, ...]
    chosen: str

    @property
    def words(self) -> str:
        """The words of what was chosen; none for all."""
        return next((option.label for option in self.options if option.value == self.chosen), "")


# By which field of a story, under which label, and what all of them are called.
CHOICES: Mapping[str, tuple[str, Promise, Promise]] = {
    "kind": ("kind", _("Kind"), _("All kinds")),
    "department": ("department__slug", _("Department"), _("All departments")),
    "place": ("place_id", _("Place"), _("The whole municipality")),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """The lists to choose from, those with nothing to choose left out."""

    choices: tuple[Choice, ...]

    @classmethod
    def of(cls, stories: Any, asked: Mapping[str, Any]) -> Filters:
        """What ``stories`` can be chosen by, and what was ``asked`` for. One query.

        Whatever is asked for that no story has chooses nothing.
        """
        found = _found(stories)
        return cls(
            tuple(
                Choice(
                    name,
                    label,
                    everything,
                    options := tuple(Option(*pair) for pair in found[name]),
                    _known(str(asked.get(name, "")), options),
                )
                for name, (_field, label, everything) in CHOICES.items()
                if found[name]
            )
        )

    @property
    def active(self) -> tuple[Choice, ...]:
        """Those by which something was chosen."""
        return tuple(choice for choice in self.choices if choice.chosen)

    def chosen(self, stories: Any) -> Any:
        """What is left of ``stories``."""
        return stories.filter(**{CHOICES[each.name][0]: each.chosen for each in self.active})


def _known(value: str, options: tuple[Option, ...]) -> str:
    return value if value in {option.value for option in options} else ""


def _found(stories: Any) -> dict[str, list[tuple[str, str]]]:
    """Value and words of every option, in the order they are read in."""
    rows = list(
        stories.order_by()
        .values_list(
            *("kind", "department__slug", "department__name"),
            *("place_id", "place__name", "place__order"),
        )
        .distinct()
    )
    kinds = {row[0] for row in rows}
    departments = {(name, slug) for _kind, slug, name, *_place in rows if slug}
    places = {(order, name, pk) for *_others, pk, name, order in rows if pk}
    field = stories.model._meta.get_field("kind")
    return {
        "kind": [(value, str(label)) for value, label in field.choices if value in kinds],
        "department": [(slug, name) for name, slug in sorted(departments)],
        "place": [(str(pk), name) for _order, name, pk in sorted(places)],
    }

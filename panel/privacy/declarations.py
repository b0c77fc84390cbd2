"""Every model's ``PersonalData``, wherever it is written.

A declaration speaks about the fields a class itself has: a page's own, and beside it
``wagtailcore.Page`` once for what all pages share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import Model

from panel.core.personal import PersonalData, nothing_personal
from panel.privacy.others import OTHERS, SEARCH_INDEX

SELF = "self"


@dataclass(frozen=True, slots=True)
class Declared:
    """A model with its declaration."""

    model: type[Model]
    data: PersonalData

    @property
    def label(self) -> str:
        """ "app.Model"."""
        return self.model._meta.label

    @property
    def about(self) -> type[Model] | None:
        """The model of the person a row is about; None where no row is about anybody."""
        return end_of(self.model, self.data.subject) if self.data.subject else None

    def to_person(self, lookup: str = "pk__in") -> str:
        """The query from a row to its person: "commenter__pk__in"."""
        return lookup if self.data.subject == SELF else f"{self.data.subject}__{lookup}"


def declaration_of(model: type[Model]) -> PersonalData:
    """What ``model`` keeps about people.

    Raises LookupError where nobody has said.
    """
    own: Any = model.__dict__.get("personal_data")
    if isinstance(own, PersonalData):
        return own
    if model._meta.auto_created:
        return _of_a_link(model)
    if model._meta.app_label == SEARCH_INDEX:
        return nothing_personal(*fields_of(model))
    if model._meta.label in OTHERS:
        return OTHERS[model._meta.label]
    raise LookupError(f"Nobody has said what {model._meta.label} keeps about people.")


def all_declared() -> Iterator[Declared]:
    """Every table, the ones between two models included. Raises LookupError as above."""
    for model in apps.get_models(include_auto_created=True):
        yield Declared(model, declaration_of(model))


def fields_of(model: type[Model]) -> list[str]:
    """The fields a declaration has to speak about: the class's own, relations to many included."""
    own = [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
    return [field.name for field in own]


def end_of(model: type[Model], path: str) -> type[Model]:
    """The model at the end of a query path; raises FieldDoesNotExist where it leads nowhere."""
    for step in () if path == SELF else path.split("__"):
        related: Any = model._meta.get_field(step).related_model
        model = related
    return model


def _of_a_link(model: type[Model]) -> PersonalData:
    """The table behind a many-to-many field is as personal as the field is to its owner."""
    owner: Any = model._meta.auto_created
    field = next(each for each in owner._meta.many_to_many if each.remote_field.through is model)
    data = declaration_of(owner)
    names = fields_of(model)
    words = data.personal.get(field.name)
    if words is None:
        return nothing_personal(*names)
    source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    onward = "" if data.subject == SELF else f"__{data.subject}"
    return replace(
        data,
        heading="",
        personal={target: words},
        other=tuple(name for name in names if name != target),
        subject=f"{source}{onward}" if data.subject else "",
    )

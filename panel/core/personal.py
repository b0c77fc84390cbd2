"""Where every model says what it keeps about people, and for how long.

A model that keeps nothing personal says so too; a field on neither side fails the tests (P6, P7,
P9). ``privacy`` reads these declarations to export, erase and retain, so that no rule about a table
is written away from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise

Text = str | Promise


class OnErasure(StrEnum):
    """What becomes of a row, or of its personal fields, when its person is erased."""

    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"  # only with a legal reason, given in ``why_kept``


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One model's declaration.

    ``personal`` maps field name to what it says about the person; ``other`` lists the rest.
    ``subject`` is the query path from the row to the person it is about ("user", "commenter",
    "invitation__member__user"), empty when there is none. ``retention`` says in words how long, and
    names the setting or rule. ``heading`` stands above the rows where the person reads them; the
    model's name does where there is none.
    """

    personal: Mapping[str, Text] = field(default_factory=dict)
    other: tuple[str, ...] = ()
    purpose: Text = ""
    retention: Text = ""
    subject: str = ""
    on_erasure: OnErasure = OnErasure.DELETE
    why_kept: Text = ""
    heading: Text = ""


def nothing_personal(*other: str) -> PersonalData:
    """The declaration of a model that keeps nothing about people; ``other`` are all its fields."""
    return PersonalData(other=other)


def declared(model: type[models.Model]) -> PersonalData:
    """The declaration of ``model``.

    Raises LookupError when it has none.
    """
    declaration: Any = getattr(model, "personal_data", None)
    if not isinstance(declaration, PersonalData):
        raise LookupError(f"{model._meta.label} has no personal_data declaration.")
    return declaration

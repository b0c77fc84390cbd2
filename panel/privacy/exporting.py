"""Everything the municipality has about one person, for that person (P7): read-only, a fixed number
of queries however much there is.

What belongs in it is no list kept here: every model with a path to a person says so itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Field, FileField, ManyToManyField, Model, QuerySet
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from panel.accounts.models import User
from panel.conversations.models import Commenter
from panel.core.clock import in_copenhagen, now
from panel.core.municipality import Municipality, municipality
from panel.members.models import Member
from panel.privacy import by_address
from panel.privacy.declarations import Declared, all_declared
from panel.privacy.letting_go import the_same_person
from panel.privacy.scores import Scores, scores_of

# Kept, and shown to nobody: who reads it could come in as somebody else.
SECRET = {("accounts.User", "password"), ("mfa.Authenticator", "data")}


@dataclass(frozen=True, slots=True)
class Column:
    """A personal field: its name, and what it says about the person."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """What one table keeps about the person. ``rows`` hold a value for each column."""

    label: str
    title: str
    purpose: str
    retention: str
    source: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def head(self) -> list[str]:
        """The columns in words."""
        return [column.words for column in self.columns]

    @property
    def shown(self) -> list[list[str]]:
        """The rows as a person reads them."""
        return [[in_words(value) for value in row] for row in self.rows]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The only row, a line a column; where there are more, they are better read as a table."""
        return list(zip(self.head, self.shown[0], strict=True)) if len(self.rows) == 1 else []


@dataclass(frozen=True, slots=True)
class Export:
    """The whole answer to "what do you have about me"."""

    made_at: datetime
    controller: Municipality
    sections: tuple[Section, ...]
    scores: Scores
    recipients: tuple[str, ...]

    @property
    def filled(self) -> list[Section]:
        """Where there is something."""
        return [section for section in self.sections if section.rows]

    @property
    def empty(self) -> list[Section]:
        """Where there is nothing, which is worth knowing too."""
        return [section for section in self.sections if not section.rows]

    @property
    def objecting(self) -> str:
        """The whole address of the page on objecting: the file is read away from this site."""
        return f"{settings.SITE_URL}{reverse('privacy:how_to_object')}"


def export(user: User) -> Export:
    """What is kept about ``user``, and about the comments they said are theirs."""
    claimed = Commenter.objects.filter(claim__member__user=user).select_related("channel")
    return _export({user.pk}, list(claimed), by_address.addresses_of(user))


def export_commenter(commenter: Commenter) -> Export:
    """What is kept about somebody who only comments, on every channel where they are the same."""
    same = Commenter.objects.filter(pk__in=the_same_person(commenter)).select_related("channel")
    return _export(set(), list(same))


def export_address(address: str) -> Export:
    """What is kept about somebody of whom only an address is known."""
    return _export(set(), [], {address})


def _export(
    users: set[int], commenters: list[Commenter], addresses: Collection[str] = ()
) -> Export:
    own: dict[type[Model], set[int]] = {
        User: users,
        Commenter: {person.pk for person in commenters},
        **by_address.rows_of(addresses),
    }
    return Export(
        made_at=now(),
        controller=municipality(),
        sections=tuple(_sections(own)),
        scores=scores_of(commenters),
        recipients=recipients(),
    )


def recipients() -> tuple[str, ...]:
    """Who else gets it."""
    return (
        _("Nobody outside the municipality. Nothing is sold, and no social network is told."),
        _("The mail server that brings you our e-mails gets your address and what we write."),
        _("Who runs the server for the municipality may only do what the municipality asks for."),
    )


def as_json(export: Export) -> dict[str, Any]:
    """The same as plain data, for machines: dates as ISO 8601, names as in the database."""
    return {
        "made_at": export.made_at,
        "controller": {
            "name": export.controller.name,
            "email": export.controller.email,
            "data_protection_officer": export.controller.dpo,
        },
        "recipients": list(export.recipients),
        "score": {
            "why_none": export.scores.why_none,
            "of": [each.as_json() for each in export.scores.of],
        },
        "data": [
            {
                "table": section.label,
                "title": section.title,
                "purpose": section.purpose,
                "retention": section.retention,
                "source": section.source,
                "fields": {column.name: column.words for column in section.columns},
                "rows": [_named(section, row) for row in section.rows],
            }
            for section in export.sections
        ],
    }


def in_words(value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(in_copenhagen(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, float):
        return number_format(value, 1)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _named(section: Section, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column.name: value for column, value in zip(section.columns, row, strict=True)}


def _sections(own: dict[type[Model], set[int]]) -> Iterator[Section]:
    for table in all_declared():
        about = table.model if table.model in own else table.about
        # What lies between two tables is told with the field it lies behind.
        if about is None or table.model._meta.auto_created:
            continue
        fields = [table.model._meta.get_field(name) for name in table.data.personal]
        keys = own[about]
        yield Section(
            label=table.label,
            title=str(table.data.heading) or capfirst(str(table.model._meta.verbose_name_plural)),
            purpose=str(table.data.purpose),
            retention=str(table.data.retention),
            source=_source(about),
            columns=tuple(Column(n, str(words)) for n, words in table.data.personal.items()),
            rows=tuple(_rows(table, fields, keys, own)) if keys else (),
        )


def _source(about: type[Model]) -> str:
    if about is Commenter:
        return _("Your comments, as they came from the page you wrote on.")
    return _("You told us, or it came about when you used this site.")


def _rows(
    table: Declared, fields: list[Any], keys: set[int], own: dict[type[Model], set[int]]
) -> Iterator[tuple[Any, ...]]:
    for row in _query(table, fields, keys):
        yield tuple(_value(row, field, table, own) for field in fields)


def _query(table: Declared, fields: list[Any], keys: Iterable[int]) -> QuerySet[Any]:
    lists = [field.name for field in fields if isinstance(field, ManyToManyField)]
    related = [field.name for field in fields if field.is_relation and field.name not in lists]
    to_them = table.to_person() if table.data.subject else "pk__in"
    rows = table.model._base_manager.filter(**{to_them: keys}).order_by("pk")
    return (
        rows.select_related(*related).prefetch_related(*lists)
        if related
        else (rows.prefetch_related(*lists))
    )


def _value(
    row: Any, field: Field[Any, Any], table: Declared, own: dict[type[Model], set[int]]
) -> Any:
    if (table.label, field.name) in SECRET:
        return _("Kept, but shown to nobody: it opens your account.")
    if isinstance(field, ManyToManyField):
        return [str(each) for each in getattr(row, field.name).all()]
    value = getattr(row, field.name)
    if field.is_relation:
        return _relation(value, own)
    if isinstance(field, FileField):
        return _("Kept; ask us for the file.") if value else ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return value


def _relation(value: Model | None, own: dict[type[Model], set[int]]) -> str:
    """What the row points at, by name; other people are not named."""
    if value is None:
        return ""
    if isinstance(value, Member):
        return _("you")
    keys = own.get(type(value))
    if keys is not None and value.pk not in keys:
        return _("an employee") if isinstance(value, User) else _("another citizen")
    return str(value)

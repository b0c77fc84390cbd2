"""Words for the trail, made when somebody reads it.

An app says in its module ``sentences`` what its events mean, with the keys of their detail as
gaps::

    SENTENCES = {"shortlist.made": _("chose %(people)s people for a shortlist")}

A gap that codes alone would fill badly is filled by a function of the detail instead. Every
sentence goes on after the name of who did it. Words may be mended later without touching
history; an event whose app is gone still shows what it was called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from panel.audit.models import ByKind, Event

Sentence = str | Promise | Callable[[Mapping[str, Any]], str]
Sentences = Mapping[str, Sentence]


@cache
def sentences() -> Sentences:
    """Every app's, by event. Raises ValueError when two apps claim the same one."""
    found: dict[str, Sentence] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.sentences"
        if find_spec(name) is None:
            continue
        own: Sentences = import_module(name).SENTENCES
        if taken := found.keys() & own.keys():
            raise ValueError(f"{name} claims {sorted(taken)}, which another app has named.")
        found.update(own)
    return found


def sentence(event: Event) -> str:
    """What was done, in the reader's language."""
    words = sentences().get(event.what, "")
    if callable(words):
        return words(_Detail(event.detail))
    return str(words) % _Detail(event.detail) if words else event.what


def names(events: Iterable[Event]) -> dict[int, str]:
    """Who the accounts of ``events`` are today, by id: one query. Who is gone has no name."""
    ids = {event.by_id for event in events if event.by_id is not None}
    users = get_user_model()._default_manager.filter(pk__in=ids)
    return {user.pk: str(user) for user in users}


def actor(event: Event, known: Mapping[int, str]) -> str:
    """Who did it, in words; ``known`` as ``names`` gives it."""
    if event.by_kind == ByKind.SYSTEM or event.by_id is None:
        return _("The system")
    return known.get(event.by_id) or _("A closed account (%(id)d)") % {"id": event.by_id}


def thing(event: Event) -> str:
    """On what it was done: the model's name and the row's key."""
    try:
        name = str(apps.get_model(event.on_type)._meta.verbose_name)
    except (LookupError, ValueError):
        name = event.on_type
    return f"{name} {event.on_id}"


class _Detail(dict[str, Any]):
    """A gap the event says nothing about shows as a dash, a list with commas."""

    def __missing__(self, key: str) -> str:
        return "–"

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key) if key in self else self.__missing__(key)
        return (", ".join(map(str, value)) or "–") if isinstance(value, list) else value

"""Conventions that check themselves, over every model of ours and every form of words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Field, Q
from django.utils.functional import Promise

from panel.core.clock import now
from panel.core.constraints import both_or_neither

OURS = ("panel.", "cms.")
# Moments that a person need not stand beside, and why.
SOMETIMES_NOBODY = {
    # A command starts imports too, and a command is nobody.
    "conversations.FileImport.started_at",
    # A command gives channels their keys too.
    "channels.Credential.changed_at",
}


def our_models() -> list[type[models.Model]]:
    """Every concrete model of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith(OURS)]


def own_fields(model: type[models.Model]) -> list[Field[Any, Any]]:
    """The fields the class itself has, without those of a parent's table."""
    return list(model._meta.local_concrete_fields)


def checks(model: type[models.Model]) -> list[CheckConstraint]:
    return [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]


def conditions(condition: Any) -> Iterator[tuple[str, Any]]:
    """Every (lookup, value) a condition speaks of, however deep."""
    for child in condition.children if isinstance(condition, Q) else ():
        if isinstance(child, Q):
            yield from conditions(child)
        else:
            yield child


def named(models_and_names: Iterator[tuple[type[models.Model], str]]) -> list[str]:
    return sorted(f"{model._meta.label}.{name}" for model, name in models_and_names)


def test_there_is_something_to_look_at():
    assert len(our_models()) > 20


def test_database_knows_every_choice():
    """A text field with choices has a check that lists them; languages are a setting's."""
    languages = {code for code, _name in settings.LANGUAGES}

    def missing() -> Iterator[tuple[type[models.Model], str]]:
        for model in our_models():
            for field in own_fields(model):
                if not isinstance(field, models.CharField) or not field.choices:
                    continue
                allowed = {str(value) for value, _label in field.flatchoices} - {""}
                if allowed != languages and allowed not in listed(model, field.name):
                    yield model, field.name

    assert named(missing()) == []


def listed(model: type[models.Model], field: str) -> list[set[str]]:
    """The sets of values that checks allow ``field``, without the empty one."""
    return [
        {str(each) for each in value} - {""}
        for check in checks(model)
        for name, value in conditions(check.condition)
        if name == f"{field}__in"
    ]


def test_who_and_when_are_filled_together():
    """Where ``x_at`` and ``x_by`` stand side by side, the database wants both or neither."""

    def loose() -> Iterator[tuple[type[models.Model], str]]:
        for model in our_models():
            names = {field.name: field for field in own_fields(model)}
            for name, when in names.items():
                who = names.get(f"{name.removesuffix('_at')}_by")
                if not name.endswith("_at") or who is None:
                    continue
                if not when.null and not who.null:
                    continue
                if not any(_ties(check, name, who.name) for check in checks(model)):
                    yield model, name

    assert set(named(loose())) == SOMETIMES_NOBODY


def _ties(check: CheckConstraint, first: str, second: str) -> bool:
    """Whether ``check`` speaks of both empty and both filled, as ``both_or_neither`` does."""
    said = {(name, value) for name, value in conditions(check.condition) if "__isnull" in name}
    return {
        (f"{name}__isnull", empty) for name in (first, second) for empty in (True, False)
    } <= said


def test_both_or_neither_is_recognised():
    check = both_or_neither("a_at", "a_by", name="x", message="y")
    assert _ties(check, "a_at", "a_by")
    assert not _ties(check, "a_at", "b_by")


def test_every_constraint_has_a_name_of_its_own_and_words():
    """A person reads why the database refused; a log says which rule it was."""
    names: list[str] = []
    wordless: list[str] = []
    for model in our_models():
        for each in model._meta.constraints:
            names.append(each.name)
            words = each.violation_error_message
            if not isinstance(words, Promise) or words == each.default_violation_error_message:
                wordless.append(f"{model._meta.label}: {each.name}")

    assert wordless == []
    assert len(names) == len(set(names))


def test_periods_are_ordered():
    """Where a row has a beginning and an end, the database wants them in that order."""
    pairs = (("valid_from", "valid_until"), ("starts_at", "ends_at"), ("started_at", "finished_at"))

    def loose() -> Iterator[tuple[type[models.Model], str]]:
        for model in our_models():
            names = {field.name for field in own_fields(model)}
            for start, end in pairs:
                spoken = {
                    name.partition("__")[0]
                    for check in checks(model)
                    for name, _value in conditions(check.condition)
                }
                if {start, end} <= names and not {end} <= spoken:
                    yield model, f"{start}, {end}"

    assert named(loose()) == []


def test_nobody_keeps_a_time_without_a_zone():
    assert settings.USE_TZ
    assert now().tzinfo is not None


def test_every_unique_rule_is_a_constraint():
    """``unique_together`` has neither a name nor words."""
    assert [model._meta.label for model in our_models() if model._meta.unique_together] == []


@pytest.mark.parametrize("wing", ["panel", "cms", "config", "demo"])
def test_sentences_are_whole_literals(wing: str):
    """What gettext cannot read in the source, nobody can translate: no f-strings, no sums."""
    broken = []
    for path in sorted(Path(settings.BASE_DIR, wing).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_gettext(node.func) and node.args:
                first = node.args[0]
                if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                    broken.append(f"{path}:{node.lineno}")
    assert broken == []


def _is_gettext(function: ast.expr) -> bool:
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in ("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy")

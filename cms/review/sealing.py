"""What a second person says yes to, as data and as one hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.fields import StreamField
from wagtail.images import get_image_model

Contents = dict[str, Any]


def contents(page: Any) -> Contents:
    """Everything a reader sees of ``page``, whoever holds it: a row, a version or a form.

    Field by field as the page's class lists in ``sealed_fields`` and ``sealed_children``; and the
    files of all its pictures, for a picture's file is seen too. One query, for the pictures.
    """
    fields = [page._meta.get_field(name) for name in page.sealed_fields]
    found: Contents = {field.name: _plain(field, page) for field in fields}
    for children in page.sealed_children:
        found[children] = [_child(row) for row in getattr(page, children).all()]
    found["pictures"] = _files(page, fields)
    # As a database gives it back, so that what is stored compares with what is at hand.
    return dict(json.loads(json.dumps(found, cls=DjangoJSONEncoder)))


def digest(value: Any) -> str:
    """SHA-256 over ``value`` written in the one way JSON can be written."""
    written = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def seal(what: Contents, plan: list[Any]) -> str:
    """The hash of what goes out, where and when."""
    return digest({"contents": what, "plan": plan})


def _child(row: Any) -> dict[str, Any]:
    """A related row's fields, without those that are as they were before there was a choice
    (``sealed_as_before``): what was approved then is still sealed as it was.
    """
    before = getattr(row, "sealed_as_before", {})
    values = {name: _plain(row._meta.get_field(name), row) for name in row.sealed_fields}
    return {
        name: value for name, value in values.items() if name not in before or value != before[name]
    }


def _plain(field: Any, row: Any) -> Any:
    value = field.value_from_object(row)
    if isinstance(field, StreamField):
        # Each block written anew: one never looked at keeps the spelling it came in.
        return _without_names([child.get_prep_value() for child in value])
    return value


def _without_names(value: Any) -> Any:
    """Blocks without the ids the editor knows them by: no reader sees one, and a block that came
    in without one gets another each time it is loaded.
    """
    if isinstance(value, list):
        return [_without_names(each) for each in value]
    if not isinstance(value, dict):
        return value
    is_block = value.keys() == {"type", "value", "id"}
    return {
        key: _without_names(each) for key, each in value.items() if not (is_block and key == "id")
    }


def _files(page: Any, fields: list[models.Field[Any, Any]]) -> list[list[Any]]:
    """Every picture on the page with its file's name, which no other content ever has."""
    library: Any = get_image_model()
    wanted = set()
    for field in fields:
        if isinstance(field, StreamField):
            stream = field.value_from_object(page)
            wanted |= {
                int(key)
                for kind, key, _path, _where in stream.stream_block.extract_references(stream)
                if issubclass(kind, library)
            }
        elif field.related_model is library and field.value_from_object(page):
            wanted.add(field.value_from_object(page))
    rows = library.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "file")
    return [list(row) for row in rows]

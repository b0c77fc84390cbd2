"""Taking a person's words out of what failing jobs wrote down: an error may quote what it choked
on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db.models import JSONField, Model, Q, TextField
from django.db.models.functions import Cast
from django_tasks_db.models import DBTaskResult

from panel.conversations.models import FileImport
from panel.jobs.models import DeadLetter

# A shorter word is found in everybody's.
SHORTEST = 4
GONE = "[erased]"

# Where free text may lie that no declaration can tie to somebody.
PLACES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (DBTaskResult, ("traceback", "args_kwargs", "return_value")),
    (DeadLetter, ("error", "trace", "reason", "arguments")),
    (FileImport, ("failure",)),
)


def redact(words: Iterable[str]) -> int:
    """Put ``GONE`` where one of ``words`` stands in those places; how many rows were mended."""
    wanted = sorted({word for word in words if len(word) >= SHORTEST}, key=len, reverse=True)
    if not wanted:
        return 0
    return sum(_redact(model, fields, wanted) for model, fields in PLACES)


def _redact(model: type[Model], fields: tuple[str, ...], words: list[str]) -> int:
    found = Q()
    for field in fields:
        for word in words:
            found |= Q(**{f"{field}_as_text__icontains": word})
            # As JSON a letter may be written as an escape.
            found |= Q(**{f"{field}_as_text__icontains": json.dumps(word)[1:-1]})
    as_text = {f"{field}_as_text": Cast(field, TextField()) for field in fields}
    rows = list(model._base_manager.annotate(**as_text).filter(found))
    for row in rows:
        for field in fields:
            setattr(row, field, _without(getattr(row, field), model, field, words))
        row.save(update_fields=fields)
    return len(rows)


def _without(value: object, model: type[Model], field: str, words: list[str]) -> object:
    is_json = isinstance(model._meta.get_field(field), JSONField)
    text = json.dumps(value, ensure_ascii=False) if is_json else str(value)
    for word in words:
        text = text.replace(json.dumps(word, ensure_ascii=False)[1:-1] if is_json else word, GONE)
    return json.loads(text) if is_json else text

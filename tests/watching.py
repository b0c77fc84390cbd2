"""Every log line of the whole test run is read: no secret stands in one, and nobody's words.

After each test the new ones (``loglines``) are held against the run's keys, and against everything
personal that the test's database knows; ``personal_data`` says what that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models
from django.dispatch import receiver
from django.test.signals import setting_changed

from panel.conversations.models import Commenter
from panel.core.crypto import EncryptedTextField
from panel.core.personal import declared

# Shorter words ("Ja tak") may stand in a log line for another reason.
SHORTEST: Final = 8
# No test makes more than this of one kind and looks at what is logged about each.
MOST: Final = 2_000
# How keys look, those of the tests as those of a network, and words that tests hide in what they
# send.
CANARIES: Final = re.compile(r"\bEAA\w{5,}|\b[Kk]anarie\w*|\bfake-app-secret")
NETWORKS: Final = ("FACEBOOK_APP_SECRET", "FACEBOOK_VERIFY_TOKEN")
# Names of the town, which stand in its stories too.
NOBODYS: Final = frozenset({"stories.StoryIdea.place"})

_given: set[str] = set()


def told(lines: list[str], words: Iterator[tuple[str, str]]) -> list[str]:
    """What ``lines`` tell that they must not: whose word it is, and the line it stands in."""
    text = "\n".join(lines)
    found = {("a key or a canary", each) for each in CANARIES.findall(text)}
    found |= {(name, word) for name, word in words if word in text}
    where = ((name, next(line for line in lines if word in line)) for name, word in found)
    return sorted(f"{name}: {line}" for name, line in where)


def secrets() -> Iterator[tuple[str, str]]:
    """The keys this run works with, and those that tests have given it."""
    yield "SECRET_KEY", settings.SECRET_KEY
    yield from (("FIELD_KEYS", str(key)) for key in settings.FIELD_KEYS)
    yield from (("an app’s secret", word) for word in sorted(_given))


@receiver(setting_changed)
def _given_for_a_test(*, setting: str, value: object, **_kwargs: object) -> None:
    if setting in NETWORKS and isinstance(value, str) and len(value) >= SHORTEST:
        _given.add(value)


def personal() -> Iterator[tuple[str, str]]:
    """Every word in the database that is about somebody, and every key that is kept there."""
    for model in apps.get_models():
        for each in model._meta.concrete_fields:
            if _is_told(model, each):
                rows = model._default_manager.order_by()
                if model is Commenter:
                    rows = rows.filter(is_page=False)
                found = rows.values_list(each.name, flat=True)
                for line in "\n".join(map(str, found[:MOST])).splitlines():
                    if len(line.strip()) >= SHORTEST:
                        yield f"{model._meta.label}.{each.name}", line.strip()


def _is_told(model: type[models.Model], each: models.Field[Any, Any]) -> bool:
    """Whether it holds words about somebody, or a key."""
    try:
        about = declared(model).personal
    except LookupError:
        about = {}
    is_text = isinstance(each, (models.CharField, models.TextField)) and not each.choices
    is_somebodys = each.name in about and f"{model._meta.label}.{each.name}" not in NOBODYS
    return isinstance(each, EncryptedTextField) or (is_text and is_somebodys)

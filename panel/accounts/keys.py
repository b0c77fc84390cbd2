"""Moving every secret at rest to the newest of ``FIELD_KEYS``, so that an old key can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from panel.core.crypto import EncryptedTextField, rotate

# What allauth's adapter encrypts inside an authenticator's JSON.
SECRETS = ("secret", "seed")


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many values now lie under the newest key, by "app.Model.field"."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def rotate_everything() -> Rotated:
    """Re-encrypt every ``EncryptedTextField`` and every authenticator, a row a transaction.

    Safe to stop and to repeat. Sessions are left alone: those under a key that is gone end. Raises
    ValueError naming the row when no key opens a value: a key was taken away too early.
    """
    counts = {
        f"{model._meta.label}.{field.name}": _rotate_field(model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    counts["mfa.Authenticator.data"] = _rotate_authenticators()
    return Rotated(counts)


def _rotate_field(model: type[models.Model], field: EncryptedTextField) -> int:
    """Saving what was read writes it under the newest key."""
    rows = model._base_manager.exclude(**{f"{field.name}": ""}).exclude(
        **{f"{field.name}__isnull": True}
    )
    count = 0
    for pk in rows.values_list("pk", flat=True).iterator(chunk_size=500):
        with transaction.atomic():
            row = model._base_manager.select_for_update().filter(pk=pk)
            for secret in row.values_list(field.name, flat=True):
                row.update(**{field.name: secret})
                count += 1
    return count


def _rotate_authenticators() -> int:
    count = 0
    for pk in Authenticator.objects.values_list("pk", flat=True).iterator(chunk_size=500):
        with transaction.atomic():
            for each in Authenticator.objects.select_for_update().filter(pk=pk):
                each.data, found = _rotated(each)
                each.save(update_fields=["data"])
                count += found
    return count


def _rotated(authenticator: Authenticator) -> tuple[dict[str, Any], int]:
    data = dict(authenticator.data)
    names = [name for name in SECRETS if name in data]
    try:
        data.update({name: rotate(data[name]) for name in names})
    except ValueError as error:
        raise ValueError(f"Authenticator {authenticator.pk}: {error}") from error
    return data, len(names)

"""How a department is called in addresses and files."""

from __future__ import annotations

from collections.abc import Container

from django.utils.text import slugify

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def short_name(name: str, taken: Container[str]) -> str:
    """A short name for ``name`` that is not among those ``taken`` (in small letters)."""
    slug = base = slugify(name.translate(_DANISH))[:70] or "emne"
    number = 1
    while slug.casefold() in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug

"""Denmark's holidays by name, from the ``holidays`` library.

Easter moves them; laws do, too: Store Bededag is none any more since 2024 (lov nr. 214 af
06/03/2023). The library knows both, so nothing is reckoned here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

import holidays
from django.utils.translation import get_language

_LANGUAGES: Final[Mapping[str, str]] = {"da": "da", "en": "en_US"}
# Besides public holidays: days on which town halls are closed, such as Christmas Eve.
_ALL: Final = ("public", "optional")


def name(day: date) -> str:
    """What ``day`` is called in the reader's language; empty when it is a day like others."""
    language = _LANGUAGES.get((get_language() or "da")[:2], "da")
    return _year(day.year, language).get(day, "")


def is_public(day: date) -> bool:
    """Whether ``day`` is a public holiday."""
    return day in _public(day.year)


@cache
def _year(year: int, language: str) -> Mapping[date, str]:
    found = holidays.country_holidays("DK", years=year, categories=_ALL, language=language)
    return dict(found.items())


@cache
def _public(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year))

"""Times as people and programs write them, to UTC.

A time without a zone is what the clock in Denmark showed. The hour that is skipped in spring is
refused; of the hour that comes twice in autumn the first is taken, as it is the one meant by
everybody who has not said otherwise.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from panel.core.clock import COPENHAGEN

from .faults import Refused, shown

YEARS = range(2000, 2100)
"""No network is older. Anything outside comes from a broken export, such as 1 January 1970."""

_LONGEST = 64
_EXCEL_START = datetime(1899, 12, 30)  # noqa: DTZ001  Excel counts days of the wall clock.
_NAMES = (
    ("januar", "january", "jan"),
    ("februar", "february", "feb"),
    ("marts", "march", "mar"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names}

_CLOCK = r"""
    (?:
        [\s,t]* (?:kl\.?\s*)? (?P<hour>\d{1,2}) [.:] (?P<minute>\d\d)
        (?: [.:] (?P<second>\d\d) (?:[.,]\d+)? )?
    )?
"""
_DAY_FIRST = re.compile(
    r"""
    (?: (?:man|tirs|ons|tors|fre|lør|søn) (?:dag)? [.,]* \s+ )?
    (?: d (?:en)? [.\s]+ )?
    (?P<day>\d{1,2}) [.\s/-]+ (?P<month>\d{1,2}|[a-z]+) [.\s/-]+ (?P<year>\d{4}|\d\d)
    """
    + _CLOCK,
    re.VERBOSE | re.ASCII,
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4}) [./-] (?P<month>\d{1,2}) [./-] (?P<day>\d{1,2})" + _CLOCK,
    re.VERBOSE | re.ASCII,
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d.*|\d{8}(t.*)?", re.ASCII)
_BEFORE_ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$|z$)", re.ASCII)
_NUMBER = re.compile(r"\d{5}([.,]\d+)?|\d{9,10}|\d{13}", re.ASCII)


def moment(cell: str, field: str, *, month_first: bool = False) -> datetime:
    """The time in a cell, in UTC. Raises ``Refused``.

    ISO 8601 with or without a zone, Danish dates with or without a clock, Unix time in seconds or
    milliseconds, and Excel's count of days. ``month_first`` reads 12/24/2025 as Americans do.
    """
    if cell[4:5] == "-" and cell[10:11] in ("T", " "):
        try:
            return in_utc(datetime.fromisoformat(cell), cell, field)
        except ValueError:
            pass
    return _slowly(cell, field, month_first=month_first)


def in_utc(time: datetime, cell: str, field: str) -> datetime:
    """``time`` in UTC, taken as Danish wall time when it has no zone. ``cell`` is shown when it is
    refused.
    """
    if time.year not in YEARS:
        raise Refused("time_implausible", field, value=shown(cell))
    if time.tzinfo is UTC:
        return time
    if time.tzinfo is not None:
        return time.astimezone(UTC)
    utc = time.replace(tzinfo=COPENHAGEN, fold=0).astimezone(UTC)
    if utc.astimezone(COPENHAGEN).replace(tzinfo=None) != time:
        raise Refused("time_skipped", field, value=shown(cell))
    return utc


def from_timestamp(seconds: float, field: str) -> datetime:
    """Unix time to UTC."""
    try:
        return in_utc(datetime.fromtimestamp(seconds, UTC), str(seconds), field)
    except (OverflowError, ValueError, OSError):
        raise Refused("time_implausible", field, value=shown(str(seconds))) from None


def _slowly(cell: str, field: str, *, month_first: bool) -> datetime:
    text = " ".join(cell.strip().casefold().split())
    if not text:
        raise Refused("empty", field)
    if len(text) > _LONGEST:
        raise Refused("time_unreadable", field, value=shown(text))
    if _NUMBER.fullmatch(text):
        return _from_number(text, field)
    if _ISO.fullmatch(text):
        try:
            return in_utc(datetime.fromisoformat(_tidied(text)), text, field)
        except ValueError:
            pass
    return in_utc(_in_parts(text, field, month_first=month_first), text, field)


def _tidied(iso: str) -> str:
    """ISO 8601 as the standard library takes it: ``UTC`` is ``Z``, no blank before the zone."""
    return _BEFORE_ZONE.sub(
        "", iso.removesuffix("utc").strip() + ("z" if iso.endswith("utc") else "")
    ).upper()


def _from_number(text: str, field: str) -> datetime:
    if len(text) == 13 and text.isdigit():
        return from_timestamp(int(text) / 1000, field)
    if text.isdigit() and len(text) > 5:
        return from_timestamp(int(text), field)
    days = float(text.replace(",", "."))
    return in_utc(_EXCEL_START + timedelta(seconds=round(days * 86400)), text, field)


def _in_parts(text: str, field: str, *, month_first: bool) -> datetime:
    found = _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if found is None:
        raise Refused("time_unreadable", field, value=shown(text))
    year, day, month = found["year"], found["day"], found["month"]
    if len(year) == 2:
        raise Refused("time_short_year", field, value=shown(text))
    if month_first and found.re is _DAY_FIRST and month.isdigit():
        day, month = month, day
    number = _month(month, int(day), text, field, month_first=month_first)
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    try:
        return datetime(int(year), number, int(day), hour, minute, second)  # noqa: DTZ001  Wall time; the caller adds the zone.
    except ValueError:
        raise Refused("time_impossible", field, value=shown(text)) from None


def _month(text: str, day: int, whole: str, field: str, *, month_first: bool) -> int:
    number = _MONTHS.get(text, 0) if not text.isdigit() else int(text)
    if 1 <= number <= 12:
        return number
    if text.isdigit() and day <= 12 and not month_first:
        raise Refused("time_month_first", field, value=shown(whole))
    raise Refused(
        "time_unreadable" if not text.isdigit() else "time_impossible", field, value=shown(whole)
    )

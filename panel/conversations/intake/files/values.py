"""Cells of text to values: ids, counts, yes and no, addresses. Each raises ``Refused`` with its
field's name.
"""

from __future__ import annotations

import re

from .faults import Refused, shown
from .lines import REPLACEMENT

ID_MOST = 255
NAME_MOST = 255
TOPIC_MOST = 120
ADDRESS_MOST = 1000
TEXT_MOST = 100_000
COUNT_MOST = 2_147_483_647
"""What the database's columns hold; the text's limit is a decision: no network allows a tenth of
it.
"""

EXACT_DIGITS = 15
"""Excel keeps so many digits of a number and writes zeros for the others."""

_PLAIN_ID = re.compile(r"[0-9A-Za-z_:-]{1,255}", re.ASCII)
is_plain_id = _PLAIN_ID.fullmatch
"""Whether an id is surely whole: the quick answer for nearly all of them."""

_DAMAGED_ID = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE | re.ASCII)
_WHOLE = re.compile(r"\d{1,10}([.,]0+)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}([.,'’\u00a0\u202f ]\d{3})+", re.ASCII)
_NOT_DIGIT = re.compile(r"\D", re.ASCII)
_PLAIN_ADDRESS = re.compile(r"https?://[!-~]{1,900}", re.ASCII)
_ADDRESS = re.compile(rf"https?://[^\s{REPLACEMENT}\x00-\x1f\x7f]+", re.IGNORECASE)
_FLAGS = dict.fromkeys(("0", "nej", "n", "no", "false", "falsk"), False) | dict.fromkeys(
    ("1", "ja", "j", "yes", "y", "true", "sand", "x"), True
)


def identifier(cell: str, field: str) -> str:
    """An id as the network writes it, "" for an empty cell.

    Excel's ``="123"`` and ``'123`` are unwrapped. A number that Excel has rounded (1,23457E+17) is
    refused: two people must not become one.
    """
    if is_plain_id(cell):
        return cell
    text = cell.strip().strip("\ufeff")
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1]
    if text.startswith("'"):
        text = text[1:]
    if _DAMAGED_ID.fullmatch(text):
        raise Refused("id_damaged", field, value=shown(text))
    if REPLACEMENT in text or not text.isprintable():
        raise Refused("id_unreadable", field)
    return limited(text, ID_MOST, field)


def is_overlong_number(text: str) -> bool:
    """Whether ``text`` is a number with more digits than Excel keeps."""
    return len(text) > EXACT_DIGITS and text.isascii() and text.isdigit()


def is_rounded(text: str) -> bool:
    """Whether ``text`` looks as Excel leaves a long number: zeros behind the fifteenth digit."""
    return is_overlong_number(text) and not text[EXACT_DIGITS:].strip("0")


def limited(text: str, most: int, field: str) -> str:
    """``text``, unless it is longer than ``most`` characters."""
    if len(text) > most:
        raise Refused("too_long", field, length=len(text), most=most)
    return text


def filled(cell: str, field: str) -> str:
    """``cell``, unless there is nothing in it."""
    if not cell or cell.isspace():
        raise Refused("empty", field)
    return cell


def written(cell: str, field: str) -> str:
    """What somebody wrote, as it is; only the ends of lines are made one kind."""
    if len(cell) > TEXT_MOST:
        raise Refused("too_long", field, length=len(cell), most=TEXT_MOST)
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def count(cell: str, field: str) -> int | None:
    """A whole number, None for an empty cell. ``1.234`` and ``1,234`` are both one thousand and
    some.
    """
    if cell.isascii() and cell.isdigit() and len(cell) < 10:
        return int(cell)
    text = cell.strip()
    if not text:
        return None
    if _GROUPED.fullmatch(text):
        number = int(_NOT_DIGIT.sub("", text))
    elif _WHOLE.fullmatch(text):
        number = int(re.split("[.,]", text)[0])
    else:
        raise Refused("count_unreadable", field, value=shown(text))
    if number > COUNT_MOST:
        raise Refused("count_unreadable", field, value=shown(text))
    return number


def flag(cell: str, field: str) -> bool | None:
    """Yes or no in Danish, English or digits; None for an empty cell."""
    text = cell.strip().casefold()
    if not text:
        return None
    try:
        return _FLAGS[text]
    except KeyError:
        raise Refused("flag_unreadable", field, value=shown(text)) from None


def web_address(cell: str, field: str) -> str:
    """A web address or "". Only http and https: it becomes a link on a staff screen."""
    if not cell or _PLAIN_ADDRESS.fullmatch(cell):
        return cell
    text = limited(cell.strip(), ADDRESS_MOST, field)
    if text and not _ADDRESS.fullmatch(text):
        raise Refused("address_unreadable", field)
    return text

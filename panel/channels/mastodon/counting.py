"""How long a text is, as Mastodon counts it: pure, for whoever shows a text before it goes out.

A link counts 23 characters however long it is, of ``@name@server`` only ``@name`` counts, and the
rest is counted in what a reader sees as one character (grapheme clusters).

Python's own library knows no clusters and no package we depend on does, so the rules of Unicode's
Annex 29 that matter here are spelled out from ``unicodedata``: signs that hang on the one before,
families and other emoji held together by joiners, skin colours, flags, and Korean syllables. What
is an emoji is told by its category, and signs that hang on the *next* one, which a few scripts
have, count by themselves: there we may be one off. What is a link is the server's to say too: we
take http and https before a name with a dot in it. The server has the last word, and says no where
we are wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

USUAL_LIMIT: Final = 500
LINK_COUNTS: Final = 23

_LINK: Final = re.compile(r"(?<![\w@/])https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_MENTION: Final = re.compile(r"(?<![=/\w])(@\w+(?:[.-]+\w+)*)@\w+(?:[.-]+\w+)*", re.ASCII)
_ENDS: Final = frozenset(".,;:!?'’…*_~")
_JOINER: Final = "\u200d"
_HANGS: Final = frozenset({"Mn", "Me", "Mc"})
_SYMBOLS: Final = frozenset({"So", "Sm"})


def length(text: str) -> int:
    """The number Mastodon holds against its limit."""
    short = links_replaced(text, lambda _link: "x" * LINK_COUNTS)
    return clusters(without_servers(short))


def links_replaced(text: str, by: Callable[[str], str]) -> str:
    """``text`` with every link as ``by`` has it; what ends a sentence is no part of a link."""
    return _LINK.sub(lambda found: _replaced(found[0], by), text)


def _replaced(found: str, by: Callable[[str], str]) -> str:
    link = _without_end(found)
    host = link.partition("://")[2].partition("/")[0]
    return (by(link) if "." in host else link) + found[len(link) :]


def _without_end(link: str) -> str:
    """A link without the signs of the sentence it stands in; its own brackets stay."""
    while link[-1] in _ENDS or (link[-1] in ")]" and _is_unopened(link)):
        link = link[:-1]
    return link


def _is_unopened(link: str) -> bool:
    last = link[-1]
    return link.count("(" if last == ")" else "[") < link.count(last)


def without_servers(text: str) -> str:
    """``text`` with mentions as they are shown: by their name alone."""
    return _MENTION.sub(r"\1", text)


def clusters(text: str) -> int:
    """How many characters a reader sees."""
    count, flags, before = 0, 0, ""
    for index, sign in enumerate(text):
        flags = flags + 1 if _is_flag_half(sign) else 0
        is_second_half = flags > 0 and flags % 2 == 0
        if not before or not (is_second_half or _belongs(text, index)):
            count += 1
        before = sign
    return count


def _belongs(text: str, index: int) -> bool:
    """Whether the sign at ``index`` is one character with what stands before it."""
    before, sign = text[index - 1], text[index]
    if before == "\r" and sign == "\n":
        return True
    if unicodedata.category(before) == "Cc":
        return False
    if _hangs(sign):
        return True
    if before == _JOINER:
        return _is_picture(sign) and _is_picture(_base(text, index - 1))
    return _is_syllable(before, sign)


def _hangs(sign: str) -> bool:
    is_tag = 0xE0020 <= ord(sign) <= 0xE007F
    is_skin = 0x1F3FB <= ord(sign) <= 0x1F3FF
    is_joiner = sign in (_JOINER, "\u200c")
    return is_joiner or is_tag or is_skin or unicodedata.category(sign) in _HANGS


def _base(text: str, index: int) -> str:
    """The sign that the ones before ``index`` hang on."""
    while index > 0 and _hangs(text[index]):
        index -= 1
    return text[index]


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in _SYMBOLS or 0x1F000 <= ord(sign) <= 0x1FAFF


def _is_flag_half(sign: str) -> bool:
    return 0x1F1E6 <= ord(sign) <= 0x1F1FF


def _is_syllable(before: str, sign: str) -> bool:
    """Korean letters that stand in one block: lead, then vowel, then tail."""
    first, second = _korean(before), _korean(sign)
    follow = {"L": "LVBC", "V": "VT", "B": "VT", "T": "T", "C": "T"}
    return bool(second) and second in follow.get(first, "")


def _korean(sign: str) -> str:
    """Lead, vowel, tail, or a block with (C) or without (B) a tail; empty for all else."""
    code = ord(sign)
    if 0xAC00 <= code <= 0xD7A3:
        return "B" if (code - 0xAC00) % 28 == 0 else "C"
    ranges = {
        "L": ((0x1100, 0x115F), (0xA960, 0xA97C)),
        "V": ((0x1160, 0x11A7), (0xD7B0, 0xD7C6)),
        "T": ((0x11A8, 0x11FF), (0xD7CB, 0xD7FB)),
    }
    return next(
        (name for name, spans in ranges.items() if any(a <= code <= b for a, b in spans)), ""
    )

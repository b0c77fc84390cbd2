"""What intake remembers of a text beside the text: a mark for copies, if it says anything."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_TAG = re.compile(r"@\[[^\]\n]*\]|@\S+")
# Emoji that Unicode sorts among letters and digits: key caps and the information sign.
_LETTERLIKE = re.compile("[0-9#*]\ufe0f?\u20e3|\u2139")
_SAYING = re.compile(r"[^\W_]")


def text_mark(text: str) -> int:
    """64 signed bits that are the same for copies of a text: case, spacing and width do not count.

    0 when there is no text.
    """
    folded = " ".join(text.casefold().split())
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", folded)
    if not folded:
        return 0
    digest = blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def is_bare(text: str) -> bool:
    """Nothing but tags (@somebody), emoji, punctuation and space: no word and no number.

    A name without an @ cannot be told from words, so it is taken for words.
    """
    if "@" in text:
        text = _TAG.sub(" ", text)
    found = _SAYING.search(text)
    if found is None:
        return True
    return not text.isascii() and _SAYING.search(_LETTERLIKE.sub(" ", text)) is None

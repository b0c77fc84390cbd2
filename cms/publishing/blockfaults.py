"""What the blocks of a story refuse, as sentences.

The editor's form puts such words beside each block. Here they are read far from the block, so each
says where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def faults(stream: Any) -> list[str]:
    """Every fault in ``stream``, checked as for publishing, not as a draft."""
    try:
        stream.stream_block.clean(stream)
    except ValidationError as refusal:
        return list(_of_stream(stream, refusal))
    return []


def _of_stream(stream: Any, refusal: ValidationError) -> Iterator[str]:
    yield from _plain(refusal)
    for position, fault in sorted(getattr(refusal, "block_errors", {}).items()):
        where = {"number": position + 1, "block": stream[position].block.label}
        for words in _leaves(fault):
            yield _("Block %(number)d, %(block)s: %(words)s") % {**where, "words": words}


def _leaves(fault: Any) -> Iterator[str]:
    """The words at the ends of a tree of faults, each once."""
    inside = getattr(fault, "block_errors", None)
    if inside is None and not hasattr(fault, "non_block_errors"):
        yield from (str(words) for words in fault.messages)
        return
    yield from _plain(fault)
    for child in (inside or {}).values():
        yield from _leaves(child)


def _plain(fault: Any) -> Iterator[str]:
    for group in getattr(fault, "non_block_errors", ()):
        yield str(group)

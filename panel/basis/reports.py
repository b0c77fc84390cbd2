"""Questions that everything above has to ask first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from panel.basis import gate
from panel.basis.keys import same_key
from panel.basis.models import ControllerRecord, Objection

WARN_DAYS = 30
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the basis today: the record in force, or in words why there is none.

    ``days_left`` counts the days after today on which it still holds.
    """

    record: ControllerRecord | None
    days_left: int = 0
    why_closed: str = ""

    @property
    def is_ending(self) -> bool:
        """In force, and to be renewed soon."""
        return self.record is not None and self.days_left < WARN_DAYS


def standing() -> Standing:
    """How it stands today; a record already written for the time after counts as renewal."""
    record = gate.in_force()
    if record is None:
        return Standing(None, why_closed=gate.why_closed())
    last = record
    while following := ControllerRecord.objects.continuing(last):
        last = following
    return Standing(record, days_left=(last.valid_until - gate.today()).days)


def objected(hashes: Iterable[str]) -> set[str]:
    """Those of ``hashes`` that stand for somebody who objected.

    Raises WrongKey rather than recognise nobody.
    """
    same_key()
    found: set[str] = set()
    rest = iter(hashes)
    while some := list(islice(rest, _AT_ONCE)):
        known = Objection.objects.filter(subject_hash__in=some)
        found.update(known.values_list("subject_hash", flat=True))
    return found

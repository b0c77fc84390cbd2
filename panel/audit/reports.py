"""Reading the trail: is it whole?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from panel.audit.models import Event, Head

Noted = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain breaks: changed, replaced, removed, inserted or rewritten."""

    sequence: int
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reading of the trail found. ``head`` is "number:seal", worth noting elsewhere."""

    events: int
    first: int
    head: str
    faults: tuple[Fault, ...]


def verify(noted: Noted | None = None) -> Verdict:
    """Read the trail from its beginning and name every changed, removed or inserted event.

    ``noted`` is a (number, seal) written down earlier, outside this database: it shows whether the
    whole chain was made anew since. Memory stays flat, and writers may go on writing meanwhile.
    """
    head = Head.objects.first() or Head()
    walk = _Walk(head, noted)
    faults = list(walk.over(Event.objects.order_by("sequence").iterator(chunk_size=2000)))
    end = Head.objects.first() or Head()
    faults += walk.at_the_end(end)
    return Verdict(
        walk.count, head.pruned_sequence + 1, f"{end.sequence}:{end.hash}", tuple(faults)
    )


class _Walk:
    """One pass along the chain: what the next event must be called and must point at."""

    def __init__(self, head: Head, noted: Noted | None) -> None:
        self.head = head
        self.marks = {head.sequence: (head.hash, "replaced")}
        if noted:
            self.marks[noted[0]] = (noted[1], "rewritten")
        self.last = head.pruned_sequence
        self.seal = head.pruned_hash
        self.count = 0

    def over(self, events: Iterable[Event]) -> Iterator[Fault]:
        yield from self._marked(self.last, self.seal)
        for event in events:
            self.count += 1
            if event.sequence <= self.head.pruned_sequence:
                yield _inserted(event.sequence)
                continue
            yield from self._at(event)
            self.last, self.seal = event.sequence, event.hash

    def _at(self, event: Event) -> Iterator[Fault]:
        if event.sequence > self.last + 1:
            yield _removed(self.last + 1, event.sequence - 1)
        elif event.previous_hash != self.seal:
            yield _replaced(max(self.last, self.head.pruned_sequence + 1))
        if event.sealed() != event.hash:
            yield _changed(event.sequence)
        yield from self._marked(event.sequence, event.hash)

    def _marked(self, sequence: int, seal: str) -> Iterator[Fault]:
        expected, kind = self.marks.get(sequence, (seal, ""))
        if expected != seal:
            yield _rewritten(sequence) if kind == "rewritten" else _replaced(sequence)

    def at_the_end(self, end: Head) -> Iterator[Fault]:
        if self.last < max(self.marks):
            yield _removed(self.last + 1, max(self.marks))
        for sequence in range(end.sequence + 1, self.last + 1):
            yield _inserted(sequence)


def _changed(sequence: int) -> Fault:
    says = _("Event %(number)d was changed after it was written.") % {"number": sequence}
    return Fault(sequence, "changed", says)


def _replaced(sequence: int) -> Fault:
    says = _("Event %(number)d is another than the one that was written.") % {"number": sequence}
    return Fault(sequence, "replaced", says)


def _inserted(sequence: int) -> Fault:
    says = _("Event %(number)d was put in by another way than ours.") % {"number": sequence}
    return Fault(sequence, "inserted", says)


def _rewritten(sequence: int) -> Fault:
    says = _("Event %(number)d does not bear the seal you noted: the trail was made anew.")
    return Fault(sequence, "rewritten", says % {"number": sequence})


def _removed(first: int, last: int) -> Fault:
    if first == last:
        says = _("Event %(number)d was removed.") % {"number": first}
    else:
        says = _("Events %(first)d to %(last)d were removed.") % {"first": first, "last": last}
    return Fault(first, "removed", says)

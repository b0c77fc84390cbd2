"""A round of approval as a row: its time, its state in words, its channels, what may be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from cms.publishing import plans, vocabulary
from cms.publishing.actions.down import REMOVED, TAKEN_DOWN
from cms.publishing.models import Publication, State
from cms.publishing.vocabulary import End, Standing
from cms.review.models import Approval
from cms.review.models import State as Said
from panel.audit import presenters
from panel.audit.models import Event
from panel.outbox.models import Pause

# After these there is something to write before anybody is asked again.
_TO_REWRITE: Final = (Said.CHANGES, Said.REJECTED, Said.FELL_AWAY)
# The last of these in the trail says who ended a round.
_ENDINGS: Final = (TAKEN_DOWN, REMOVED, "approval.taken_back")


@dataclass(frozen=True, slots=True)
class Line:
    """One channel of a story: ``words`` where there is more to say than the story's own state."""

    publication: Publication
    channel: str
    words: str

    @property
    def is_ready(self) -> bool:
        """Whether somebody is to post it now."""
        return self.publication.state == State.READY


@dataclass(frozen=True, slots=True)
class Row:
    """One round of one story, ready to show.

    ``moment`` is the day it stands under, ``due`` when it was to go out, and ``may`` the verbs that
    fit its state.
    """

    approval: Approval
    moment: datetime | None
    due: datetime | None
    standing: Standing
    lines: tuple[Line, ...]
    may: frozenset[str]

    @property
    def time(self) -> str:
        """The time of day; empty while it goes out as soon as it is approved."""
        return vocabulary.clock(self.moment) if self.moment else ""

    @property
    def when(self) -> str:
        """When it was to go out, or else ``moment``; with the date unless it is today."""
        then = self.moment if self.approval.published_at else self.due or self.moment
        return vocabulary.moment(then) if then else ""


def rows(rounds: Iterable[Approval]) -> list[Row]:
    """``rounds`` as ``rounds.every`` gives them, in their order: four queries, however many."""
    found: list[Any] = list(rounds)
    if not found:
        return []
    prefetch_related_objects(found, Prefetch("publications", _publications()))
    ends = _ends(found)
    is_paused = Pause.objects.of_everything().exists()
    return [
        Row(
            approval=approval,
            moment=approval.moment,
            due=approval.due,
            standing=vocabulary.standing(
                approval,
                list(approval.publications.all()),
                end=ends.get(approval.pk),
                is_paused=is_paused,
            ),
            lines=tuple(map(_line, approval.publications.all())),
            may=_may(approval, list(approval.publications.all())),
        )
        for approval in found
    ]


def _publications() -> QuerySet[Publication]:
    with_names = Publication.objects.select_related("channel", "held_by", "posted_by", "outgoing")
    return with_names.order_by(plans.site_first(), "channel__name", "pk")


def _line(row: Publication) -> Line:
    return Line(publication=row, channel=str(row.channel), words=vocabulary.on_channel(row))


def _ends(rounds: Sequence[Approval]) -> Mapping[int, End]:
    """Who ended those that were taken back or down, in one query of the trail and one of names."""
    over = (Said.TAKEN_DOWN, Said.TAKEN_BACK)
    keys = [str(approval.pk) for approval in rounds if approval.state in over]
    if not keys:
        return {}
    events = list(
        Event.objects.filter(
            on_type=Approval._meta.label_lower, on_id__in=keys, what__in=_ENDINGS
        ).order_by("sequence")
    )
    known = presenters.names(events)
    return {int(event.on_id): End(event.what, presenters.actor(event, known)) for event in events}


def _may(approval: Approval, planned: Sequence[Publication]) -> frozenset[str]:
    """The verbs that make sense now; whether this person may is asked apart."""
    is_there = approval.page_id is not None
    if approval.state == Said.PUBLISHED:
        return frozenset({"take_down"} if is_there else ())
    if approval.is_open:
        if not planned:
            return frozenset({"cancel"})
        held = any(row.state == State.HELD for row in planned)
        verbs = {"cancel", "move", "go_on" if held else "hold_back"}
        return frozenset(verbs | ({"decide"} if approval.state == Said.ASKED else set()))
    if not is_there or approval.state == Said.SUPERSEDED:
        return frozenset()
    return frozenset({"edit" if approval.state in _TO_REWRITE else "again"})

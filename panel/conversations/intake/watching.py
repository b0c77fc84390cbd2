"""Noting what a batch takes out of sight: what was hidden, shown, changed or taken away.

A sighting is about a moment on the network and is written once, however often and in whatever order
it is told: the database knows it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from panel.audit.models import Event
from panel.channels.models import Channel
from panel.conversations.models import (
    Comment,
    Commenter,
    How,
    Post,
    Sighting,
    Thing,
    What,
)
from panel.core.clock import now
from panel.outbox.models import Outgoing

from . import vanishing
from .comments import Row
from .gathering import Batch
from .people import Settled

# What a colleague decided here, and what it looks like over there.
DECIDED: Final = {"comment.hidden": What.HIDDEN, "comment.shown_again": What.SHOWN}
# Networks date in whole seconds, by a clock of their own.
MARGIN: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Stood:
    """A post's row, as far as it can vanish."""

    text: str
    seen_at: datetime | None
    removed_at: datetime | None
    is_page: bool


class Watch:
    """What stands in the rows that a batch speaks of; made before it is written."""

    def __init__(self, channel: Channel, how: How, batch: Batch) -> None:
        self.channel, self.how, self.batch = channel, how, batch
        # Before removals blank it: a removal may have come first.
        self._said = {key: (post.author, post.text or "") for key, post in batch.posts.items()}
        self._stood = self._posts(batch.posts.keys() | batch.removals.keys())

    def note(
        self, new: Iterable[Row], changed: Iterable[tuple[Row, Row]], settled: Settled
    ) -> None:
        """Write down what the batch changed, and raise the alarm where too much vanished."""
        pairs = [*((None, row) for row in new), *changed]
        seen = [*self._of_posts(settled), *self._of_comments(pairs), *self._of_hidings()]
        if not seen:
            return
        Sighting.objects.bulk_create(seen, ignore_conflicts=True)
        threads = {each.post_external_id for each in seen if vanishing.is_gone(each)}
        vanishing.raise_due(self.channel, threads, at=now())

    def _of_posts(self, settled: Settled) -> list[Sighting]:
        stands = self._posts(self.batch.posts.keys())
        gone = [key for key, post in stands.items() if post.removed_at is not None]
        sent = self._sent(gone)
        found = []
        for key, after in stands.items():
            before, (author, text) = self._stood.get(key), self._said.get(key, ("", ""))
            # Who wrote it may be learned after it was gone, and then only from what came.
            told = settled.keys.get(author or "") in settled.pages
            is_ours = (
                told or key in sent or after.is_page or (before is not None and before.is_page)
            )
            stood = before.text if before is not None and before.text else text
            copy = stood if is_ours else ""
            if after.removed_at is not None:
                if told or before is None or before.removed_at != after.removed_at:
                    seen = self._post(key, What.REMOVED, after.removed_at, is_ours=is_ours)
                    seen.copy = copy
                    found.append(seen)
            elif before is not None and before.text not in ("", after.text) and after.seen_at:
                seen = self._post(key, What.EDITED, after.seen_at, is_ours=is_ours)
                seen.copy = copy
                found.append(seen)
        return found

    def _of_comments(self, pairs: list[tuple[Row | None, Row]]) -> list[Sighting]:
        told = [(before, after, what) for before, after in pairs if (what := _what(before, after))]
        writers = [before.commenter_id or 0 for before, _after, _what in told if before is not None]
        known = Commenter.objects.filter(pk__in=writers, is_page=True)
        pages = set(known.values_list("pk", flat=True)) if told else set()
        found = []
        for before, after, what in told:
            is_ours = before is not None and before.commenter_id in pages
            removed_at = after.state.removed_at
            found.append(
                Sighting(
                    channel=self.channel,
                    post_external_id=after.post,
                    external_id=after.state.external_id,
                    parent_external_id=after.state.parent,
                    thing=Thing.COMMENT,
                    what=what,
                    how=self.how,
                    is_ours=is_ours,
                    copy=before.state.text if before is not None and is_ours else "",
                    happened_at=after.state.seen_at if removed_at is None else removed_at,
                )
            )
        return found

    def _of_hidings(self) -> list[Sighting]:
        hidings = self.batch.hidings
        decided = _decided(self.channel, {each.external_id for each in hidings}) if hidings else {}
        found = []
        for each in hidings:
            what = What.HIDDEN if each.is_hidden else What.SHOWN
            before = [(at, was) for at, was in decided.get(each.external_id, ()) if at <= each.at]
            found.append(
                Sighting(
                    channel=self.channel,
                    post_external_id=each.post_external_id,
                    external_id=each.external_id,
                    thing=Thing.COMMENT,
                    what=what,
                    how=self.how,
                    by_us=bool(before) and max(before)[1] == what,
                    happened_at=each.at,
                )
            )
        return found

    def _post(self, key: str, what: What, at: datetime, *, is_ours: bool) -> Sighting:
        return Sighting(
            channel=self.channel,
            post_external_id=key,
            external_id=key,
            thing=Thing.POST,
            what=what,
            how=self.how,
            is_ours=is_ours,
            happened_at=at,
        )

    def _posts(self, keys: Collection[str]) -> dict[str, _Stood]:
        found = Post.objects.filter(channel=self.channel, external_id__in=list(keys))
        fields = ("external_id", "text", "seen_at", "removed_at", "author__is_page")
        rows = found.values_list(*fields) if keys else []
        return {
            key: _Stood(text, seen_at, removed_at, bool(is_page))
            for key, text, seen_at, removed_at, is_page in rows
        }

    def _sent(self, keys: Collection[str]) -> set[str]:
        """Those that went out from here."""
        if not keys:
            return set()
        ours = Outgoing.objects.filter(channel=self.channel, external_id__in=list(keys))
        return set(ours.values_list("external_id", flat=True))


def _what(before: Row | None, after: Row) -> What | None:
    """What happened to a comment, if anything that others could see."""
    known = before.state if before is not None else None
    if after.state.removed_at is not None:
        is_known = known is not None and known.removed_at == after.state.removed_at
        return None if is_known else What.REMOVED
    return What.EDITED if known is not None and known.text != after.state.text else None


def _decided(
    channel: Channel, external_ids: Collection[str]
) -> Mapping[str, list[tuple[datetime, What]]]:
    """What colleagues decided about these comments, with the moment from which it may be seen."""
    known = Comment.objects.filter(channel=channel, external_id__in=list(external_ids))
    keys = {str(pk): external_id for pk, external_id in known.values_list("pk", "external_id")}
    trail = Event.objects.filter(
        on_type=Comment._meta.label_lower, on_id__in=list(keys), what__in=list(DECIDED)
    )
    found: dict[str, list[tuple[datetime, What]]] = {}
    for on_id, what, at in trail.values_list("on_id", "what", "at"):
        found.setdefault(keys[on_id], []).append((at - MARGIN, DECIDED[what]))
    return found

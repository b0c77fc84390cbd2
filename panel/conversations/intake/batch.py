"""One action for all that comes in: a batch of entries becomes rows and counters, whole or not
at all.

Upsert by (channel, the network's id); the newest version wins; a removal leaves a tombstone and is
final; any order and any number of repeats end in the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from panel.channels.models import Channel
from panel.conversations.models import Comment, How
from panel.core.clock import now

from . import comments, counting, parents, removals, sql
from .comments import Row
from .gathering import Batch, Item
from .locking import holding
from .marks import text_mark
from .people import People, Settled
from .places import Places, Threads
from .seen import Seen
from .states import CommentState, merged_comments
from .watching import Watch


@dataclass(slots=True)
class Outcome:
    """What became of the entries, and which could not be taken: (place in the batch,
    reason)."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    unfit: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Changes:
    """Rows to write, all comments of the batch by id, and whose counters no longer hold.

    ``changed`` are (before, after); ``dated`` say nothing new but the time at which they were seen.
    """

    known: dict[str, Row]
    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    dated: list[Row] = field(default_factory=list)

    @property
    def written(self) -> list[Row]:
        """The rows whose place among the others is to be found."""
        return [*self.new, *(after for _before, after in self.changed)]


class Intake:
    """Takes batches for one channel.

    One instance is one run: a file, or a handful of events.
        ``at`` is when the run began; it dates whatever its source does not date. ``how`` is set
        where a network speaks: what vanishes then is noted, and may raise the alarm.
    """

    def __init__(
        self, channel: Channel, *, at: datetime | None = None, how: How | None = None
    ) -> None:
        self.channel = channel
        self.at = at or now()
        self.how = how
        self._threads = Threads(channel, at=self.at)
        self._people = People(channel, at=self.at)
        self._seen = Seen()
        self._met: set[int] = set()

    @property
    def made_departments(self) -> Sequence[str]:
        """The names of the departments that this run was the first to name."""
        return tuple(self._threads.departments.made)

    def take(
        self,
        entries: Iterable[Sequence[Item]],
        then: Callable[[Outcome], None] | None = None,
    ) -> Outcome:
        """Write what ``entries`` say in one transaction, by statements that do not grow in
        number.

        Each entry counts once, by its last item. ``then`` is called with the outcome before the
        transaction ends: what it writes stands or falls with the rows.
        """
        batch = Batch(self.at).take(entries)
        with holding([self.channel.pk]):
            settled = self._people.settle(batch.authors)
            batch.without_strangers(settled.keys)
            stored = comments.stored(self.channel, batch.comments.keys() | batch.removals.keys())
            watch = Watch(self.channel, self.how, batch) if self.how else None
            removals.apply(self.channel, batch, stored)
            changes = self._sorted(batch, stored, settled)
            places = self._write(batch, changes, settled)
            if watch is not None:
                watch.note(changes.new, changes.changed, settled)
            outcome = _outcome(batch, changes, places)
            if then is not None:
                then(outcome)
        return outcome

    def compare(self, entries: Iterable[Sequence[Item]]) -> Outcome:
        """What ``take`` would answer, without writing anything.

        One instance does one or the other.
        """
        batch = Batch(self.at).take(entries)
        settled = self._people.compare(batch.authors)
        batch.without_strangers(settled.keys)
        stored = comments.stored(self.channel, batch.comments.keys())
        changes = self._sorted(batch, stored, settled)
        changes.new = [row for row in changes.new if self._meets(row)]
        return _outcome(batch, changes, self._threads.compare(batch.posts))

    def _meets(self, row: Row) -> bool:
        """Whether this is the first time that a new comment is met; eight bytes of its id are
        kept."""
        mark = text_mark(row.state.external_id)
        is_first = mark not in self._met
        self._met.add(mark)
        return is_first

    def _sorted(self, batch: Batch, stored: dict[str, Row], settled: Settled) -> _Changes:
        """What is new, what says something new, and what only confirms."""
        changes = _Changes(known=stored)
        fresh = batch.comments.keys() - stored.keys()
        for external_id, state in batch.comments.items():
            if external_id in fresh:
                row = Row(state, commenter_id=settled.keys.get(state.author))
                changes.new.append(row)
            else:
                self._compare(changes, stored[external_id], state, settled)
        return changes

    def _compare(
        self, changes: _Changes, before: Row, incoming: CommentState, settled: Settled
    ) -> None:
        undated = incoming.seen_at in (self.at, before.state.seen_at)
        if undated and before.state.says(incoming):
            self._seen.add(before.key)
            return
        known = before.state
        if before.key in self._seen:
            known = replace(known, seen_at=max(known.seen_at, self.at))
        self._seen.add(before.key)
        state = merged_comments(known, incoming)
        after = replace(before, state=state)
        if state != replace(before.state, seen_at=state.seen_at):
            if state.author != before.state.author:
                after.commenter_id = settled.keys.get(state.author)
            changes.changed.append((before, after))
            changes.known[state.external_id] = after
        elif state.seen_at not in (self.at, before.state.seen_at):
            after.post = before.state.post
            changes.dated.append(after)

    def _write(self, batch: Batch, changes: _Changes, settled: Settled) -> Places:
        for key, row in zip(sql.reserve(Comment, len(changes.new)), changes.new, strict=True):
            row.key = key
            changes.known[row.state.external_id] = row
            self._seen.add(key)
        written = changes.written
        hanging = parents.Hanging(self.channel, written, changes.known)
        hanging.hang()
        places = self._threads.settle(batch.posts, {row.post for row in written}, settled.keys)
        for row in written:
            row.post_id = places.keys[row.post]
        for row in changes.new:
            row.is_counted = (
                row.commenter_id is not None
                and row.commenter_id not in settled.pages
                and row.post_id not in places.competitions
            )
        comments.add(self.channel, changes.new)
        comments.change([after for _before, after in changes.changed] + changes.dated)
        moved = [after.key for before, after in changes.changed if before.state.post != after.post]
        followed = parents.follow(self.channel, changes.new, moved, hanging.deep)
        _count(changes, followed, settled.recount)
        return places


def _count(changes: _Changes, followed: parents.Followed, people_changed: set[int]) -> None:
    """Bring the counters up to date with what was written."""
    recount = people_changed | followed.recount
    altered = []
    for before, after in changes.changed:
        if _counts_otherwise(before, after):
            altered.append(after.key)
            recount |= {before.commenter_id, after.commenter_id} - {None}  # type: ignore[arg-type]
    counting.count_new([row.key for row in changes.new], followed.adopted)
    counting.recount(recount, altered)


def _counts_otherwise(before: Row, after: Row) -> bool:
    """Whether anything changed that a counter rests on: not so for likes and addresses."""
    return (
        before.state.text != after.state.text
        or before.state.written_at != after.state.written_at
        or before.state.removed_at != after.state.removed_at
        or (before.commenter_id, before.post_id, before.parent_id)
        != (after.commenter_id, after.post_id, after.parent_id)
    )


def _outcome(batch: Batch, changes: _Changes, places: Places) -> Outcome:
    added = {row.state.external_id for row in changes.new} | places.added
    updated = {after.state.external_id for _before, after in changes.changed} | places.updated
    outcome = Outcome(unfit=batch.unfit)
    for principal in batch.principals:
        if principal is None:
            continue
        if principal in added:
            outcome.added += 1
            added.discard(principal)
        elif principal in updated:
            outcome.updated += 1
            updated.discard(principal)
        else:
            outcome.unchanged += 1
    return outcome

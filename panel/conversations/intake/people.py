"""Authors in, commenters out."""

# ruff: noqa: S608 - keys are parameters

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from panel.basis.reports import objected
from panel.channels.models import Channel
from panel.conversations.models import Commenter
from panel.core.crypto import keyed_hash

from . import sql
from .seen import Seen
from .states import AuthorState, merged_authors

_NEW = ("id", "public_id", "channel_id", "external_id", "name", "name_seen_at", "is_page")


@dataclass(slots=True)
class Settled:
    """Primary keys by the network's id, without who objected; ``recount`` are those who became page
    or person.
    """

    keys: dict[str, int] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)
    recount: set[int] = field(default_factory=set)


class People:
    """The commenters of one channel, as one run sees them.

    ``at`` is the run's own time: a state dated otherwise by its source is kept with its date.
    """

    def __init__(self, channel: Channel, *, at: datetime) -> None:
        self.channel = channel
        self.at = at
        self._seen = Seen()

    def settle(self, authors: Mapping[str, AuthorState]) -> Settled:
        """Write what is new about ``authors``, by a fixed number of statements."""
        settled, changed, new = self._compared(authors)
        moment = sql.moments()
        sql.amend(
            Commenter,
            ("name", "name_seen_at", "is_page"),
            [
                (state.name, moment(state.seen_at), bool(state.is_page), key)
                for key, state in changed
            ],
        )
        self._add(new, settled)
        return settled

    def compare(self, authors: Mapping[str, AuthorState]) -> Settled:
        """As ``settle``, without writing: who is not known yet has the key 0."""
        settled, _changed, new = self._compared(authors)
        settled.keys.update((author.external_id, 0) for author in new)
        return settled

    def _compared(
        self, authors: Mapping[str, AuthorState]
    ) -> tuple[Settled, list[tuple[int, AuthorState]], list[AuthorState]]:
        """The known ones, those of them that changed, and the new ones who did not object."""
        settled = Settled()
        changed = []
        for key, external_id, name, is_page, seen_at in self._stored(authors):
            settled.keys[external_id] = key
            incoming = authors[external_id]
            if self._says_nothing_new(incoming, name, bool(is_page)):
                merged_is_page = bool(is_page)
            else:
                stored = AuthorState(external_id, name, bool(is_page), sql.aware(seen_at))
                merged = self._merged(key, stored, incoming)
                merged_is_page = bool(merged.is_page)
                if merged_is_page != stored.is_page:
                    settled.recount.add(key)
                if self._differs(stored, merged):
                    changed.append((key, merged))
            self._seen.add(key)
            if merged_is_page:
                settled.pages.add(key)
        # In the order they came: keys then say nothing, and are the same each time.
        new = [author for each, author in authors.items() if each not in settled.keys]
        return settled, changed, self._unobjected(new)

    def _says_nothing_new(self, incoming: AuthorState, name: str, is_page: bool) -> bool:
        return (
            incoming.seen_at == self.at
            and incoming.name in ("", name)
            and incoming.is_page in (None, is_page)
        )

    def _merged(self, key: int, stored: AuthorState, incoming: AuthorState) -> AuthorState:
        known = stored
        if key in self._seen:
            known = replace(known, seen_at=max(known.seen_at, self.at))
        return merged_authors(known, incoming)

    def _differs(self, stored: AuthorState, merged: AuthorState) -> bool:
        if (merged.name, bool(merged.is_page)) != (stored.name, stored.is_page):
            return True
        return merged.seen_at not in (stored.seen_at, self.at)

    def _stored(self, authors: Mapping[str, AuthorState]) -> list[tuple[Any, ...]]:
        if not authors:
            return []
        where, param = sql.among("external_id", list(authors))
        return sql.rows(
            "SELECT id, external_id, name, is_page, name_seen_at FROM conversations_commenter "
            f"WHERE channel_id = %s AND {where}",
            [self.channel.pk, param],
        )

    def _unobjected(self, new: list[AuthorState]) -> list[AuthorState]:
        """Without those who objected: they are asked for by keyed hash, all at once."""
        marks = {
            keyed_hash("objection", f"{self.channel.scope}:{author.external_id}"): author
            for author in new
        }
        refused = objected(marks.keys()) if marks else set()
        return [author for mark, author in marks.items() if mark not in refused]

    def _add(self, new: list[AuthorState], settled: Settled) -> None:
        if not new:
            return
        keys = sql.reserve(Commenter, len(new))
        rows = []
        moment = sql.moments()
        for key, public_id, author in zip(keys, sql.public_ids(len(new)), new, strict=True):
            settled.keys[author.external_id] = key
            self._seen.add(key)
            if author.is_page:
                settled.pages.add(key)
            names = (key, public_id, self.channel.pk, author.external_id, author.name)
            rows.append((*names, moment(author.seen_at), bool(author.is_page)))
        sql.load(Commenter, _NEW, rows)

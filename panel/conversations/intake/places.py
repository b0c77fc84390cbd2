"""Posts in, threads out: also for posts known only because a comment names them."""

# ruff: noqa: S608 - keys are parameters

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from panel.channels.models import Channel
from panel.conversations.models import Post

from . import sql
from .departments import Departments
from .seen import Seen
from .states import PostState, merged_posts

NEVER = datetime.min.replace(tzinfo=UTC)
"""When a post was seen of which nothing but the id is known."""

_FIELDS = (
    "text",
    "posted_at",
    "url",
    "author_id",
    "department_id",
    "seen_at",
    "removed_at",
    "reactions",
    "shares",
    "stated_comments",
    "reach",
)
_NEW = (
    "id",
    "public_id",
    "channel_id",
    "external_id",
    "is_department_chosen",
    "is_competition",
    *_FIELDS,
)


@dataclass(slots=True)
class Places:
    """Primary keys by the network's id, which of them are competitions, and what became of the
    posts.
    """

    keys: dict[str, int] = field(default_factory=dict)
    competitions: set[int] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    updated: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Stored:
    key: int
    state: PostState
    author_id: int | None
    is_department_chosen: bool
    is_competition: bool


class Threads:
    """The posts of one channel, as one run sees them."""

    def __init__(self, channel: Channel, *, at: datetime) -> None:
        self.channel = channel
        self.at = at
        self.departments = Departments()
        self._seen = Seen()

    def settle(
        self,
        posts: Mapping[str, PostState],
        mentioned: Collection[str],
        people: Mapping[str, int],
    ) -> Places:
        """Write what is new about ``posts`` and make room for those only ``mentioned``.

        ``people`` are commenters' primary keys by the network's id.
        """
        wanted = {*posts, *mentioned}
        places, changed = self._compared(posts, wanted)
        sql.amend(
            Post,
            _FIELDS,
            [(*self._values(state, people, stored), stored.key) for stored, state in changed],
        )
        new = sorted(wanted - places.keys.keys())
        self._add([posts.get(each) or PostState(each, NEVER) for each in new], people, places)
        return places

    def compare(self, posts: Mapping[str, PostState]) -> Places:
        """What ``settle`` would do with ``posts``, without writing."""
        self.departments.makes = False
        return self._compared(posts, posts)[0]

    def _compared(
        self, posts: Mapping[str, PostState], wanted: Collection[str]
    ) -> tuple[Places, list[tuple[_Stored, PostState]]]:
        """The known ones among ``wanted``, and what of them changed into what."""
        places, changed = Places(), []
        if posts:
            self.departments.read()
        for stored in self._stored(wanted) if wanted else ():
            external_id = stored.state.external_id
            places.keys[external_id] = stored.key
            if stored.is_competition:
                places.competitions.add(stored.key)
            if external_id in posts:
                merged = self._merged(stored, posts[external_id])
                if self._differs(stored.state, merged):
                    places.updated.add(external_id)
                    changed.append((stored, merged))
        places.added = posts.keys() - places.keys.keys()
        return places, changed

    def _merged(self, stored: _Stored, incoming: PostState) -> PostState:
        known = stored.state
        if stored.key in self._seen:
            known = replace(known, seen_at=max(known.seen_at, self.at))
        self._seen.add(stored.key)
        merged = merged_posts(known, self._with_short_name(incoming))
        if stored.is_department_chosen:
            merged.topic = known.topic
        return merged

    def _differs(self, stored: PostState, merged: PostState) -> bool:
        if merged != replace(stored, seen_at=merged.seen_at):
            return True
        return merged.seen_at not in (stored.seen_at, self.at)

    def _with_short_name(self, incoming: PostState) -> PostState:
        if incoming.topic is None:
            return incoming
        return replace(incoming, topic=self.departments.short_name_of(incoming.topic))

    def _stored(self, wanted: Collection[str]) -> Iterable[_Stored]:
        where, param = sql.among("o.external_id", wanted)
        found = sql.rows(
            "SELECT o.id, o.external_id, o.seen_at, o.text, o.posted_at, d.slug, o.url, "
            "w.external_id, o.reactions, o.shares, o.stated_comments, o.reach, o.removed_at, "
            "o.author_id, o.is_department_chosen, o.is_competition FROM conversations_post o "
            "LEFT JOIN conversations_department d ON d.id = o.department_id "
            "LEFT JOIN conversations_commenter w ON w.id = o.author_id "
            f"WHERE o.channel_id = %s AND {where}",
            [self.channel.pk, param],
        )
        for key, *known, author_id, is_chosen, is_competition in found:
            yield _Stored(key, _state(known), author_id, bool(is_chosen), bool(is_competition))

    def _values(
        self, state: PostState, people: Mapping[str, int], stored: _Stored | None = None
    ) -> tuple[Any, ...]:
        author_id = people.get(state.author or "")
        if stored and state.author == stored.state.author:
            author_id = stored.author_id
        moment = sql.moments()
        return (
            state.text or "",
            moment(state.posted_at),
            state.url or "",
            author_id,
            self.departments.key_of(state.topic) if state.topic else None,
            moment(None if state.seen_at == NEVER else state.seen_at),
            moment(state.removed_at),
            state.reactions,
            state.shares,
            state.stated_comments,
            state.reach,
        )

    def _add(self, new: list[PostState], people: Mapping[str, int], places: Places) -> None:
        if not new:
            return
        keys = sql.reserve(Post, len(new))
        rows = []
        for key, public_id, state in zip(keys, sql.public_ids(len(new)), new, strict=True):
            places.keys[state.external_id] = key
            self._seen.add(key)
            names = (key, public_id, self.channel.pk, state.external_id, False, False)
            rows.append((*names, *self._values(self._with_short_name(state), people)))
        sql.load(Post, _NEW, rows)


def _state(known: list[Any]) -> PostState:
    """A post's row, in the order ``_stored`` asks for."""
    external_id, seen_at, text, posted_at, slug, url, author, *rest = known
    reactions, shares, stated_comments, reach, removed_at = rest
    return PostState(
        external_id,
        sql.aware(seen_at) if seen_at else NEVER,
        text or None,
        sql.aware(posted_at) if posted_at else None,
        slug,
        url or None,
        author,
        reactions,
        shares,
        stated_comments,
        reach,
        sql.aware(removed_at) if removed_at else None,
    )

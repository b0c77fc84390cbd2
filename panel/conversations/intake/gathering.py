"""What a batch says, put together by id: every comment, post, author and removal once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from panel.channels.incoming import (
    Incoming,
    IncomingAuthor,
    IncomingComment,
    IncomingHiding,
    IncomingPost,
)

from .fit import Unfit, fit_count, fit_id, fit_moment, fit_name, fit_text, fit_url
from .states import (
    AuthorState,
    CommentState,
    PostState,
    earliest,
    merged_authors,
    merged_comments,
    merged_posts,
)

Item = Incoming


@dataclass(slots=True)
class Batch:
    """The states by the network's id. ``principals`` holds what each entry was about, in order.

    An entry that could not be taken has ``None`` there, and its place and reason in ``unfit``.
    """

    at: datetime
    authors: dict[str, AuthorState] = field(default_factory=dict)
    posts: dict[str, PostState] = field(default_factory=dict)
    comments: dict[str, CommentState] = field(default_factory=dict)
    removals: dict[str, datetime] = field(default_factory=dict)
    hidings: list[IncomingHiding] = field(default_factory=list)
    principals: list[str | None] = field(default_factory=list)
    unfit: list[tuple[int, str]] = field(default_factory=list)
    _repeats: list[CommentState] = field(default_factory=list)

    def take(self, entries: Iterable[Sequence[Item]]) -> Batch:
        """Add entries; each is about its last item."""
        for number, items in enumerate(entries):
            principal: str | None = None
            try:
                for item in items:
                    principal = self._take(item)
            except Unfit as reason:
                principal = None
                self.unfit.append((number, str(reason)))
            self.principals.append(principal)
        return self

    def without_strangers(self, known: Collection[str]) -> None:
        """Let go of authors who are not ``known`` (they objected), then make one comment of each
        id.

        In this order: a version with an author outranks one without, and theirs count as without.
        """
        for state in (*self.comments.values(), *self._repeats):
            if state.author not in known:
                state.author = ""
        for post in self.posts.values():
            if post.author not in known:
                post.author = None
        for state in self._repeats:
            first = self.comments[state.external_id]
            self.comments[state.external_id] = merged_comments(first, state)
        self._repeats.clear()

    def _take(self, item: Item) -> str:
        if isinstance(item, IncomingComment):
            return self._comment(item)
        if isinstance(item, IncomingPost):
            return self._post(item)
        external_id = fit_id(item.external_id)
        if isinstance(item, IncomingHiding):
            self.hidings.append(_fit(item))
            return external_id
        removed_at = fit_moment(item.removed_at)
        known = self.removals.get(external_id)
        self.removals[external_id] = earliest(known, removed_at) or removed_at
        return external_id

    def _comment(self, item: IncomingComment) -> str:
        external_id = fit_id(item.external_id)
        seen_at = self.at if item.seen_at is None else fit_moment(item.seen_at)
        parent = item.parent_external_id and fit_id(item.parent_external_id)
        state = CommentState(
            external_id,
            item.post_external_id and fit_id(item.post_external_id),
            "" if parent == external_id else parent,
            "" if item.author is None else self._author(item.author, seen_at),
            fit_text(item.text),
            fit_moment(item.written_at),
            fit_count(item.likes),
            item.url and fit_url(item.url),
            seen_at,
        )
        if self.comments.setdefault(external_id, state) is not state:
            self._repeats.append(state)
        return external_id

    def _post(self, item: IncomingPost) -> str:
        external_id = fit_id(item.external_id)
        seen_at = self.at if item.seen_at is None else fit_moment(item.seen_at)
        state = PostState(
            external_id,
            seen_at,
            None if item.text is None else fit_text(item.text) or None,
            None if item.posted_at is None else fit_moment(item.posted_at),
            item.topic or None,
            None if item.url is None else fit_url(item.url) or None,
            None if item.author is None else self._author(item.author, seen_at),
            fit_count(item.reactions),
            fit_count(item.shares),
            fit_count(item.comments),
            fit_count(item.reach),
        )
        known = self.posts.get(external_id)
        self.posts[external_id] = state if known is None else merged_posts(known, state)
        return external_id

    def _author(self, item: IncomingAuthor, seen_at: datetime) -> str:
        known = self.authors.get(item.external_id)
        if (
            known is not None
            and known.name == item.name
            and known.is_page == item.is_page
            and known.seen_at == seen_at
        ):
            return known.external_id
        state = AuthorState(fit_id(item.external_id), fit_name(item.name), item.is_page, seen_at)
        self.authors[state.external_id] = merged_authors(known, state) if known else state
        return state.external_id


def _fit(item: IncomingHiding) -> IncomingHiding:
    post, at = fit_id(item.post_external_id), fit_moment(item.at)
    return IncomingHiding(fit_id(item.external_id), post, item.is_hidden, at)

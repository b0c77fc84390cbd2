"""Threads to read: a post, its comments and their answers, a page at a time."""

# ruff: noqa: S608 - keys are parameters

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import QuerySet

from panel.conversations.intake import sql
from panel.conversations.models import Comment, Post

from .keyset import Page, Place, page

SIZE = 50
ANSWERS_SHOWN = 3
"""So many answers stand under a comment; its own page has all of them."""

_SHOWN = (
    "public_id",
    "post_id",
    "parent_id",
    "commenter__name",
    "commenter__is_page",
    "text",
    "written_at",
    "likes",
    "url",
    "is_counted",
    "removed_at",
    "hidden_at",
    "hidden_rule",
    "hidden_by__name",
    "hidden_by__email",
)


@dataclass(slots=True)
class Branch:
    """A comment directly under a post, its first answers, and how many there are."""

    comment: Comment
    answers: list[Comment] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        """How many answers are not shown here."""
        return self.total - len(self.answers)


def thread(post: Post, *, after: str = "", before: str = "") -> Page[Comment]:
    """A page of the comments directly under ``post``, oldest first. One query."""
    top = _to_show().filter(post=post, parent__isnull=True)
    return _page(top, after, before)


def branches(tops: Collection[Comment]) -> list[Branch]:
    """Comments with the first of all answers below them, at any depth. Two queries."""
    found = {top.pk: Branch(top) for top in tops}
    if not found:
        return []
    where, param = sql.among("c.id", found.keys())
    ranked = sql.rows(
        "WITH RECURSIVE below(id, top) AS ("
        "SELECT a.id, c.id FROM conversations_comment c "
        f"JOIN conversations_comment a ON a.parent_id = c.id WHERE {where} "
        "UNION ALL SELECT a.id, b.top FROM below b "
        "JOIN conversations_comment a ON a.parent_id = b.id"
        "), ranked AS (SELECT c.id, b.top, "
        "row_number() OVER (PARTITION BY b.top ORDER BY c.written_at, c.id) AS place, "
        "count(*) OVER (PARTITION BY b.top) AS total "
        "FROM below b JOIN conversations_comment c ON c.id = b.id"
        ") SELECT id, top, total FROM ranked WHERE place <= %s ORDER BY top, place",
        [param, ANSWERS_SHOWN],
    )
    answers = _to_show().in_bulk([key for key, _top, _total in ranked])
    for key, top, total in ranked:
        found[top].total = total
        found[top].answers.append(answers[key])
    return list(found.values())


def answers(comment: Comment, *, after: str = "", before: str = "") -> Page[Comment]:
    """A page of everything below ``comment``, oldest first. Two queries."""
    below = sql.ids(
        "WITH RECURSIVE below(id) AS ("
        "SELECT id FROM conversations_comment WHERE parent_id = %s "
        "UNION ALL SELECT a.id FROM below b "
        "JOIN conversations_comment a ON a.parent_id = b.id) SELECT id FROM below",
        [comment.pk],
    )
    return _page(_to_show().filter(pk__in=below), after, before)


def _page(rows: QuerySet[Comment], after: str, before: str) -> Page[Comment]:
    return page(rows, by="written_at", place_of=_place_of, size=SIZE, after=after, before=before)


def _place_of(comment: Comment) -> Place:
    return Place(comment.written_at, comment.pk)


def _to_show() -> QuerySet[Comment]:
    return Comment.objects.select_related("commenter", "hidden_by").only(*_SHOWN)

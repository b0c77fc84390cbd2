"""What staff decide about comments and posts.

Every change keeps the counters and leaves a trail.
"""

from __future__ import annotations

from panel.accounts.models import User
from panel.audit.actions import record
from panel.conversations.intake import counting
from panel.conversations.intake.locking import holding
from panel.conversations.models import Comment, Department, Post
from panel.core.clock import now


class AlreadyDone(Exception):
    """Somebody else was first, or there is nothing to do."""


def hide(comment: Comment, *, rule: str, by: User) -> None:
    """Hide a comment for the published ``rule`` it broke; it no longer counts.

    Raises ``AlreadyDone`` where it is hidden or removed, ``ValueError`` without a rule.
    """
    if not rule.strip():
        raise ValueError("Name the published rule the comment broke.")
    with holding([comment.channel_id]):
        visible = Comment.objects.filter(pk=comment.pk).present()
        if not visible.update(hidden_at=now(), hidden_by=by, hidden_rule=rule.strip()[:200]):
            raise AlreadyDone
        _recount(comment)
        record("comment.hidden", on=comment, by=by, detail={"rule": rule.strip()[:200]})
    comment.refresh_from_db()


def show_again(comment: Comment, *, by: User) -> None:
    """Take back a hiding.

    Raises ``AlreadyDone`` where the comment is not hidden.
    """
    with holding([comment.channel_id]):
        hidden = Comment.objects.filter(pk=comment.pk, hidden_at__isnull=False)
        if not hidden.update(hidden_at=None, hidden_by=None, hidden_rule=""):
            raise AlreadyDone
        _recount(comment)
        record("comment.shown_again", on=comment, by=by)
    comment.refresh_from_db()


def mark_competition(post: Post, *, is_competition: bool, by: User) -> None:
    """Say whether a post is a competition: taking part in one does not count as taking part.

    Raises ``AlreadyDone`` where it is marked so.
    """
    with holding([post.channel_id]):
        other = Post.objects.filter(pk=post.pk, is_competition=not is_competition)
        if not other.update(is_competition=is_competition):
            raise AlreadyDone
        writers = Comment.objects.filter(post=post, commenter__isnull=False)
        counting.recount(set(writers.values_list("commenter_id", flat=True).distinct()))
        what = "post.marked_competition" if is_competition else "post.unmarked_competition"
        record(what, on=post, by=by)
    post.refresh_from_db()


def set_department(post: Post, *, department: Department | None, by: User) -> None:
    """Say whose topic a post is; from now on files leave it alone.

    Raises ``AlreadyDone``.
    """
    with holding([post.channel_id]):
        locked = Post.objects.get(pk=post.pk)
        if locked.department == department and locked.is_department_chosen:
            raise AlreadyDone
        locked.department, locked.is_department_chosen = department, True
        locked.save(update_fields=["department", "is_department_chosen"])
        slug = department.slug if department else ""
        record("post.department_set", on=post, by=by, detail={"department": slug})
    post.refresh_from_db()


def _recount(comment: Comment) -> None:
    commenter = Comment.objects.values_list("commenter_id", flat=True).get(pk=comment.pk)
    counting.recount([commenter] if commenter else [], [comment.pk])

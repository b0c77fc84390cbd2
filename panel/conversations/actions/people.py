"""Letting go of commenters, whole and at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager

from panel.audit.actions import By, Entry, record_many
from panel.conversations.intake import counting
from panel.conversations.intake.locking import holding
from panel.conversations.models import Comment, Commenter, Post
from panel.core.clock import now


def holding_channels_of(commenters: Iterable[int]) -> AbstractContextManager[None]:
    """A transaction in which no import writes about these commenters (primary keys).

    Whoever notes an objection enters this first, so that no batch that looked before the objection
    was there writes after it.
    """
    keys = list(commenters)
    return holding(
        Commenter.objects.filter(pk__in=keys).values_list("channel_id", flat=True).distinct()
    )


def forget(commenters: Collection[int], *, by: By, keep_words: bool = True) -> int:
    """Remove commenters (primary keys) with their counters and every link to them; how many went.

    With ``keep_words`` (an objection) their comments stay where they stood, by nobody. Without
    (retention) the comments become tombstones, which no later file brings back. One transaction.
    """
    wanted = list(commenters)
    with holding_channels_of(wanted):
        keys = list(Commenter.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        if not keys:
            return 0
        partners = counting.partners_of(keys)
        theirs = Comment.objects.filter(commenter__in=keys)
        if keep_words:
            theirs.update(commenter=None, is_counted=False)
        else:
            _blank(keys)
        counting.forget(keys)
        counting.tally(partners)
        Commenter.objects.filter(pk__in=keys).delete()
        record_many(
            Entry("commenter.forgotten", ("conversations.commenter", key), by) for key in keys
        )
    return len(keys)


def _blank(keys: list[int]) -> None:
    moment = now()
    Comment.objects.filter(commenter__in=keys).update(
        commenter=None,
        is_counted=False,
        removed_at=moment,
        text="",
        url="",
        likes=None,
        text_hash=0,
        is_bare=False,
        hidden_at=None,
        hidden_by=None,
        hidden_rule="",
    )
    Post.objects.filter(author__in=keys).update(author=None, removed_at=moment, text="", url="")

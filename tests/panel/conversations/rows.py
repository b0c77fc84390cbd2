"""All rows of conversations without numbers of our own, so that two databases' worth can be
compared.
"""

from __future__ import annotations

from typing import Any

from panel.channels.models import Channel
from panel.conversations.intake import counting
from panel.conversations.models import (
    Comment,
    Commenter,
    Exchange,
    Participation,
    Post,
    Removal,
    Tally,
)

Rows = dict[str, list[tuple[Any, ...]]]

COMMENT = (
    "external_id",
    "post__external_id",
    "parent__external_id",
    "parent_external_id",
    "commenter__external_id",
    "text",
    "written_at",
    "likes",
    "url",
    "text_hash",
    "is_bare",
    "is_counted",
    "removed_at",
    "hidden_at",
)
POST = (
    "external_id",
    "text",
    "posted_at",
    "url",
    "author__external_id",
    "department__slug",
    "is_competition",
    "removed_at",
    "reactions",
    "shares",
    "stated_comments",
    "reach",
)
TALLY = ("comments", "weeks", "posts", "answered_by", "answered", "last_at", "rhythm")
SPAN = ("week", "comments", "first_at", "last_at")


def counters(channel: Channel) -> Rows:
    """The three counters of one channel."""
    return {
        "participation": _sorted(
            Participation.objects.filter(commenter__channel=channel).values_list(
                "commenter__external_id", "post__external_id", *SPAN
            )
        ),
        "exchange": _sorted(
            Exchange.objects.filter(answerer__channel=channel).values_list(
                "answer__external_id",
                "answerer__external_id",
                "answered__external_id",
                "asked_at",
                "answered_at",
                "is_asked_counted",
            )
        ),
        "tally": _sorted(
            Tally.objects.filter(commenter__channel=channel).values_list(
                "commenter__external_id", *TALLY
            )
        ),
    }


def everything(channel: Channel) -> Rows:
    """Every row of one channel, counters included, but for when it was seen."""
    return counters(channel) | {
        "comment": _sorted(Comment.objects.filter(channel=channel).values_list(*COMMENT)),
        "post": _sorted(Post.objects.filter(channel=channel).values_list(*POST)),
        "commenter": _sorted(
            Commenter.objects.filter(channel=channel).values_list("external_id", "name", "is_page")
        ),
        "removal": _sorted(
            Removal.objects.filter(channel=channel).values_list("external_id", "removed_at")
        ),
    }


def marks(channel: Channel) -> dict[str, bool]:
    """Which comments count, by the network's id."""
    return dict(Comment.objects.filter(channel=channel).values_list("external_id", "is_counted"))


def assert_kept_is_rebuilt(channel: Channel) -> None:
    """The counters kept batch by batch are those that a rebuild makes."""
    kept = (counters(channel), marks(channel))
    counting.rebuild()
    assert kept == (counters(channel), marks(channel))


def _sorted(rows: Any) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)

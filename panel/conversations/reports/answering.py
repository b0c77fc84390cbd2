"""What was answered from here, and which comments on the network are those answers come back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from panel.conversations.models import Comment, Reply
from panel.outbox.models import Outgoing, State

# Their clock is not ours.
MARGIN: Final = timedelta(minutes=5)
# It may stand there though nobody has told us its id: the answer is under way, or was lost, or a
# person has seen it.
_NAMELESS: Final = frozenset({State.SENDING, State.UNKNOWN, State.SENT})


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply of ours. ``echo`` is the comment (primary key) as which the network gave it back to
    us; None where it has not.
    """

    reply: Reply
    echo: int | None = None

    @property
    def outgoing(self) -> Outgoing:
        """What is sent, and what became of it."""
        return self.reply.outgoing

    @property
    def text(self) -> str:
        """Its words."""
        return str(self.outgoing.payload["text"])


def answered(comments: Collection[Comment]) -> list[Answered]:
    """Our replies to these comments, the oldest first, each known by its echo where that is here:
    by the network's id, and until that is known by its place and words.

    One query where there are none, three at most.
    """
    replies = list(
        Reply.objects.to([comment.pk for comment in comments]).select_related(
            "outgoing__channel", "outgoing__settled_by", "made_by"
        )
    )
    if not replies:
        return []
    echoes = _by_id(replies)
    nameless = [reply for reply in replies if _is_nameless(reply)]
    if nameless:
        echoes |= _by_words(nameless)
    return [Answered(reply, echoes.get(reply.pk)) for reply in replies]


def times_answered(comment: Comment) -> int:
    """How often we have answered it by now, from here or on the network: three queries at most."""
    ours = [each for each in answered([comment]) if each.outgoing.state != State.CANCELLED]
    echoes = [each.echo for each in ours if each.echo is not None]
    beside = Comment.objects.filter(parent=comment, commenter__is_page=True).present()
    return len(ours) + beside.exclude(pk__in=echoes).count()


def _is_nameless(reply: Reply) -> bool:
    return not reply.outgoing.external_id and reply.outgoing.state in _NAMELESS


def _by_id(replies: Iterable[Reply]) -> dict[int, int]:
    named = {
        (reply.outgoing.channel_id, reply.outgoing.external_id): reply.pk
        for reply in replies
        if reply.outgoing.external_id
    }
    found = Comment.objects.filter(
        channel__in={channel for channel, _name in named},
        external_id__in=[name for _channel, name in named],
    )
    rows = found.values_list("channel_id", "external_id", "pk")
    return {named[channel, name]: key for channel, name, key in rows if (channel, name) in named}


def _by_words(replies: Sequence[Reply]) -> dict[int, int]:
    """Each of what the page wrote there since then stands for one reply at most."""
    channel = replies[0].outgoing.channel_id
    earliest = min(reply.made_at for reply in replies) - MARGIN
    tops = {reply.outgoing.payload["top"] for reply in replies}
    others = Outgoing.objects.filter(channel=channel).exclude(external_id="")
    left = list(
        Comment.objects.filter(
            channel=channel,
            parent_external_id__in=tops,
            commenter__is_page=True,
            removed_at__isnull=True,
            written_at__gte=earliest,
        )
        .exclude(external_id__in=others.values("external_id"))
        .order_by("written_at", "pk")
    )
    return dict(_paired(replies, left))


def _paired(replies: Iterable[Reply], left: list[Comment]) -> Iterable[tuple[int, int]]:
    for reply in replies:
        payload: Mapping[str, str] = reply.outgoing.payload
        for comment in left:
            is_there = comment.parent_external_id == payload["top"]
            if is_there and _folded(comment.text) == _folded(payload["text"]):
                left.remove(comment)
                yield reply.pk, comment.pk
                break


def _folded(text: str) -> str:
    """Words without the room between them, which networks change."""
    return " ".join(text.split())

"""Whether a comment can be answered from here: why not, and what a reply would wait for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from panel.channels.keys import Problem
from panel.channels.models import Channel
from panel.channels.protocol import Answerer
from panel.channels.sending import answerer_of
from panel.conversations.models import Comment
from panel.outbox import reports
from panel.outbox.reports import Stop, Way


@dataclass(frozen=True, slots=True)
class Line:
    """A channel that replies can go out on: ``way`` is how it stands with it just now."""

    answerer: Answerer
    way: Way

    @property
    def refusal(self) -> str:
        """Why nothing can be answered there, in words; empty where it can."""
        if not self.way.channel.is_active:
            return _("The channel is not in use, so nothing is answered on it.")
        if self.way.key is not None and self.way.key.problem == Problem.NO_ANSWERS:
            return f"{self.way.key.get_problem_display()} {self.way.key.advice}"
        return ""

    @property
    def waits(self) -> str:
        """What a reply would wait for, in words; empty where it goes out at once."""
        say = _WAITS.get(self.way.stop)
        return say(self.way) if say is not None else ""


def line_of(channel: Channel, at: datetime) -> Line | None:
    """How replies go out on ``channel``; None where it is answered on the network itself."""
    answerer = answerer_of(channel)
    return None if answerer is None else Line(answerer, reports.ways(at)[channel.pk])


def why_not(comment: Comment) -> str:
    """Why this comment is not answered, in words; empty where it can be."""
    if comment.removed_at is not None or comment.post.removed_at is not None:
        return _("It is gone on the network, so nobody can answer it.")
    if comment.hidden_at is not None:
        return _("It is hidden. Show it again before you answer it.")
    if comment.commenter is not None and comment.commenter.is_page:
        return _("The page wrote this itself.")
    return ""


def top_of(comment: Comment) -> str:
    """The network's id of the comment right under the post that ``comment`` stands below, which
    may be itself.
    """
    met = {comment.pk}
    while comment.parent is not None and comment.parent.pk not in met:
        comment = comment.parent
        met.add(comment.pk)
    return comment.parent_external_id or comment.external_id


def _key(way: Way) -> str:
    return _("The channel must be connected anew before anything goes out on it.")


def _paused(way: Way) -> str:
    assert way.pause is not None  # noqa: S101 - it is what stops the channel
    said = {"name": way.pause.started_by, "reason": way.pause.reason}
    return _("%(name)s has paused the channel: “%(reason)s”") % said


def _everything(way: Way) -> str:
    assert way.everything is not None  # noqa: S101 - it is what stops the channel
    said = {"name": way.everything.started_by, "reason": way.everything.reason}
    return _("%(name)s has paused everything that goes out: “%(reason)s”") % said


_WAITS: Final[dict[Stop, Callable[[Way], str]]] = {
    Stop.KEY: _key,
    Stop.PAUSE: _paused,
    Stop.EVERYTHING: _everything,
}

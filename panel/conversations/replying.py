"""Replies as staff read them among the comments: what was sent, how it stands, and the form."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from panel.conversations.answerable import Line, line_of, why_not
from panel.conversations.forms import ReplyForm
from panel.conversations.models import Comment, Post
from panel.conversations.permissions import may_answer
from panel.conversations.reports.answering import Answered, answered, times_answered
from panel.core.clock import now
from panel.outbox import reports
from panel.outbox.verbs import words_of
from panel.outbox.vocabulary import standing

_NOTHING: Final = SafeString("")
_LINK: Final = '<a href="{}{}">{}</a> '


@dataclass(slots=True)
class Replying:
    """The replies to the comments of one page, for one reader.

    ``line`` is None where nothing can be answered from here, or not by this reader; ``here`` is the
    page's own address up to the comment's id; ``asked`` is the comment whose form is open.
    """

    line: Line | None = None
    here: str = ""
    asked: str = ""
    form_of: Callable[[Comment], SafeString] = lambda _comment: _NOTHING
    block_of: Callable[[Answered], SafeString] = lambda _reply: _NOTHING
    waiting: dict[int, list[Answered]] = field(default_factory=dict)
    echoes: dict[int, Answered] = field(default_factory=dict)

    @property
    def refusal(self) -> str:
        """Why nothing is answered on this channel; empty where it can be, or never could."""
        return self.line.refusal if self.line is not None else ""

    def verb(self, comment: Comment) -> SafeString:
        """The way to the form, where the comment can be answered and the form is not open."""
        if self.line is None or self.refusal or why_not(comment):
            return _NOTHING
        if self.asked == str(comment.public_id):
            return _NOTHING
        return format_html(_LINK, self.here, comment.public_id, _("Reply"))

    def form(self, comment: Comment) -> SafeString:
        """The form below the comment that was asked for; nothing below others."""
        if self.line is None or self.asked != str(comment.public_id):
            return _NOTHING
        return self.form_of(comment)

    def replies(self, comment: Comment) -> SafeString:
        """What was answered and has not come back as a comment on this page."""
        return SafeString("".join(map(self.block_of, self.waiting.get(comment.pk, ()))))

    def below(self, comment: Comment) -> SafeString:
        """The form, and the replies."""
        return self.form(comment) + self.replies(comment)

    def sent_as(self, comment: Comment) -> str:
        """Who wrote it here, for a comment that is a reply of ours come back."""
        known = self.echoes.get(comment.pk)
        return _("answered from here by %(name)s") % {"name": known.reply.made_by} if known else ""


NOBODY_REPLIES: Final = Replying()


def replying(
    request: HttpRequest,
    post: Post,
    shown: Iterable[Comment],
    *,
    asked: str = "",
    form: ReplyForm | None = None,
) -> Replying:
    """What the page of ``request`` shows of replies to these comments of ``post``; ``asked`` is the
    public id of the one whose form is open, with ``form`` where it came back.

    Six queries at most, however many comments.
    """
    by_key = {comment.pk: comment for comment in shown}
    for comment in by_key.values():
        comment.post = post
    known, may = answered(by_key.values()), may_answer(request.user)
    line = line_of(post.channel, now()) if may or known else None
    made = Replying(
        line=line if may else None,
        here=_here(request),
        asked=asked,
        form_of=partial(_form, request, line, form),
        block_of=partial(_block, request, line),
    )
    for each in known:
        if each.echo in by_key:
            made.echoes[each.echo] = each
        else:
            made.waiting.setdefault(each.reply.comment_id, []).append(each)
    return made


def _here(request: HttpRequest) -> str:
    """The address that a comment's id makes into that of the page with its form open."""
    kept = request.GET.copy()
    kept.pop("reply", None)
    query = f"{kept.urlencode()}&" if kept else ""
    return f"{request.path}?{query}reply="


def _form(
    request: HttpRequest, line: Line | None, came_back: ReplyForm | None, comment: Comment
) -> SafeString:
    # What came back is shown whatever has happened since: its words are not to be lost.
    if line is None or (came_back is None and (line.refusal or why_not(comment))):
        return _NOTHING
    fresh = {"once": uuid.uuid4(), "seen": times_answered(comment)}
    form = came_back or ReplyForm(initial=fresh)
    context: dict[str, Any] = {
        "form": form.limited(line.answerer.longest_reply),
        "comment": comment,
        "channel": line.way.channel,
        "waits": line.waits,
        "address": reverse("comments:reply", args=[comment.public_id]),
        "back": f"{request.path}#c-{comment.public_id}",
    }
    return SafeString(render_to_string("conversations/reply_form.html", context, request))


def _block(request: HttpRequest, line: Line | None, known: Answered) -> SafeString:
    row = known.outgoing
    way = line.way if line is not None else reports.ways(now())[row.channel_id]
    context = {"known": known, "standing": standing(row, way, now()), "words": words_of(row)}
    return SafeString(render_to_string("conversations/reply.html", context, request))

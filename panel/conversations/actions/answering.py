"""Answering a comment on its network, in the page's name."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.accounts.models import User
from panel.audit.actions import record
from panel.channels.models import Channel
from panel.channels.outgoing import Act, Verb
from panel.conversations.answerable import line_of, top_of, why_not
from panel.conversations.masking import masked
from panel.conversations.models import Comment, Reply
from panel.conversations.reports.answering import times_answered
from panel.core.clock import database_now
from panel.outbox.actions import hand_over

# By then the talk has moved on: whether it is still to be said, a person decides.
WITHIN: Final = timedelta(days=1)
TITLE_MOST: Final = 80


class Refused(Exception):
    """It is not answered; the message says why, for a person."""


@transaction.atomic
def reply(comment: Comment, *, text: str, once: UUID, seen: int, by: User) -> Reply:
    """Hand a reply over to the outbox: once committed it is said once, or a person told why not.

    ``once`` is the same for every press of one button: pressed twice, it is one reply. ``seen`` is
    how often the comment had been answered when its writer looked. Raises Refused for what cannot
    be answered, or not with these words, or where somebody else was quicker.
    """
    rows = Comment.objects.select_for_update(of=("self",))
    row = rows.select_related("channel", "post", "commenter", "parent").get(pk=comment.pk)
    key, words = f"reply:{row.pk}:{by.pk}:{once.hex}", text.replace("\r\n", "\n").strip()
    known = Reply.objects.filter(outgoing__key=key).first()
    if known is not None:
        return known
    _check(row, words)
    if times_answered(row) != seen:
        raise Refused(
            _("The comment has been answered since you opened it. Read that before you send yours.")
        )
    at = database_now()
    outgoing = hand_over(
        key=key,
        channel=row.channel,
        act=Act(Verb.REPLY, words, answers=row.external_id, top=top_of(row)),
        title=_title(words),
        due_at=at,
        latest_at=at + WITHIN,
    )
    made = Reply.objects.create(comment=row, outgoing=outgoing, made_by=by, made_at=at)
    record("comment.answered", on=row, by=by, detail={"reply": made.pk})
    return made


def _check(comment: Comment, words: str) -> None:
    refusal = why_not(comment) or _refusal_on(comment.channel, words)
    if refusal:
        raise Refused(refusal)


def _refusal_on(channel: Channel, words: str) -> str:
    line = line_of(channel, database_now())
    if line is None:
        return _("Comments on this channel are answered on the network itself.")
    if line.refusal:
        return line.refusal
    if not words:
        return _("Write the reply.")
    number, most = line.answerer.reply_length(words), line.answerer.longest_reply
    if number > most:
        too_many = ngettext(
            "The network takes %(most)s characters at most. This is one too many.",
            "The network takes %(most)s characters at most. These are %(number)s too many.",
            number - most,
        )
        return too_many % {
            "most": number_format(most, force_grouping=True),
            "number": number_format(number - most, force_grouping=True),
        }
    if masked(words) != words:
        return _(
            "This holds what looks like a civil registration number. Everybody can read the reply: "
            "leave the number out."
        )
    return ""


def _title(words: str) -> str:
    """The first words, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= TITLE_MOST else line[: TITLE_MOST - 1] + "…"

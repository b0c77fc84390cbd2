"""Letting go of commenters, with everything that was said to them: shared by objection, erasure and
retention.
"""

from __future__ import annotations

from collections.abc import Collection

from panel.audit.actions import By
from panel.conversations.actions.people import forget, holding_channels_of
from panel.conversations.models import Commenter
from panel.invitations.models import Invitation, InvitationState
from panel.invitations.moves import INVITATION

_OPEN = [state for state, onward in INVITATION.items() if onward]


def let_go(commenters: Collection[int], *, by: By, keep_words: bool) -> int:
    """Withdraw their invitations, blank them, and forget the people (primary keys); how many went.

    With ``keep_words`` their comments stay where they stood, by nobody; without, they become
    tombstones. One transaction, in which no import writes about them.
    """
    with holding_channels_of(commenters):
        theirs = Invitation.objects.filter(commenter__in=commenters)
        theirs.filter(state__in=_OPEN).update(state=InvitationState.WITHDRAWN, token="")
        theirs.update(email="", token="", token_hash=None, expires_at=None)
        return forget(commenters, by=by, keep_words=keep_words)


def the_same_person(commenter: Commenter) -> list[int]:
    """The keys of ``commenter`` on every channel where its id means the same person."""
    same = Commenter.objects.filter(
        channel__scope=commenter.channel.scope, external_id=commenter.external_id
    )
    return list(same.values_list("pk", flat=True))

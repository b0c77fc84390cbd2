"""What publications do when their approval moves: they go along, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from cms.publishing import plans
from cms.publishing.actions.handing import call_back
from cms.publishing.letters import ask_anew, tell_authors
from cms.publishing.models import Publication
from cms.publishing.models import State as Out
from cms.review.models import Approval, State
from panel.core.clock import now


def go_along(approval: Approval) -> None:
    """Called with every approval that has moved (``cms.review.following``)."""
    _THEN[State(approval.state)](approval)


def _approved(approval: Approval) -> None:
    """What goes out "as soon as it is approved" is due now."""
    moment = now()
    waits = timedelta(minutes=plans.patience(approval))
    _ahead(approval).filter(due_at__isnull=True).update(due_at=moment, latest_at=moment + waits)
    tell_authors(approval)


def _asked_again(approval: Approval) -> None:
    """Nobody has said yes to it any more."""
    soon = [line[0] for line in approval.plan if line[1] is None]
    _ahead(approval).filter(channel_id__in=soon).update(due_at=None, latest_at=None)
    ask_anew(approval)


def _stopped(approval: Approval) -> None:
    """It does not go out."""
    _ahead(approval).update(state=Out.CANCELLED, held_by=None, held_at=None)
    tell_authors(approval)


def _missed(approval: Approval) -> None:
    """It could have, and did not."""
    _ahead(approval).update(state=Out.MISSED, held_by=None, held_at=None)
    tell_authors(approval)


def _taken_down(approval: Approval) -> None:
    """The page is gone, so nothing that links to it is to be posted."""
    rows = Publication.objects.filter(approval=approval)
    rows.filter(state=Out.OUT, posted_at__isnull=True).update(state=Out.DOWN)
    rows.filter(state__in=(*_AHEAD, Out.READY)).update(state=Out.CANCELLED)
    call_back(list(rows.filter(state=Out.QUEUED).select_related("outgoing")), why=_DOWN)


def _nothing(approval: Approval) -> None:
    """The one who moved it sees to the rest."""


def _ahead(approval: Approval) -> QuerySet[Publication]:
    return Publication.objects.filter(approval=approval, state__in=_AHEAD)


_DOWN = gettext_noop("The story was taken down.")
_AHEAD = (Out.WAITING, Out.HELD)
_THEN: Mapping[State, Callable[[Approval], None]] = {
    State.ASKED: _asked_again,
    State.APPROVED: _approved,
    State.PUBLISHED: _nothing,
    State.CHANGES: _stopped,
    State.REJECTED: _stopped,
    State.TAKEN_BACK: _stopped,
    State.FELL_AWAY: _stopped,
    State.LATE: _stopped,
    State.MISSED: _missed,
    State.SUPERSEDED: _nothing,
    State.TAKEN_DOWN: _taken_down,
}

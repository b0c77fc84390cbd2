"""Who is told what has become of a story: rows, written with the change they tell of.

The worker mails them (``sending``). A change that is rolled back tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cms.publishing.models import Notice, What
from cms.review.models import Approval, State
from cms.review.permissions import approvers
from panel.accounts.models import User

_OF: Mapping[str, What] = {
    State.APPROVED: What.APPROVED,
    State.CHANGES: What.CHANGES,
    State.REJECTED: What.REJECTED,
    State.TAKEN_BACK: What.STOPPED,
    State.FELL_AWAY: What.STOPPED,
    State.LATE: What.LATE,
    State.MISSED: What.MISSED,
}


def tell_editors(approval: Approval, what: What = What.ASKED) -> None:
    """Every editor who may decide: there is something to read."""
    _tell(approval, what, (editor.pk for editor in approvers(approval)))


def ask_anew(approval: Approval) -> None:
    """As the first time: that they were asked before has come to nothing."""
    asked = Notice.objects.filter(approval=approval, what__in=(What.ASKED, What.REMINDER))
    asked.delete()
    tell_editors(approval)


def tell_authors(approval: Approval) -> None:
    """Whoever asked; who said yes too, when it comes to nothing; and the editors, when nobody did
    in time. Nobody is told what they have just decided themselves.
    """
    what = _OF[approval.state]
    answered = what in (What.APPROVED, What.CHANGES, What.REJECTED)
    _tell(approval, what, [approval.asked_by_id] if answered else _both(approval))
    if what == What.LATE:
        tell_editors(approval, what)


def tell_out(approval: Approval) -> None:
    """Whoever asked and whoever said yes: it is live."""
    _tell(approval, What.OUT, _both(approval))


def tell_not_sent(approval: Approval) -> None:
    """Whoever asked and whoever said yes: a network did not get it."""
    _tell(approval, What.NOT_SENT, _both(approval))


def tell_posters(approval: Approval) -> None:
    """Whoever asked: it is time to post by hand."""
    _tell(approval, What.POST, [approval.asked_by_id])


def remind_posters(approval: Approval, what: What) -> None:
    """Whoever asked, or who said yes where they have left: it is still to be posted."""
    asked_by = approval.asked_by
    _tell(approval, what, [asked_by.pk] if asked_by.is_active else _both(approval))


def _both(approval: Approval) -> set[int]:
    return {approval.asked_by_id, approval.decided_by_id or approval.asked_by_id}


def _tell(approval: Approval, what: What, people: Iterable[int]) -> None:
    here = User.objects.filter(pk__in=set(people), is_active=True).values_list("pk", flat=True)
    rows = [Notice(approval=approval, what=what, to_id=key) for key in here]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)

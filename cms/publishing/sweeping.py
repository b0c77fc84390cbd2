"""The go-live loop: what is due goes out, what is too late is closed, whoever left is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from cms.publishing.actions.golive import Outcome, give_up_late, put_out
from cms.publishing.models import Publication
from cms.review import actions as review
from cms.review.models import OPEN, Approval
from cms.review.models import State as Said
from cms.review.permissions import still_stands
from panel.core.clock import database_now
from panel.jobs.current import current_job
from panel.outbox.models import Pause

AT_ONCE = 100
# Beyond so many at once, a second worker helps: one writer takes about a second for twenty.
MANY = 20


def clock() -> datetime:
    """What decides that something is due (R6)."""
    return database_now()


def is_much() -> bool:
    """Whether more is due than one worker lets out in a moment."""
    return len(_ready()[: MANY + 1]) > MANY


def sweep(*, last_first: bool = False) -> int:
    """Let out everything that is due now; how many stories went out.

    Two at once begin at both ends: the longest due first, or with ``last_first`` the other way
    round. Whoever comes to a story second finds it out, or held by the other. One that fails is
    tried again with the next sweep and keeps no other from going out: its error is raised when all
    have had their turn.
    """
    out, failures = 0, []
    for approval_id in _due(last_first):
        try:
            out += put_out(approval_id, at=clock()) == Outcome.OUT
        except Exception as failure:
            failures.append(failure)
        current_job().checkpoint()
    if failures:
        raise ExceptionGroup("Some stories could not go out.", failures)
    return out


def close_late() -> int:
    """Close what is too late to go out; how many. After ``sweep``: what still can, does."""
    late = Publication.objects.late(clock()).filter(approval__state__in=OPEN)
    keys = list(late.order_by("latest_at").values_list("approval_id", flat=True).distinct())
    return sum(give_up_late(key, at=clock()) for key in keys)


def replace_who_left() -> int:
    """Ask anew where the one who said yes is no editor any more; how many."""
    given = Approval.objects.filter(state=Said.APPROVED).select_related("decided_by")
    left = [approval for approval in given if not still_stands(approval)]
    for approval in left:
        review.ask_again(approval)
    return len(left)


def _due(last_first: bool) -> Iterator[int]:
    """Approvals whose time has come, looked up a hundred at a time."""
    tried: set[int] = set()
    order = ("-due_at", "-approval_id") if last_first else ("due_at", "approval_id")
    while not Pause.objects.of_everything().exists():
        some = list(
            dict.fromkeys(_ready().exclude(approval_id__in=tried).order_by(*order)[:AT_ONCE])
        )
        if not some:
            return
        tried.update(some)
        yield from some


def _ready() -> QuerySet[Publication, int]:
    """The approvals of publications whose time has come; one with several comes several times."""
    return (
        Publication.objects.due(clock())
        .filter(approval__state__in=(Said.APPROVED, Said.PUBLISHED))
        .values_list("approval_id", flat=True)
    )

"""How long what is kept: one rule after the other, each a question and what to do about the answer
(P8, P9).

A rule's question is a query for the rows whose time is up; when its act is done, none is left.
Acts work in batches and may be stopped and repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from panel.audit.actions import SYSTEM, prune, record
from panel.conversations.actions.people import holding_channels_of
from panel.conversations.models import Commenter
from panel.conversations.retention import drop_old_files
from panel.core.clock import now
from panel.core.personal import Text
from panel.engagement.actions import expire
from panel.invitations.actions import blank
from panel.invitations.models import Invitation
from panel.jobs.current import current_job
from panel.privacy import overdue
from panel.privacy.letting_go import let_go
from panel.privacy.members import ask_to_stay, close_unfinished, let_leave

BATCH = 500

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """``due`` finds the rows whose time is up at a moment, ``act`` deals with them and says how
    many it dealt with. ``words`` is what a data protection officer reads.
    """

    words: Text
    due: Callable[[datetime], Rows]
    act: Callable[[Rows, datetime], int]


def retain(*, at: datetime | None = None, dry_run: bool = False) -> dict[str, int]:
    """Apply every rule; by rule, how many rows it dealt with, or with ``dry_run`` would."""
    at = at or now()
    if dry_run:
        return {name: rule.due(at).count() for name, rule in RULES.items()}
    return {name: _apply(name, rule, at) for name, rule in RULES.items()}


def _apply(name: str, rule: Rule, at: datetime) -> int:
    rows = rule.act(rule.due(at), at)
    if rows:
        record("retention.applied", on=("privacy.rule", name), by=SYSTEM, detail={"rows": rows})
    current_job().checkpoint()
    return rows


def _batches(rows: Rows) -> Iterator[list[int]]:
    """The keys of ``rows``, a batch at a time: those found now, not those that come meanwhile."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
        current_job().checkpoint()


def _delete(rows: Rows, _at: datetime) -> int:
    gone = 0
    for keys in _batches(rows):
        gone += rows.filter(pk__in=keys).delete()[1].get(rows.model._meta.label, 0)
    return gone


def _forget(rows: QuerySet[Commenter], _at: datetime) -> int:
    gone = 0
    for keys in _batches(rows):
        with holding_channels_of(keys):
            # Somebody may have written since we asked.
            still = list(rows.filter(pk__in=keys).values_list("pk", flat=True))
            gone += let_go(still, by=SYSTEM, keep_words=False)
    return gone


def _blank(rows: QuerySet[Invitation], _at: datetime) -> int:
    return sum(blank(rows.filter(pk__in=keys)) for keys in _batches(rows))


_rules: dict[str, Rule] = {
    "commenters": Rule(
        _("People who comment: the days in the controller's record after their last comment"),
        overdue.commenters,
        _forget,
    ),
    "untold_people": Rule(
        _("People on a shortlist who were not told of it: 30 days"),
        overdue.untold_people,
        _delete,
    ),
    "unsent_invitations": Rule(
        _("Invitations that were never sent: 30 days"), overdue.unsent_invitations, _delete
    ),
    "ended_shortlists": Rule(
        _("People on a shortlist: to its last day"),
        overdue.people_on_ended_shortlists,
        lambda _rows, at: expire(at),
    ),
    "unanswered_invitations": Rule(
        _("Address, link and times of an invitation nobody answered: 60 days"),
        overdue.unanswered_invitations,
        _blank,
    ),
    "silent_members": Rule(
        _("Members not active for 12 months: asked whether they want to stay"),
        overdue.silent_members,
        ask_to_stay,
    ),
    "gone_members": Rule(
        _("Members not active for 18 months who were asked: erased"),
        overdue.gone_members,
        lambda rows, _at: let_leave(rows),
    ),
    "unfinished_accounts": Rule(
        _("Accounts of people who never joined: 30 days"),
        overdue.unfinished_accounts,
        lambda rows, _at: close_unfinished(rows),
    ),
    "files": Rule(
        _("Imported files: IMPORT_FILE_DAYS after their last use"),
        overdue.files,
        lambda _rows, _at: drop_old_files(),
    ),
    "sessions": Rule(_("Signed-in browsers: to the end of the session"), overdue.sessions, _delete),
    "codes": Rule(_("Codes by e-mail: ten minutes"), overdue.codes, _delete),
    "trail": Rule(
        _("The trail of who did what: five years"),
        overdue.events,
        lambda _rows, at: prune(before=at - overdue.TRAIL, by=SYSTEM),
    ),
}

# Every rule, those of apps above included.
RULES: Mapping[str, Rule] = MappingProxyType(_rules)


def also(name: str, rule: Rule) -> None:
    """``rule`` is applied with ours from now on: for apps above, when they are ready."""
    _rules[name] = rule

"""Everything that can become of an approval, one verb each.

Every verb first holds the page's row, then its approvals: whoever edits, approves, withdraws or
publishes the same page waits in one line, and finds the state the one before left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.review import following, moves
from cms.review.models import OPEN, Approval, Hand, State
from cms.review.permissions import authors, ever, may_approve, others
from cms.review.sealing import Contents, contents, digest, seal
from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.core.clock import now
from panel.core.trail import System

Plan = list[Any]


class Refused(Exception):
    """It cannot be done; the message says to the person why, and what to do about it."""


def hold(page_id: int | None) -> None:
    """Wait until the page's row is ours for the rest of the transaction."""
    list(Page.objects.select_for_update().filter(pk=page_id).values_list("pk"))


@transaction.atomic
def ask(
    page: Page, *, plan: Plan, needed_by: datetime | None = None, message: str = "", by: User
) -> Approval:
    """Lay the newest version of ``page`` before a second person.

    ``plan`` is where and when it goes out, as JSON data; ``needed_by`` when a yes comes too late.
    Raises Refused when it waits already, when nothing was written, or when nobody could approve it.
    """
    hold(page.pk)
    if Approval.objects.of(page).open().exists():
        raise Refused(_("It is waiting for approval already. Take it back first to change it."))
    revision = Page.objects.get(pk=page.pk).latest_revision
    if revision is None:
        raise Refused(_("There is nothing to approve yet. Save a draft first."))
    hands = authors(page) | {by.pk}
    if not others(than=hands):
        raise Refused(
            _(
                "Nobody can approve it: every editor has a hand in it. Ask an administrator to "
                "make a colleague an editor."
            )
        )
    written = revision.as_object()
    what = contents(written)
    approval = Approval.objects.create(
        page=page,
        revision=revision,
        title=written.title,
        contents=what,
        plan=plan,
        content_hash=digest(what),
        seal=seal(what, plan),
        authors=sorted(hands),
        asked_by=by,
        needed_by=needed_by,
        message=message,
    )
    record("approval.asked", on=approval, by=by, detail={"page": page.pk, "seal": approval.seal})
    return approval


def approve(approval: Approval, *, seen: str, note: str = "", by: User) -> Approval:
    """Say yes to ``seen``, the seal of what was on the screen.

    Raises Refused to whoever has a hand in it and for anything else than what is asked for now,
    MoveRefused when somebody was quicker.
    """
    return _decide(approval, State.APPROVED, seen=seen, note=note, by=by)


def ask_for_changes(approval: Approval, *, note: str, by: User) -> Approval:
    """Give it back to the author with ``note``. Raises Refused without one, and as ``approve``."""
    if not note.strip():
        raise Refused(_("Write what should be changed, so that the author knows."))
    return _decide(approval, State.CHANGES, note=note, by=by)


def reject(approval: Approval, *, note: str, by: User) -> Approval:
    """Say no for good. Raises Refused without a reason, and as ``approve``."""
    if not note.strip():
        raise Refused(_("Write why, so that the author knows."))
    return _decide(approval, State.REJECTED, note=note, by=by)


@transaction.atomic
def take_back(approval: Approval, *, note: str = "", by: User) -> Approval:
    """Stop it before it is out: asked for or approved, it waits for nothing any more.

    Raises MoveRefused when it is out already.
    """
    approval = _held(approval)
    return _end(approval, State.TAKEN_BACK, by=by, detail={"note": bool(note)})


def fell_away(page_id: int, *, why: str, by: User | System = SYSTEM) -> Approval | None:
    """Void what waits for ``page_id``, because something of it is not as it was.

    Part of the caller's transaction, which holds the page. ``why`` is one word for the trail.
    """
    waiting = Approval.objects.select_for_update().filter(page_id=page_id, state__in=OPEN).first()
    if waiting is None:
        return None
    return _end(waiting, State.FELL_AWAY, by=by, detail={"why": why})


@transaction.atomic
def changed(page: Any, *, by: User | None) -> Approval | None:
    """Something wrote a version of ``page``: void what waits, unless it says the same as before."""
    hold(page.pk)
    waiting = Approval.objects.of(page).open().first()
    if waiting is None or contents(page) == waiting.contents:
        return None
    return fell_away(page.pk, why="edited", by=by or SYSTEM)


@transaction.atomic
def moved(page: Page) -> None:
    """``page`` and all below it have another address: what waits was to go out in another place."""
    hold(page.pk)
    below = Page.objects.get(pk=page.pk).get_descendants(inclusive=True)
    waiting = Approval.objects.open().filter(page__in=below.values("pk"))
    for page_id in waiting.values_list("page_id", flat=True):
        if page_id is not None:
            fell_away(page_id, why="moved")


@transaction.atomic
def give_up(approval: Approval, *, to: State) -> Approval:
    """Its time is over: ``LATE`` when nobody said yes in time, ``MISSED`` when nothing ran."""
    return _end(_held(approval), to, by=SYSTEM)


@transaction.atomic
def ask_again(approval: Approval) -> Approval:
    """The one who said yes has left before it was used: another editor is asked."""
    approval = _held(approval)
    moves.check(approval.state, State.ASKED)
    left = approval.decided_by_id
    approval.state = State.ASKED
    approval.decided_by = approval.decided_at = approval.reminded_at = None
    approval.save(update_fields=["state", "decided_by", "decided_at", "reminded_at"])
    record("approval.asked_again", on=approval, by=SYSTEM, detail={"left": left})
    following.tell(approval)
    return approval


def copied(source: Page, to: Page) -> None:
    """``to`` was made of ``source``, within the caller's transaction: whoever had a hand in the one
    has it in the other, whether versions came along or not; who sent it for approval, too.
    """
    people = ever(source) | authors(source)
    hands = [Hand(page=to, user_id=user) for user in sorted(people)]
    Hand.objects.bulk_create(hands, ignore_conflicts=True)


def use(approval: Approval, *, at: datetime) -> None:
    """Turn a yes into what is live, inside the transaction that publishes it and holds the page.

    The version before it is history from here on.
    """
    moves.check(approval.state, State.PUBLISHED)
    before = Approval.objects.filter(page=approval.page, state=State.PUBLISHED)
    before.update(state=State.SUPERSEDED, ended_at=at)
    approval.state, approval.published_at = State.PUBLISHED, at
    approval.save(update_fields=["state", "published_at"])


def taken_down(page_id: int) -> None:
    """What was live is not any more; showing it again needs a new yes."""
    at = now()
    down = Approval.objects.filter(page_id=page_id, state=State.PUBLISHED).first()
    if down is None:
        return
    down.state, down.ended_at = State.TAKEN_DOWN, at
    down.save(update_fields=["state", "ended_at"])
    record("approval.taken_down", on=down, by=SYSTEM)
    following.tell(down)
    fell_away(page_id, why="taken_down")


@transaction.atomic
def reminded(approvals: Iterable[Approval]) -> int:
    """Note that the editors were reminded of these; how many had not been before."""
    keys = [approval.pk for approval in approvals]
    unreminded = Approval.objects.filter(pk__in=keys, reminded_at__isnull=True)
    return unreminded.update(reminded_at=now())


@transaction.atomic
def _decide(approval: Approval, to: State, *, by: User, seen: str = "", note: str) -> Approval:
    approval = _held(approval)
    if not may_approve(by, approval):
        raise Refused(
            _(
                "You have a hand in it, or are no editor. A colleague who is an editor and has "
                "written nothing of it must decide."
            )
        )
    moves.check(approval.state, to)
    if to == State.APPROVED:
        _same_as_seen(approval, seen)
    approval.decided_by, approval.decided_at, approval.note = by, now(), note.strip()
    approval.save(update_fields=["decided_by", "decided_at", "note"])
    if to == State.APPROVED:
        approval.state = to
        approval.save(update_fields=["state"])
        record("approval.given", on=approval, by=by, detail={"seal": approval.seal})
        following.tell(approval)
        return approval
    return _end(approval, to, by=by)


def _same_as_seen(approval: Approval, seen: str) -> None:
    """Raises Refused unless what was seen is what was asked for, and still is what is there."""
    if seen != approval.seal:
        raise Refused(_("It has changed since you looked. Read it again before you approve it."))
    now_there = approval.revision and contents(approval.revision.as_object())
    if now_there != approval.contents:
        raise Refused(
            _(
                "It has changed since you looked: a picture or a text is another one than was sent "
                "to you. Ask for changes, so that the author sends it again."
            )
        )


def _held(approval: Approval) -> Approval:
    """The approval as it is now, with its page, ours for the rest of the transaction."""
    hold(approval.page_id)
    return Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)


_WHAT: Mapping[str, str] = {
    State.CHANGES: "approval.changes_asked_for",
    State.REJECTED: "approval.rejected",
    State.TAKEN_BACK: "approval.taken_back",
    State.FELL_AWAY: "approval.fell_away",
    State.LATE: "approval.late",
    State.MISSED: "approval.missed",
}


def _end(
    approval: Approval, to: State, *, by: User | System, detail: Mapping[str, Any] | None = None
) -> Approval:
    """Close it, and let those who hang on it let go, before the trail is written."""
    moves.check(approval.state, to)
    approval.state, approval.ended_at = to, now()
    approval.save(update_fields=["state", "ended_at"])
    following.tell(approval)
    record(_WHAT[to], on=approval, by=by, detail={"page": approval.page_id, **(detail or {})})
    return approval


def same(what: Contents, approval: Approval) -> bool:
    """Whether ``what`` is to the letter what was approved."""
    return digest(what) == approval.content_hash

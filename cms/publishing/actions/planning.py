"""Sending a story for approval with where and when, and what may be done before it is out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cms.publishing import moves, plans
from cms.publishing.actions.refusals import AlreadyOut
from cms.publishing.findings import findings
from cms.publishing.letters import tell_editors
from cms.publishing.models import Publication, State
from cms.review import actions as review
from cms.review.actions import Refused
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.review.sealing import contents
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import in_copenhagen, now


@transaction.atomic
def submit(
    story: StoryPage,
    *,
    due_at: datetime | None = None,
    patience: int = plans.USUAL_PATIENCE,
    message: str = "",
    by: User,
) -> Approval:
    """Ask the editors for a yes to the newest version of ``story``.

    ``due_at`` is when it is to go out, None for as soon as it is approved; ``patience`` how many
    minutes late it may. Raises Refused with what is still wrong, one sentence a line.
    """
    review.hold(story.pk)
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    what = contents(draft)
    wrong = findings(draft, what, today=in_copenhagen(due_at or now()).date())
    stops = [finding.sentence for finding in wrong if finding.stops]
    if due_at is not None and due_at <= now():
        stops.append(_("The time it is to go out has passed. Choose a later one."))
    if stops:
        raise Refused("\n".join(stops))
    texts = {plans.site().pk: "", **{row.channel_id: row.text for row in draft.teasers.all()}}
    plan = plans.written(texts, due_at=due_at, patience=patience)
    rows = plans.publications(Approval(plan=plan))
    latest = max((row.latest_at for row in rows if row.latest_at), default=None)
    approval = review.ask(story, plan=plan, needed_by=latest, message=message, by=by)
    for row in rows:
        row.approval = approval
    Publication.objects.bulk_create(rows)
    tell_editors(approval)
    return approval


@transaction.atomic
def move(approval: Approval, *, due_at: datetime | None, why: str, by: User) -> Approval:
    """Another time. What was said yes to was another plan, so the editors are asked again.

    Raises Refused without a reason or where ``submit`` would, AlreadyOut when it is out already.
    """
    approval = cancel(approval, why=why, by=by)
    story = StoryPage.objects.filter(pk=approval.page_id).first()
    if story is None:
        raise Refused(_("The story has been deleted."))
    return submit(story, due_at=due_at, patience=plans.patience(approval), message=why, by=by)


@transaction.atomic
def cancel(approval: Approval, *, why: str, by: User) -> Approval:
    """It does not go out. Raises Refused without a reason, AlreadyOut when it is out already."""
    if not why.strip():
        raise Refused(_("Write why, so that your colleagues know."))
    _not_out_yet(approval)
    rows = Publication.objects.filter(approval=approval).ahead()
    rows.update(why=why.strip())
    return review.take_back(approval, note=why.strip(), by=by)


@transaction.atomic
def take_back(approval: Approval, *, why: str = "", by: User) -> Approval:
    """Stop it to go on writing. As long as nobody has said yes, no reason is asked for.

    Raises Refused without one afterwards, MoveRefused when it is out already.
    """
    if approval.state != Said.ASKED or why.strip():
        return cancel(approval, why=why, by=by)
    return review.take_back(approval, by=by)


@transaction.atomic
def hold_back(approval: Approval, *, why: str, by: User) -> list[Publication]:
    """It does not go out until somebody lets it go on.

    Raises Refused without a reason, AlreadyOut when it is out already.
    """
    if not why.strip():
        raise Refused(_("Write why, so that your colleagues know."))
    _not_out_yet(approval)
    rows = _rows(approval)
    for row in rows:
        moves.check(row.state, State.HELD)
        row.state, row.held_why = State.HELD, why.strip()
        row.held_by, row.held_at = by, now()
    Publication.objects.bulk_update(rows, ["state", "held_by", "held_at", "held_why"])
    record("publication.held", on=approval, by=by, detail={"channels": len(rows)})
    return rows


@transaction.atomic
def go_on(approval: Approval, *, by: User) -> list[Publication]:
    """Let what was held back go on. Raises MoveRefused when it is not held any more."""
    rows = _rows(approval)
    for row in rows:
        moves.check(row.state, State.WAITING)
        row.state, row.held_why = State.WAITING, ""
        row.held_by = row.held_at = None
    Publication.objects.bulk_update(rows, ["state", "held_by", "held_at", "held_why"])
    record("publication.went_on", on=approval, by=by, detail={"channels": len(rows)})
    return rows


def _not_out_yet(approval: Approval) -> None:
    """Holds the page, so that what is true now stays true. Raises AlreadyOut."""
    review.hold(approval.page_id)
    since = Approval.objects.values_list("published_at", flat=True).get(pk=approval.pk)
    if since is not None:
        raise AlreadyOut(since)


def _rows(approval: Approval) -> list[Publication]:
    """All publications of ``approval``, with its page, ours for the rest of the transaction."""
    review.hold(approval.page_id)
    rows = Publication.objects.select_for_update().filter(approval=approval)
    found = list(rows.order_by("pk"))
    if not found:
        raise Refused(_("It is not planned to go out."))
    return found

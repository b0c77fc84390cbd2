"""Going live: one story, one transaction, once, at its minute, or not at all.

Wagtail's own schedule plays no part (trust.md, section 0): it loses and doubles. Here the page's
row is held first, then everything is looked at again that was true when somebody said yes, then the
version is published and the rows are written; whoever is killed on the way has done nothing.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from cms.publishing import moves, plans
from cms.publishing.actions.handing import hand_over
from cms.publishing.letters import tell_out, tell_posters
from cms.publishing.models import Publication, State
from cms.review import actions as review
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.review.permissions import still_stands
from cms.review.sealing import contents
from cms.stories.ideas.telling import told
from cms.stories.models import StoryPage
from panel.audit.actions import SYSTEM, record
from panel.channels.models import Kind
from panel.channels.sending import sends
from panel.jobs.faultpoints import faultpoint
from panel.outbox.models import Pause

CHECKED = faultpoint("golive.checked", "everything was looked at, nothing is written")
PUBLISHED = faultpoint("golive.published", "the page is live, its publications do not know")
WRITTEN = faultpoint("golive.written", "all is written, nothing is committed")
COMMITTED = faultpoint("golive.committed", "it is out, and the job does not know")


class Outcome(StrEnum):
    """What became of one try."""

    OUT = "out"
    WAITS = "waits"  # its time has not come, it is held back, or somebody holds the page just now
    PAUSED = "paused"
    STOPPED = "stopped"  # it did not go out and never will: late, missed, or not as approved


class _Paused(Exception):
    """Somebody paused everything while this was under way: take it back."""


def put_out(approval_id: int, *, at: datetime) -> Outcome:
    """Let one approval's publications out whose time has come at ``at``, the database's clock."""
    try:
        with transaction.atomic():
            outcome = _put_out(approval_id, at)
            # Read last: who pauses waits for the trail, which we hold, or was there before us.
            if outcome == Outcome.OUT and Pause.objects.of_everything().exists():
                raise _Paused
            WRITTEN()
    except _Paused:
        return Outcome.PAUSED
    COMMITTED()
    return outcome


def _put_out(approval_id: int, at: datetime) -> Outcome:
    if Pause.objects.of_everything().exists():
        return Outcome.PAUSED
    page_id = Approval.objects.values_list("page_id", flat=True).get(pk=approval_id)
    page = Page.objects.select_for_update(skip_locked=True).filter(pk=page_id).only("pk").first()
    if page is None and page_id is not None:
        return Outcome.WAITS
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id)
    rows = list(
        Publication.objects.select_for_update(of=("self",))
        .filter(approval=approval)
        .select_related("channel", "approval__page")
        .order_by(plans.site_first(), "pk")
    )
    due = [row for row in rows if row.state == State.WAITING and row.due_at and row.due_at <= at]
    if not due or any(row.latest_at and row.latest_at < at for row in due):
        return Outcome.WAITS  # what is too late is for give_up_late()
    if approval.state == Said.APPROVED and not still_stands(approval):
        return Outcome.WAITS  # replace_who_left() sees to it
    if approval.state == Said.APPROVED:
        publish = PublishPageRevisionAction(approval.revision) if approval.revision else None
        why = _not_as_approved(approval, rows, publish and publish.object)
        if why and approval.page_id is not None:
            review.fell_away(approval.page_id, why=why)
            return Outcome.STOPPED
        CHECKED()
        _publish(approval, at, publish)
        PUBLISHED()
    elif approval.state != Said.PUBLISHED:
        return Outcome.WAITS
    _let_out(due, at)
    record("story.out", on=approval, by=SYSTEM, detail={"page": page_id, "seal": approval.seal})
    return Outcome.OUT


def _not_as_approved(approval: Approval, rows: list[Publication], version: StoryPage | None) -> str:
    """What is not as it was when somebody said yes, in one word for the trail; empty for nothing.

    All of it is looked at again, whatever voided approvals should have noticed on the way.
    ``version`` is what would be published.
    """
    if version is None or approval.page_id is None:
        return "deleted"
    if contents(version) != approval.contents:
        return "altered"
    page = StoryPage.objects.get(pk=approval.page_id)
    newer = page.latest_revision_id != approval.revision_id
    if newer and contents(page.get_latest_revision_as_object()) != approval.contents:
        return "edited"
    return "" if plans.keeps_to(approval, rows) else "replanned"


def _publish(approval: Approval, at: datetime, publish: PublishPageRevisionAction) -> None:
    """Make the approved version what readers see."""
    review.use(approval, at=at)
    publish.execute(skip_permission_checks=True)
    # A later version may exist that says the same: nothing is left to publish then.
    Page.objects.filter(pk=approval.page_id).update(has_unpublished_changes=False)
    told(publish.object)


def _let_out(due: list[Publication], at: datetime) -> None:
    """The page is out; the outbox has what goes to a network, and somebody posts the rest now."""
    for row in due:
        to = _where(row, at)
        moves.check(row.state, to)
        row.state = to
        if to == State.OUT:
            row.out_at = at
    Publication.objects.bulk_update(due, ["state", "out_at", "outgoing", "why"])
    if any(row.state == State.OUT for row in due):
        tell_out(due[0].approval)
    if any(row.state == State.READY for row in due):
        tell_posters(due[0].approval)


def _where(row: Publication, at: datetime) -> State:
    """What ``row`` becomes now that its time has come."""
    if row.channel.kind == Kind.SITE:
        return State.OUT
    return hand_over(row, at=at) if sends(row.channel) else State.READY


@transaction.atomic
def give_up_late(approval_id: int, *, at: datetime) -> bool:
    """Close one approval whose time is over at ``at``; whether it was.

    Nobody said yes in time, or somebody did and nothing could go out: paused, held back, no worker.
    """
    page_id = Approval.objects.values_list("page_id", flat=True).get(pk=approval_id)
    review.hold(page_id)
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id)
    late = Publication.objects.filter(approval=approval).late(at)
    if not approval.is_open or not late.exists():
        return False
    to = Said.LATE if approval.state == Said.ASKED else Said.MISSED
    review.give_up(approval, to=to)
    return True

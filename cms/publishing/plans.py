"""Where and when a story goes out, as the data that is approved with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Case, IntegerField, Value, When

from cms.publishing.models import Publication
from cms.review.models import Approval
from panel.channels.actions import add_channel
from panel.channels.models import Channel, Kind

# How late a story may still go out, in minutes; staff choose one.
PATIENCE: Final = (15, 60, 240, 24 * 60)
USUAL_PATIENCE: Final = 60


def site() -> Channel:
    """The channel that is this site; made where nobody has made it."""
    found = Channel.objects.filter(kind=Kind.SITE).order_by("pk").first()
    if found is None:
        with transaction.atomic():
            found = add_channel(kind=Kind.SITE, slug="site", name="Hjemmesiden", by=None)
    return found


def written(texts: Mapping[int, str], *, due_at: datetime | None, patience: int) -> list[Any]:
    """The plan: a line a channel, in the order of their ids.

    ``texts`` has channel ids and what is written there (the site's is empty). Each line is
    [channel, moment or None for "as soon as approved", minutes of patience, text].
    """
    moment = due_at.isoformat() if due_at else None
    return [[channel, moment, patience, texts[channel]] for channel in sorted(texts)]


def publications(approval: Approval) -> list[Publication]:
    """A row, unsaved, for every line of what ``approval`` is of."""
    found = []
    for channel, moment, patience, text in approval.plan:
        due_at = datetime.fromisoformat(moment) if moment else None
        found.append(
            Publication(
                approval=approval,
                channel_id=channel,
                text=text,
                due_at=due_at,
                latest_at=due_at and due_at + timedelta(minutes=patience),
            )
        )
    return found


def keeps_to(approval: Approval, rows: Iterable[Publication]) -> bool:
    """Whether ``rows`` are what was planned, and nothing else."""
    planned = {
        row.channel_id: (row.text, row.due_at, row.latest_at) for row in publications(approval)
    }
    rows = list(rows)
    return planned.keys() == {row.channel_id for row in rows} and all(
        row.text == planned[row.channel_id][0]
        and planned[row.channel_id][1:] in ((None, None), (row.due_at, row.latest_at))
        for row in rows
    )


def moment(approval: Approval) -> datetime | None:
    """When it goes out; None for as soon as it is approved."""
    planned = [line[1] for line in approval.plan if line[1]]
    return min(map(datetime.fromisoformat, planned), default=None)


def patience(approval: Approval) -> int:
    """How many minutes late it may go out."""
    return max((int(line[2]) for line in approval.plan), default=USUAL_PATIENCE)


def site_first() -> Case:
    """For ordering publications of one approval: the page before what links to it."""
    return Case(
        When(channel__kind=Kind.SITE, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )

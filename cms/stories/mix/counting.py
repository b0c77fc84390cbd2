"""What was told in the last weeks: a fixed number of questions, however many stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count as Counted
from django.db.models import Max, Q

from cms.stories.mix.lacks import WEEKS, About, Count, lacks
from cms.stories.models import Kind, StoryPage
from panel.conversations.models import Department
from panel.members.models import Area

PERIOD = timedelta(weeks=WEEKS)


def reminder(at: datetime) -> list[str]:
    """What to say at ``at``: six questions."""
    recent = StoryPage.objects.live().filter(first_published_at__gte=at - PERIOD)
    # A story and its translation are one.
    stories = recent.values("translation_key").distinct().count()
    counts = [
        *_counts(About.DEPARTMENT, "department", Department.objects.values_list("pk", "name"), at),
        *_counts(About.PLACE, "place", Area.objects.values_list("pk", "name"), at),
        *_counts(About.KIND, "kind", ((each.value, str(each.label)) for each in Kind), at),
    ]
    return lacks(stories, counts)


def _counts(
    about: About, field: str, named: Iterable[tuple[Any, str]], at: datetime
) -> Iterator[Count]:
    recent = Q(first_published_at__gte=at - PERIOD)
    rows = StoryPage.objects.live().values(field).order_by(field)
    found = {
        row[field]: row
        for row in rows.annotate(
            stories=Counted("translation_key", filter=recent, distinct=True),
            last=Max("first_published_at"),
        )
    }
    for key, name in named:
        row = found.get(key)
        last = row["last"] if row else None
        weeks = max((at - last).days // 7, 0) if last else None
        yield Count(about, name, row["stories"] if row else 0, weeks)

"""What somebody asked for when they looked for engaged citizens. No names, no opinions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from panel.conversations.models import Participation, Tally
from panel.core.clock import COPENHAGEN
from panel.engagement.measures import VERSIONS, WEIGHTS_V1, Facts, Weights
from panel.engagement.window import DEFAULT_DAYS, Window


@dataclass(frozen=True, slots=True)
class Criteria:
    """A moment, a stretch of time back from it, and who of those found is wanted.

    ``channel`` and ``department`` are slugs, empty for all. ``department``: who wrote under one of
    its posts in that time. ``first_since``: whose first counted comment is from that day or later.
    """

    at: datetime
    days: int = DEFAULT_DAYS
    channel: str = ""
    department: str = ""
    least_weeks: int = 0
    least_topics: int = 0
    first_since: date | None = None
    version: str = WEIGHTS_V1.version

    @property
    def window(self) -> Window:
        """The stretch of time."""
        return Window(self.at, self.days)

    @property
    def weights(self) -> Weights:
        """The version of the measure. Raises KeyError for one that is not known any more."""
        return VERSIONS[self.version]

    @property
    def is_narrowed(self) -> bool:
        """Whether some of those through the gate are left out."""
        return bool(self.department or self.least_weeks or self.least_topics or self.first_since)

    def tallies(self) -> QuerySet[Tally]:
        """Everybody who may be wanted, by what the database knows of them."""
        tallies = Tally.objects.all()
        if self.channel:
            tallies = tallies.filter(commenter__channel__slug=self.channel)
        theirs = Participation.objects.filter(commenter=OuterRef("commenter"))
        if self.department:
            recent = theirs.filter(last_at__gt=self.window.start, first_at__lte=self.at)
            tallies = tallies.filter(Exists(recent.filter(post__department__slug=self.department)))
        if self.first_since:
            begins = datetime.combine(self.first_since, time(), COPENHAGEN)
            tallies = tallies.filter(~Exists(theirs.filter(first_at__lt=begins)))
        return tallies

    def keeps(self, facts: Facts) -> bool:
        """Whether somebody with these facts is wanted."""
        return len(facts.weeks) >= self.least_weeks and len(facts.topics) >= self.least_topics

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a shortlist."""
        return {
            "at": self.at.isoformat(),
            "days": self.days,
            "channel": self.channel,
            "department": self.department,
            "least_weeks": self.least_weeks,
            "least_topics": self.least_topics,
            "first_since": self.first_since.isoformat() if self.first_since else None,
            "version": self.version,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Criteria:
        """As ``as_json`` gave it; what else is kept beside it is passed over."""
        since = kept.get("first_since")
        return cls(
            at=datetime.fromisoformat(kept["at"]),
            days=kept["days"],
            channel=kept["channel"],
            department=kept["department"],
            least_weeks=kept["least_weeks"],
            least_topics=kept["least_topics"],
            first_since=date.fromisoformat(since) if since else None,
            version=kept["version"],
        )

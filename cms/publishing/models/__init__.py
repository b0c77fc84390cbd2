"""Publications, what colleagues are told, the calendar's marks and its keys."""

from cms.publishing.models.keys import CalendarKey
from cms.publishing.models.notices import Notice, What
from cms.publishing.models.planning import Election, PlanningSettings
from cms.publishing.models.publications import Publication, State

__all__ = ["CalendarKey", "Election", "Notice", "PlanningSettings", "Publication", "State", "What"]

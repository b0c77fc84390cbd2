"""Publications, what colleagues are told, and what the calendar marks."""

from cms.publishing.models.notices import Notice, What
from cms.publishing.models.planning import Election, PlanningSettings
from cms.publishing.models.publications import Publication, State

__all__ = ["Election", "Notice", "PlanningSettings", "Publication", "State", "What"]

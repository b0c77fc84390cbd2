"""Publications, and what colleagues are told."""

from cms.publishing.models.notices import Notice, What
from cms.publishing.models.publications import Publication, State

__all__ = ["Notice", "Publication", "State", "What"]

"""Publications, the pause of everything, and what colleagues are told."""

from cms.publishing.models.notices import Notice, What
from cms.publishing.models.pauses import Pause
from cms.publishing.models.publications import Publication, State

__all__ = ["Notice", "Pause", "Publication", "State", "What"]

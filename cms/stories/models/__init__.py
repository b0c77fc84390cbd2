"""Stories and the page that lists them."""

from cms.stories.models.index import StoryIndexPage
from cms.stories.models.story import Kind, StoryPage, Teaser

__all__ = ["Kind", "StoryIndexPage", "StoryPage", "Teaser"]

"""Stories, the page that lists them, and ideas for them."""

from cms.stories.models.ideas import IdeaState, Source, StoryIdea
from cms.stories.models.index import StoryIndexPage
from cms.stories.models.letters import IdeaLetter, LetterKind, LetterState
from cms.stories.models.story import Kind, Pictures, StoryPage, Teaser

__all__ = [
    "IdeaLetter",
    "IdeaState",
    "Kind",
    "LetterKind",
    "LetterState",
    "Pictures",
    "Source",
    "StoryIdea",
    "StoryIndexPage",
    "StoryPage",
    "Teaser",
]

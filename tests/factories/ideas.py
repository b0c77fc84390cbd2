"""Ideas for stories."""

from __future__ import annotations

from typing import Any

from cms.media.cleaning import Remade
from cms.stories.ideas.arriving import receive, suggest
from cms.stories.models import StoryIdea
from panel.accounts.models import User
from tests.factories.pages import drawn

TEXT = "Børnene på Skovskolen har bygget et insekthotel af gamle paller."


def a_tip(text: str = TEXT, *, with_photo: bool = False, **fields: Any) -> StoryIdea:
    """From a citizen."""
    if with_photo:
        fields |= {"photo": Remade(drawn()), "people_know": True}
    return receive(text, **{"language": "da", **fields})


def a_thought(text: str = TEXT, *, by: User, **fields: Any) -> StoryIdea:
    """From a colleague."""
    return suggest(text, by=by, **{"language": "da", **fields})

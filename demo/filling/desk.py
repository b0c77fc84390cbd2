"""Writing stories: the world's words as drafts, and as later versions of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.media.models import Picture
from cms.stories.ideas.using import use
from cms.stories.models import Kind, StoryIdea, StoryIndexPage, StoryPage, Teaser
from demo.filling.blocks import stream
from demo.filling.site import KINDS
from demo.pictures import PICTURES
from demo.world import AREA_BY_SLUG, Told
from panel.accounts.models import User
from panel.channels.models import Channel
from panel.conversations.models import Department
from panel.members.models import Area


@dataclass(frozen=True, slots=True)
class Desk:
    """Where stories are written: with which pictures, and for which channel beside the site."""

    pictures: Mapping[str, Picture | None]
    channel: Channel
    keys: dict[tuple[str, str], int] = field(default_factory=dict)

    def write(self, told: Told, *, like: Told | None = None, by: User) -> StoryPage:
        """A draft of ``told``; a translation is about the same as the Danish one, ``like``."""
        index = StoryIndexPage.objects.get(locale__language_code=told.page.language)
        story = StoryPage(live=False, owner=by, locale=index.locale)
        if like is not None:
            story.translation_key = self.find(like).translation_key
        self._fill(story, told, like or told)
        index.add_child(instance=story)
        return self._keep(story, told, by)

    def write_from(self, idea: StoryIdea, told: Told, *, by: User) -> StoryPage:
        """The draft that an idea became, with the story's own words."""
        index = StoryIndexPage.objects.get(locale__language_code=told.page.language)
        story = use(idea, index=index, title=told.page.title, by=by)
        draft = story.get_latest_revision_as_object()
        self._fill(draft, told, told)
        return self._keep(draft, told, by)

    def rewrite(self, told: Told, *, by: User) -> StoryPage:
        """A newer version, with what is written below ``@later``."""
        draft = self.find(told).get_latest_revision_as_object()
        draft.body = self._body(told, "later")
        return self._keep(draft, told, by)

    def is_written(self, told: Told) -> bool:
        """Whether there is a draft, such as one that an idea became."""
        return (told.page.language, told.key) in self.keys

    def find(self, told: Told) -> StoryPage:
        """The page of a story; it bears its own address only once it was live."""
        return StoryPage.objects.get(pk=self.keys[told.page.language, told.key])

    def _keep(self, draft: Any, told: Told, by: User) -> StoryPage:
        draft.save_revision(user=by, log_action=True)
        self.keys[told.page.language, told.key] = draft.pk
        return self.find(told)

    def _fill(self, story: Any, told: Told, about: Told) -> None:
        page = told.page
        story.title, story.slug, story.lead = page.title, page.slug, page.lead
        story.kind = Kind(about.facts["kind"])
        story.department = Department.objects.get(slug=about.department)
        if "place" in about.facts:
            story.place = Area.objects.get(name=AREA_BY_SLUG[about.facts["place"]].name)
        if "picture" in about.facts:
            name = about.facts["picture"]
            story.picture = self.pictures[name]
            story.picture_alt = PICTURES[name].alt(page.language)
            story.picture_caption = told.facts.get("caption", "")
        if "teaser" in told.facts:
            story.teasers = [Teaser(channel=self.channel, text=told.facts["teaser"])]
        story.body = self._body(told, "body")

    def _body(self, told: Told, part: str) -> list[dict[str, Any]]:
        language = told.page.language

        def key(page: str) -> int:
            return int(KINDS[page].objects.get(locale__language_code=language).pk)

        def link(goal: str) -> str:
            kind, _colon, rest = goal.partition(":")
            return f'linktype="page" id="{key(rest)}"' if kind == "page" else f'href="{goal}"'

        name = f"{language}/stories/{told.key}/{part}"
        return stream(told.page.parts[part], link=link, page=key, name=name)

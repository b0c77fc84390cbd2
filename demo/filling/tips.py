"""Ideas for stories: what citizens and colleagues sent in, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from cms.media.cleaning import Remade
from cms.stories.ideas import actions, answering
from cms.stories.ideas.arriving import receive, suggest
from cms.stories.models import StoryIdea
from demo.filling.desk import Desk
from demo.filling.library import jpeg
from demo.filling.moments import Diary
from demo.world import AREA_BY_SLUG, Thought, stories, thoughts
from panel.accounts.models import User
from panel.conversations.models import Department
from panel.members.models import Area

READ_AFTER = timedelta(days=1)
NEXT = timedelta(hours=1)


@dataclass(slots=True)
class Tips:
    """The list of ideas; ``comms`` looks after it."""

    diary: Diary
    desk: Desk
    staff: dict[str, User]
    keys: dict[str, int] = field(default_factory=dict)

    def note(self) -> None:
        """All of them into the diary, with what became of each."""
        for thought in thoughts():
            came = self.diary.days_ago(thought.days_ago)
            read = came + READ_AFTER
            self.diary.note(came, partial(self._come, thought))
            if thought.becomes != "new":
                self.diary.note(read, partial(self._sort, thought))
                self.diary.note(read + NEXT, partial(getattr(self, f"_{thought.becomes}"), thought))
            if thought.answer:
                self.diary.note(read + 2 * NEXT, partial(self._answer, thought))

    def _come(self, thought: Thought) -> None:
        sent: dict[str, Any] = {"language": "da"}
        if thought.photo:
            # As it comes off a form: drawn anew, under a name of its own.
            sent |= {"photo": Remade(jpeg(thought.photo)), "people_know": True}
        if thought.by:
            by, about = self.staff[thought.by], self._about(thought)
            idea = suggest(thought.text, by=by, **sent, **about)
        else:
            for name in ("place", "name", "email", "phone"):
                sent[name] = getattr(thought, name)
            idea = receive(thought.text, confirm=bool(thought.email), **sent)
        self.keys[thought.key] = idea.pk

    def _about(self, thought: Thought) -> dict[str, Any]:
        area = AREA_BY_SLUG[thought.area].name if thought.area else None
        return {
            "department": Department.objects.filter(slug=thought.department).first(),
            "area": Area.objects.filter(name=area).first(),
            "kind": thought.kind,
        }

    def _sort(self, thought: Thought) -> None:
        owner = self.staff["comms"]
        actions.sort(self._idea(thought.key), owner=owner, by=owner, **self._about(thought))

    def _kept(self, thought: Thought) -> None:
        actions.keep(self._idea(thought.key), by=self.staff["comms"])

    def _used(self, thought: Thought) -> None:
        told = next(each for each in stories("da") if each.key == thought.other)
        self.desk.write_from(self._idea(thought.key), told, by=self.staff["comms"])

    # It is told when its story goes out.
    _told = _used

    def _merged(self, thought: Thought) -> None:
        into = self._idea(thought.other)
        actions.merge(self._idea(thought.key), into=into, by=self.staff["comms"])

    def _declined(self, thought: Thought) -> None:
        actions.decline(self._idea(thought.key), reason=thought.why, by=self.staff["comms"])

    def _answer(self, thought: Thought) -> None:
        answering.answer(self._idea(thought.key), text=thought.answer, by=self.staff["comms"])

    def _idea(self, key: str) -> StoryIdea:
        return StoryIdea.objects.get(pk=self.keys[key])

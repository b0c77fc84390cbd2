"""From an idea to a draft of a story."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from cms.media.models import People, Picture
from cms.stories.ideas.actions import hold
from cms.stories.ideas.moves import MoveRefused, check
from cms.stories.models import IdeaState, Kind, StoryIdea, StoryIndexPage, StoryPage
from panel.accounts.models import User
from panel.audit.actions import record


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """What a person has written about a tip's photo, so that it may come into the library."""

    description: str
    people: People | str
    people_note: str = ""
    consent_until: date | None = None

    def check(self) -> None:
        """Raises ValidationError with what the library would say; its codes name the fields."""
        picture = self.picture()
        said = {"description", "people", "people_note", "consent_until"}
        rest = {field.name for field in Picture._meta.fields} - said
        errors: dict[str, list[ValidationError]] = {}
        for look in (lambda: picture.clean_fields(exclude=rest), picture.validate_constraints):
            try:
                look()
            except ValidationError as refusal:
                errors = refusal.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def picture(self) -> Picture:
        """The picture of the library, without its file."""
        return Picture(
            description=self.description,
            people=self.people,
            people_note=self.people_note,
            consent_until=self.consent_until,
        )


@transaction.atomic
def use(
    idea: StoryIdea,
    *,
    index: StoryIndexPage,
    title: str,
    photo: PhotoWords | None = None,
    by: User,
) -> StoryPage:
    """A draft below ``index`` with what the idea says; with ``photo`` its picture too.

    Raises MoveRefused, also for who may not write below ``index``, and ValidationError from the
    library.
    """
    [idea] = hold(idea)
    check(idea.state, IdeaState.USED)
    if not index.permissions_for_user(by).can_add_subpage():
        raise MoveRefused(_("You may not write stories there. Give the idea to somebody who may."))
    picture = _into_the_library(idea, photo, title=title, by=by) if photo else None
    story = StoryPage(
        title=title,
        body=[{"type": "text", "value": linebreaks(idea.text, autoescape=True), "id": _new_id()}],
        kind=idea.kind or Kind.NEWS,
        department=idea.department,
        place=idea.area,
        picture=picture,
        picture_alt=picture.description[:200] if picture else "",
        locale=index.locale,
        owner=by,
        live=False,
    )
    StoryIndexPage.objects.get(pk=index.pk).add_child(instance=story)
    story.save_revision(user=by, log_action=True)
    idea.story, idea.state = story, IdeaState.USED
    if idea.owner_id is None:
        idea.owner = by
    idea.save(update_fields=["story", "state", "owner"])
    record("idea.used", on=idea, by=by, detail={"story": story.pk, "with_photo": bool(photo)})
    return story


def _into_the_library(idea: StoryIdea, words: PhotoWords, *, title: str, by: User) -> Picture:
    if not idea.photo:
        raise ValidationError(_("The idea has no photo any more."))
    words.check()
    picture = words.picture()
    picture.title, picture.uploaded_by_user = title, by
    with idea.photo.open("rb") as file:
        picture.file.save("", file, save=False)
    file_is_ours: Any = picture.file
    try:
        with transaction.atomic():
            picture.file_size = file_is_ours.size
            picture.save()
    except BaseException:
        # A file outside the database does not roll back.
        file_is_ours.delete(save=False)
        raise
    return picture


def _new_id() -> str:
    return str(uuid.uuid4())

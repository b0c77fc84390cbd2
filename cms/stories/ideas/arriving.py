"""How an idea comes in: from a citizen's form, or from a colleague."""

from __future__ import annotations

from typing import Any

from django.core.files import File
from django.db import transaction

from cms.stories.ideas.promise import answer_due
from cms.stories.models.ideas import Source, StoryIdea
from cms.stories.models.letters import IdeaLetter, LetterKind
from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.core.clock import in_copenhagen, now
from panel.core.erasures import mark_of_address


@transaction.atomic
def receive(
    text: str,
    *,
    language: str,
    place: str = "",
    name: str = "",
    email: str = "",
    phone: str = "",
    photo: File[bytes] | None = None,
    people_know: bool = False,
    confirm: bool = False,
) -> StoryIdea:
    """A citizen's tip. Who left an address or a number is promised an answer.

    With ``confirm`` an e-mail says that it came; the caller has seen to it that one address is
    not written to again and again.
    """
    came = now()
    reachable = bool(email or phone)
    idea = StoryIdea(
        source=Source.CITIZEN,
        text=text,
        language=language,
        place=place,
        name=name if reachable else "",
        email=email,
        phone=phone,
        email_mark=mark_of_address(email) if email else "",
        people_know=people_know and photo is not None,
        received_at=came,
        answer_due=answer_due(in_copenhagen(came).date()) if reachable else None,
    )
    _store(idea, photo)
    if email and confirm:
        IdeaLetter.objects.create(idea=idea, kind=LetterKind.RECEIVED)
    record("idea.received", on=idea, by=SYSTEM)
    return idea


@transaction.atomic
def suggest(
    text: str,
    *,
    language: str,
    by: User,
    photo: File[bytes] | None = None,
    people_know: bool = False,
    **about: Any,
) -> StoryIdea:
    """A colleague's idea; ``about`` may have place, area, department and kind."""
    idea = StoryIdea(
        source=Source.STAFF,
        text=text,
        language=language,
        suggested_by=by,
        people_know=people_know and photo is not None,
        **about,
    )
    _store(idea, photo)
    record("idea.suggested", on=idea, by=by)
    return idea


def _store(idea: StoryIdea, photo: File[bytes] | None) -> None:
    if photo is not None:
        idea.photo.save(photo.name or "", photo, save=False)
    try:
        with transaction.atomic():
            idea.save()
    except BaseException:
        # A file outside the database does not roll back.
        if photo is not None:
            idea.photo.delete(save=False)
        raise

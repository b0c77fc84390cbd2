"""Keeping the promise: an answer to whoever left an address or a number."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cms.stories.ideas.actions import hold
from cms.stories.ideas.moves import MoveRefused
from cms.stories.models import (
    IdeaLetter,
    IdeaState,
    LetterKind,
    LetterState,
    StoryIdea,
)
from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import now

LONGEST_ANSWER = 3000


def suggested(idea: StoryIdea) -> str:
    """What to begin with, in the language of whoever wrote; a person says more."""
    with translation.override(idea.language):
        return "\n\n".join((_("Hello,"), _("Thank you for your tip."), _what_comes(idea)))


def _what_comes(idea: StoryIdea) -> str:
    if idea.state == IdeaState.DECLINED:
        return _("This time no story comes of it. We hope to hear from you again.")
    if idea.state == IdeaState.USED:
        return _("We are writing a story about it, and send you the link when it is out.")
    if idea.state == IdeaState.MERGED:
        return _("Others have told us too, so it matters to many. We write when a story is out.")
    return _("We should like to tell about it. You hear from us again when the story is out.")


@transaction.atomic
def answer(idea: StoryIdea, *, text: str, by: User) -> IdeaLetter:
    """Write ``text`` to whoever sent the idea; the worker mails it, once.

    Raises MoveRefused where there is no address, or somebody has answered.
    """
    [idea] = hold(idea)
    if not idea.email:
        raise MoveRefused(_("There is no e-mail address to answer to."))
    _note(idea, by)
    letter = IdeaLetter.objects.create(idea=idea, kind=LetterKind.ANSWER, text=text)
    record("idea.answered", on=idea, by=by, detail={"how": "e-mail"})
    return letter


@transaction.atomic
def answered_by_phone(idea: StoryIdea, *, by: User) -> None:
    """Somebody has called. Raises MoveRefused where somebody has answered already."""
    [idea] = hold(idea)
    _note(idea, by)
    record("idea.answered", on=idea, by=by, detail={"how": "phone"})


@transaction.atomic
def send_again(letter: IdeaLetter, *, by: User) -> bool:
    """A letter that did not leave, or perhaps did, is sent after all; whether it waits again."""
    stuck = IdeaLetter.objects.filter(
        pk=letter.pk, state__in=(LetterState.FAILED, LetterState.UNSURE)
    )
    if not stuck.update(state=LetterState.WAITING, sent_at=None):
        return False
    record("idea.letter_again", on=letter, by=by)
    return True


def _note(idea: StoryIdea, by: User) -> None:
    if idea.answered_at is not None:
        raise MoveRefused(_("A colleague has answered already."))
    idea.answered_at, idea.answered_by = now(), by
    idea.save(update_fields=["answered_at", "answered_by"])

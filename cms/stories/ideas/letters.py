"""E-mails about ideas: written in the transaction of what they tell of, sent once by the worker.

A letter goes to *sending* and is committed before it leaves. Who dies in between leaves it there;
the sweep calls that *unsure* and a person decides, because a second letter cannot be taken back.
"""

from __future__ import annotations

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from cms.stories.ideas.promise import WORKING_DAYS
from cms.stories.models.ideas import StoryIdea
from cms.stories.models.letters import IdeaLetter, LetterKind, LetterState
from panel.core import mail
from panel.core.clock import now

# A letter that has been on its way this long is not: its worker is gone.
LONGEST_CALL = timedelta(minutes=5)

TEMPLATES = {
    LetterKind.RECEIVED: "stories/mail/tip_received",
    LetterKind.ANSWER: "stories/mail/tip_answer",
    LetterKind.TOLD: "stories/mail/tip_told",
}


def due() -> list[int]:
    """Letters nobody has begun to send."""
    waiting = IdeaLetter.objects.filter(state=LetterState.WAITING)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def send(letter_id: int) -> bool:
    """Send one letter. Whether this call did: False when another did, or nobody is left to ask."""
    message = _claim(letter_id)
    if message is None:
        return False
    mine = IdeaLetter.objects.filter(pk=letter_id, state=LetterState.SENDING)
    mine.update(state=_leave(message))
    return True


def sweep() -> int:
    """Letters left on their way by a worker that is gone become *unsure*; how many."""
    late = now() - LONGEST_CALL
    stuck = IdeaLetter.objects.filter(state=LetterState.SENDING, sent_at__lt=late)
    return stuck.update(state=LetterState.UNSURE)


@transaction.atomic
def _claim(letter_id: int) -> EmailMultiAlternatives | None:
    """The letter, if it is ours to send: the row count of one conditional UPDATE says so."""
    waiting = IdeaLetter.objects.filter(pk=letter_id, state=LetterState.WAITING)
    if not waiting.update(state=LetterState.SENDING, sent_at=now()):
        return None
    letter = IdeaLetter.objects.select_related(
        "idea__story", "idea__duplicate_of__story", "idea__suggested_by"
    ).get(pk=letter_id)
    to = address_of(letter.idea)
    if not to:
        # Forgotten since: there is nowhere to send it, and that must not look like a letter.
        IdeaLetter.objects.filter(pk=letter_id).update(state=LetterState.FAILED, sent_at=None)
        return None
    return compose(letter, to=to)


def compose(letter: IdeaLetter, *, to: str) -> EmailMultiAlternatives:
    """The letter, unsent. What a stranger wrote is in none of them: whoever reads it may never
    have sent anything."""
    idea = letter.idea
    story = idea.duplicate_of.story if idea.duplicate_of else idea.story
    context = {
        "text": letter.text,
        "days": WORKING_DAYS,
        "story": story,
        "link": (story.full_url or settings.SITE_URL) if story else "",
    }
    return mail.letter(
        TEMPLATES[LetterKind(letter.kind)], to=to, language=idea.language, context=context
    )


def address_of(idea: StoryIdea) -> str:
    """Where a letter about ``idea`` goes; empty when nobody can be written to."""
    colleague = idea.suggested_by
    if idea.email or colleague is None or not colleague.is_active:
        return str(idea.email)
    return str(colleague.email)


def _leave(message: EmailMultiAlternatives) -> str:
    """Give it to the mail server; what became of it."""
    try:
        message.send()
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionResetError, BrokenPipeError):
        # The server may have taken it before the line broke.
        return LetterState.UNSURE
    except (smtplib.SMTPException, OSError):
        return LetterState.FAILED
    return LetterState.SENT

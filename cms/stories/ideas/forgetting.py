"""How long ideas are kept, and what goes when somebody asks (P6, P9)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cms.stories import private
from cms.stories.models import IdeaLetter, IdeaState, LetterState, StoryIdea
from panel.audit.actions import By, record
from panel.privacy.by_address import Keeper, keeps
from panel.privacy.retaining import Rule, also

BATCH: Final = 500
AFTER_CLOSING: Final = timedelta(days=30)
AT_MOST: Final = timedelta(days=365)
DECLINED_FOR: Final = timedelta(days=182)
TOLD_FOR: Final = timedelta(days=365)
OPEN_FOR: Final = timedelta(days=730)

_SOMETHING = ~Q(name="") | ~Q(email="") | ~Q(phone="") | ~Q(photo="")


def contacts(at: datetime) -> QuerySet[StoryIdea]:
    """Whose name, address, number or photo has been kept long enough at ``at``."""
    over = Q(closed_at__lt=at - AFTER_CLOSING) | Q(received_at__lt=at - AT_MOST)
    return StoryIdea.objects.filter(_SOMETHING, over)


def over(at: datetime) -> QuerySet[StoryIdea]:
    """Ideas that are no use to anybody any more at ``at``."""
    return StoryIdea.objects.filter(
        Q(state=IdeaState.DECLINED, closed_at__lt=at - DECLINED_FOR)
        | Q(state=IdeaState.TOLD, closed_at__lt=at - TOLD_FOR)
        | Q(state__in=(IdeaState.NEW, IdeaState.KEPT), received_at__lt=at - OPEN_FOR)
    )


def forget_contacts(rows: QuerySet[StoryIdea]) -> int:
    """Blank who sent ``rows``, with the photos and what was answered; how many."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        _blank(keys[start : start + BATCH])
    return len(keys)


def delete(rows: QuerySet[StoryIdea]) -> int:
    """Delete ``rows`` with photos, letters and what was merged with them; how many ``rows``."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        with transaction.atomic():
            gone = StoryIdea.objects.filter(Q(pk__in=batch) | Q(duplicate_of__in=batch))
            _let_photos_go(gone)
            gone.delete()
    return len(keys)


@transaction.atomic
def forget_senders(marks: Collection[str], by: By, until: datetime | None = None) -> int:
    """Erase the ideas sent from the addresses behind ``marks``, before ``until`` where given.

    What others sent too, or a story came of, goes on without a word of theirs.
    """
    theirs = StoryIdea.objects.filter(email_mark__in=marks)
    if until is not None:
        theirs = theirs.filter(received_at__lte=until)
    keys = list(theirs.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return 0
    needed = Q(state=IdeaState.USED) | Q(duplicates__isnull=False)
    kept = list(StoryIdea.objects.filter(needed, pk__in=keys).values_list("pk", flat=True))
    _blank(kept)
    StoryIdea.objects.filter(pk__in=kept).update(text="–", place="")
    delete(StoryIdea.objects.filter(pk__in=set(keys) - set(kept)))
    record("idea.forgotten", on=("stories.storyidea", "many"), by=by, detail={"ideas": len(keys)})
    return len(keys)


@transaction.atomic
def _blank(keys: Collection[int]) -> None:
    rows = StoryIdea.objects.filter(pk__in=keys)
    _let_photos_go(rows)
    letters = IdeaLetter.objects.filter(idea__in=keys)
    letters.filter(state=LetterState.WAITING).delete()
    letters.update(text="")
    # What was promised cannot be kept any more.
    rows.filter(answered_at=None).update(answer_due=None)
    rows.update(name="", email="", phone="", email_mark="", photo="", people_know=False)


def _let_photos_go(rows: QuerySet[StoryIdea]) -> None:
    """Delete the files once the rows have forgotten them for good."""
    names = list(rows.exclude(photo="").values_list("photo", flat=True))
    storage = private.storage()
    for name in names:
        transaction.on_commit(partial(storage.delete, name))


keeps(
    Keeper(tables={StoryIdea: "email_mark", IdeaLetter: "idea__email_mark"}, forget=forget_senders)
)
also(
    "idea_contacts",
    Rule(
        _(
            "Name, address, number and photo of who sent an idea: 30 days after it is closed, 12 "
            "months at most"
        ),
        contacts,
        lambda rows, _at: forget_contacts(rows),
    ),
)
also(
    "ideas",
    Rule(
        _("Ideas for stories: declined ones six months, told ones a year, unused ones two years"),
        over,
        lambda rows, _at: delete(rows),
    ),
)

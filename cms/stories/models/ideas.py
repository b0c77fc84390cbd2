"""Ideas for stories: a citizen's tip or a colleague's thought, until it is told or declined."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cms.media.fields import PictureField
from cms.stories import private
from cms.stories.models.story import Kind, StoryPage
from panel.conversations.models import Department
from panel.core.clock import now
from panel.core.constraints import both_or_neither, filled, one_of
from panel.core.crypto import EncryptedTextField
from panel.core.personal import OnErasure, PersonalData
from panel.members.models import Area

LONGEST_TEXT = 2000


class Source(models.TextChoices):
    """Who had the idea."""

    CITIZEN = "citizen", _("A citizen")
    STAFF = "staff", _("A colleague")


class IdeaState(models.TextChoices):
    """How far an idea has come; the moves are in ``stories.ideas.moves``."""

    NEW = "new", _("New")
    KEPT = "kept", _("Kept")
    USED = "used", _("Being written")
    TOLD = "told", _("Told")
    DECLINED = "declined", _("Declined")
    MERGED = "merged", _("The same as another")


OPEN = (IdeaState.NEW, IdeaState.KEPT, IdeaState.USED)
CLOSED = (IdeaState.TOLD, IdeaState.DECLINED)


class StoryIdeaQuerySet(models.QuerySet["StoryIdea"]):
    """Questions about ideas."""

    def open(self) -> StoryIdeaQuerySet:
        """Those something can still come of, by their own means."""
        return self.filter(state__in=OPEN)

    def unanswered(self) -> StoryIdeaQuerySet:
        """Whoever sent it was promised an answer, and has had none."""
        return self.filter(answer_due__isnull=False, answered_at__isnull=True)

    def overdue(self, today: date) -> StoryIdeaQuerySet:
        """The promised day is over."""
        return self.unanswered().filter(answer_due__lt=today)

    def of_interest_to(self, user_id: int) -> StoryIdeaQuerySet:
        """What a colleague was given or sent in."""
        return self.filter(Q(owner=user_id) | Q(suggested_by=user_id))


class StoryIdea(models.Model):
    """Something the municipality could tell about.

    ``email_mark`` recognises an address without opening it: the same hash by which an erased
    address is recognised after a restore. ``duplicate_of`` is the idea that goes on in its place.
    """

    text = models.TextField(_("the idea"), max_length=LONGEST_TEXT)
    source = models.CharField(_("from"), max_length=8, choices=Source.choices)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=8, choices=IdeaState.choices, default=IdeaState.NEW, db_index=True
    )
    reason = models.TextField(_("why not"), max_length=500, blank=True)
    place = models.CharField(_("place, as it was written"), max_length=120, blank=True)
    area = models.ForeignKey(
        Area,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who looks after it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("the colleague who had the idea"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = EncryptedTextField(_("name"), blank=True)
    email = EncryptedTextField(_("e-mail address"), blank=True)
    phone = EncryptedTextField(_("telephone"), blank=True)
    email_mark = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    photo = PictureField(_("photo"), storage=private.storage, blank=True)
    people_know = models.BooleanField(_("the people in the photo know"), default=False)
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name=_("the same as"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="duplicates",
    )
    story = models.ForeignKey(
        StoryPage,
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="ideas",
    )
    received_at = models.DateTimeField(_("received"), default=now, db_index=True)
    answer_due = models.DateField(_("answer promised by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects: ClassVar[models.Manager[StoryIdea]] = StoryIdeaQuerySet.as_manager()

    personal_data = PersonalData(
        heading=_("Ideas for stories that you sent us"),
        personal={
            "text": _("What you wrote"),
            "place": _("Where it is"),
            "name": _("Your name"),
            "email": _("Your e-mail address"),
            "phone": _("Your telephone number"),
            "photo": _("The photo you sent"),
            "received_at": _("When it came"),
            "answered_at": _("When we answered"),
            "state": _("What became of it"),
        },
        other=(
            *("id", "source", "language", "reason", "area", "department", "kind"),
            *("owner", "suggested_by", "email_mark", "people_know", "duplicate_of", "story"),
            *("answer_due", "answered_by", "closed_at"),
        ),
        purpose=_("Finding stories to tell, asking about them, and telling you what came of it"),
        retention=_(
            "Name, address, number and photo: 30 days after the idea is closed, 12 months at "
            "most. The idea itself: six months after it was declined, a year after it was told, "
            "two years if nothing comes of it"
        ),
        on_erasure=OnErasure.BLANK,
    )

    class Meta:
        verbose_name = _("idea for a story")
        verbose_name_plural = _("ideas for stories")
        ordering = ("received_at", "pk")
        constraints = [
            filled("text", name="idea_has_text", message=_("Write what the idea is.")),
            one_of("source", Source, name="idea_source_known", message=_("Say who had the idea.")),
            one_of("state", IdeaState, name="idea_state_known", message=_("Choose a state.")),
            one_of("kind", ["", *Kind.values], name="idea_kind_known", message=_("Choose a kind.")),
            models.CheckConstraint(
                condition=Q(source=Source.STAFF) | Q(suggested_by__isnull=True),
                name="idea_of_one_source",
                violation_error_message=_("An idea is a citizen's or a colleague's."),
            ),
            models.CheckConstraint(
                condition=Q(photo="") | Q(people_know=True),
                name="idea_photo_is_known_to_those_in_it",
                violation_error_message=_(
                    "Send a photo only when the people in it know that you send it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=IdeaState.DECLINED) | ~Q(reason=""),
                name="idea_declined_with_a_reason",
                violation_error_message=_("Say why the idea is not used."),
            ),
            models.CheckConstraint(
                condition=Q(state=IdeaState.MERGED, duplicate_of__isnull=False)
                | ~Q(state=IdeaState.MERGED) & Q(duplicate_of__isnull=True),
                name="idea_merged_with_another",
                violation_error_message=_("Say which idea it is the same as."),
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="idea_not_merged_with_itself",
                violation_error_message=_("Choose another idea than this one."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | Q(state__in=OPEN, closed_at__isnull=True)
                | Q(state=IdeaState.MERGED),
                name="idea_closed_when",
                violation_error_message=_("What is closed says since when."),
            ),
            both_or_neither(
                "answered_at",
                "answered_by",
                name="idea_answered_by_somebody",
                message=_("An answer says who gave it and when."),
            ),
        ]

    def __str__(self) -> str:
        return Truncator(" ".join(str(self.text).split())).chars(70)

    @property
    def can_be_answered(self) -> bool:
        """Whether there is an address or a number."""
        return bool(self.email or self.phone)

    @property
    def is_open(self) -> bool:
        """Whether something can still come of it, by its own means."""
        return self.state in OPEN

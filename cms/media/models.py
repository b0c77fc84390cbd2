"""The library of pictures: what each shows, in words, and who said yes to being shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to

from cms.media.fields import PictureField
from cms.media.words import speaking_description
from panel.core.constraints import one_of
from panel.core.personal import OnErasure, PersonalData, nothing_personal


class People(models.TextChoices):
    """Who can be recognised in a picture, and why it may be shown."""

    NOBODY = "nobody", _("Nobody can be recognised")
    CONSENTED = "consented", _("Those who can be recognised have said yes")
    HARMLESS = "harmless", _("We have considered it, and showing it harms nobody")


class Picture(AbstractImage):
    """A picture, remade from its pixels when it came in."""

    file = PictureField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    description = models.CharField(
        _("what the picture shows"),
        max_length=255,
        blank=True,
        default="",
        validators=[speaking_description],
        help_text=_(
            "Alternative text, for those who do not see it: a sentence, as you would tell it on "
            "the phone."
        ),
    )
    is_decorative = models.BooleanField(
        _("the picture is decorative"),
        default=False,
        help_text=_("Tick when pages say as much without it. Nothing is read aloud then."),
    )
    people = models.CharField(
        _("people in the picture"),
        max_length=9,
        choices=People.choices,
        help_text=_("Who can be recognised, and why we may show them."),
    )
    people_note = models.CharField(
        _("where the consent is kept, or why it harms nobody"),
        max_length=255,
        blank=True,
        default="",
        help_text=_(
            "For colleagues: a case number, or the reason in a sentence. Not needed when nobody "
            "can be recognised."
        ),
    )
    consent_until = models.DateField(
        _("last day of the consent"),
        null=True,
        blank=True,
        help_text=_("Empty: until somebody takes it back."),
    )
    # Wagtail's, but nobody goes from a colleague to what they uploaded.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # It is no use of anything.
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    admin_form_fields = (
        *("title", "file", "description", "is_decorative"),
        *("people", "people_note", "consent_until", "collection", "tags"),
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    )
    personal_data = PersonalData(
        personal={
            "file": _("What it shows, perhaps people"),
            "description": _("What it shows, in words"),
            "people_note": _("Where the consent of those shown is kept"),
            "uploaded_by_user": _("Who uploaded it"),
        },
        other=(
            *("id", "collection", "title", "width", "height", "created_at", "file_size"),
            *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
            *("file_hash", "tags", "is_decorative", "people", "consent_until"),
        ),
        purpose=_("Showing the municipality and those who live in it on the site"),
        retention=_("Until a colleague deletes it"),
        on_erasure=OnErasure.KEEP,
        why_kept=_(
            "No picture belongs to an account: a colleague deletes it when somebody in it asks"
        ),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=~Q(description="") | Q(is_decorative=True),
                name="picture_has_words",
                violation_error_code="undescribed",
                violation_error_message=_(
                    "Describe the picture in a sentence for those who do not see it, or tick that "
                    "it is decorative."
                ),
            ),
            one_of(
                "people",
                People,
                name="picture_people_known",
                message=_("Say who can be recognised in the picture."),
            ),
            models.CheckConstraint(
                condition=Q(people=People.NOBODY) | ~Q(people_note=""),
                name="picture_people_noted",
                violation_error_code="unnoted",
                violation_error_message=_(
                    "Write where the consent is kept, such as a case number, or why showing the "
                    "picture harms nobody."
                ),
            ),
            models.CheckConstraint(
                condition=Q(people=People.CONSENTED) | Q(consent_until__isnull=True),
                name="picture_consent_that_ends",
                violation_error_code="no_consent",
                violation_error_message=_(
                    "Only a consent has a last day. Leave the date empty, or choose that those in "
                    "the picture have said yes."
                ),
            ),
        ]

    @property
    def default_alt_text(self) -> str:
        """What is read aloud where a page says nothing else; never the title, which names a
        file.
        """
        return "" if self.is_decorative else str(self.description)


class Rendition(AbstractRendition):
    """A picture in a size and a format that a page asked for."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    personal_data = nothing_personal(
        *("id", "filter_spec", "file", "width", "height", "focal_point_key", "image")
    )

    class Meta:
        verbose_name = _("size of a picture")
        verbose_name_plural = _("sizes of pictures")
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="rendition_once",
                violation_error_message=_("The picture is there in this size already."),
            )
        ]

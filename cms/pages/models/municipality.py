"""Who the site belongs to: name, face, and where to turn."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cms.pages.colours import ENOUGH, INK, PAPER, contrast, nearest
from panel.core.personal import nothing_personal

BRAND = "#14505c"
ACCENT = "#f2b441"
HEX = r"^#[0-9a-fA-F]{6}$"

hex_colour = RegexValidator(
    HEX, _("Write the colour as # and six digits or letters a to f, such as #14505c.")
)
cvr_number = RegexValidator(r"^\d{8}$", _("A CVR number is eight digits."))


def configured_name() -> str:
    """The name in the environment, until somebody writes another in the admin."""
    return str(settings.MUNICIPALITY_NAME)


def readable_as_text(colour: str) -> None:
    """Refuse a brand colour too pale for text on our lightest band, or for white text on it.

    The band is a little darker than white, so enough contrast there is enough for both.
    """
    _refuse_faint(
        colour,
        against=PAPER,
        complaint=_(
            "This colour is too pale: text on it has a contrast of %(measured)s to 1, and it must "
            "be at least %(enough)s to 1 to be readable. The nearest colour that works is "
            "%(suggestion)s."
        ),
    )


def readable_under_text(colour: str) -> None:
    """Refuse an accent colour too dark for our text colour on it."""
    _refuse_faint(
        colour,
        against=INK,
        complaint=_(
            "This colour is too dark: text on it has a contrast of %(measured)s to 1, and it must "
            "be at least %(enough)s to 1 to be readable. The nearest colour that works is "
            "%(suggestion)s."
        ),
    )


def _refuse_faint(colour: str, *, against: str, complaint: Any) -> None:
    try:
        measured = contrast(colour, against)
    except ValueError:
        return  # hex_colour has said so already
    if measured < ENOUGH:
        raise ValidationError(
            complaint,
            code="contrast",
            params={
                "measured": f"{int(measured * 10) / 10:.1f}",
                "enough": f"{ENOUGH:.1f}",
                "suggestion": nearest(colour, against=against),
            },
        )


@register_setting(icon="site", order=100)
class MunicipalitySettings(BaseGenericSetting):
    """The one row about the municipality: its name, look and contacts, edited in the admin."""

    name = models.CharField(_("the municipality's name"), max_length=80, default=configured_name)
    panel_name = models.CharField(
        _("what the panel is called"),
        max_length=60,
        default="Medspil",
        help_text=_("Shown beside the municipality's name on every page."),
    )
    logo = models.ForeignKey(
        "media.Picture",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without one we draw a mark from the name's initials."),
    )
    brand_colour = models.CharField(
        _("the municipality's colour"),
        max_length=7,
        default=BRAND,
        validators=[hex_colour, readable_as_text],
        help_text=_("Header, buttons and links. White text must be readable on it."),
    )
    accent_colour = models.CharField(
        _("second colour"),
        max_length=7,
        default=ACCENT,
        validators=[hex_colour, readable_under_text],
        help_text=_(
            "A lighter colour for what should catch the eye. Dark text must be readable on it."
        ),
    )
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    address = models.TextField(_("postal address"), max_length=300, blank=True)
    cvr = models.CharField(_("CVR number"), max_length=8, blank=True, validators=[cvr_number])
    main_site_url = models.URLField(
        _("the municipality's own website"), blank=True, help_text=_("Linked from the footer.")
    )
    dpo_email = models.EmailField(
        _("the data protection adviser's e-mail address"),
        blank=True,
        help_text=_("A shared mailbox, not a person's own. Shown in the privacy notice."),
    )
    dpo_phone = models.CharField(
        _("the data protection adviser's phone"), max_length=20, blank=True
    )
    was_url = models.URLField(
        _("address of the accessibility statement"),
        blank=True,
        help_text=_(
            "The statement made in WAS-Tool, such as https://www.was.digst.dk/panel-eksempel-dk. "
            "The law wants a link to it in the footer and at the address /was; both use this one."
        ),
    )
    accessibility_renewed_on = models.DateField(
        _("accessibility statement renewed on"),
        null=True,
        blank=True,
        help_text=_(
            "It must be renewed every year. We remind you here in the admin when it is due."
        ),
    )
    changed_at = models.DateTimeField(auto_now=True)

    select_related = ["logo"]

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("panel_name"), FieldPanel("logo")], heading=_("Name")
        ),
        MultiFieldPanel(
            [
                HelpPanel(template="pages/admin/colours_help.html"),
                FieldPanel("brand_colour"),
                FieldPanel("accent_colour"),
            ],
            heading=_("Colours"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("address"),
                FieldPanel("cvr"),
                FieldPanel("main_site_url"),
            ],
            heading=_("Where citizens turn"),
        ),
        MultiFieldPanel(
            [FieldPanel("dpo_email"), FieldPanel("dpo_phone")], heading=_("Data protection")
        ),
        MultiFieldPanel(
            [FieldPanel("was_url"), FieldPanel("accessibility_renewed_on")],
            heading=_("Accessibility statement"),
        ),
    ]

    personal_data = nothing_personal(
        "id",
        "name",
        "panel_name",
        "logo",
        "brand_colour",
        "accent_colour",
        "phone",
        "email",
        "address",
        "cvr",
        "main_site_url",
        "dpo_email",
        "dpo_phone",
        "was_url",
        "accessibility_renewed_on",
        "changed_at",
    )

    class Meta:
        verbose_name = _("the municipality")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{field}__regex": HEX}),
                name=f"municipality_{field}_is_hex",
                violation_error_message=hex_colour.message,
            )
            for field in ("brand_colour", "accent_colour")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """One or two letters for the drawn mark: "Prøvekøbing Kommune" gives "P"."""
        words = [word for word in self.name.split() if word.casefold() != "kommune"]
        return "".join(word[0] for word in words[:2]).upper() or "M"

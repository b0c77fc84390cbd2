"""The shape of the controller's record on the screen; the rules are in the model and the action."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.basis.models import ControllerRecord
from panel.core.days import day_field


class RecordForm(forms.ModelForm[ControllerRecord]):
    """What the municipality decided."""

    dpo_consulted_on = day_field(_("Data protection officer consulted on"))
    valid_from = day_field(
        _("In force from"), required=False, help_text=_("Left empty, it is in force from today.")
    )
    valid_until = day_field(
        _("In force until"), help_text=_("On this day you look at it again. A year is usual.")
    )

    class Meta:
        model = ControllerRecord
        fields = (
            "legal_basis",
            "dpia_reference",
            "dpo_consulted_on",
            "retention_days",
            "valid_from",
            "valid_until",
        )
        widgets = {"legal_basis": forms.Textarea(attrs={"rows": 4})}

    def _get_validation_exclusions(self) -> set[str]:
        """An empty first day is filled by the action, which then validates the whole record."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | ({"valid_from"} if not self.cleaned_data.get("valid_from") else set())

"""A day that somebody writes or an address names."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

# Far enough for everybody, and so that the days around each exist, in every time zone.
NEAR: Final = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31)))


def day_field(label: Any = None, *, hidden: bool = False, **how: Any) -> forms.DateField:
    """A day between 1900 and 2999, by the browser's own chooser: it needs no script."""
    widget: Any = forms.HiddenInput
    if not hidden:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, validators=NEAR, **how)

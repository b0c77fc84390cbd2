"""Dates on screens in English are written as Danes read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

MOMENT = datetime(2026, 4, 3, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("DATE_FORMAT", "3 April 2026"),
        ("DATETIME_FORMAT", "3 April 2026 17:05"),
        ("SHORT_DATE_FORMAT", "03/04/2026"),
        ("SHORT_DATETIME_FORMAT", "03/04/2026 17:05"),
    ],
)
def test_the_day_comes_before_the_month_in_english(form: str, words: str):
    with translation.override("en"):
        assert date_format(localtime(MOMENT), form) == words


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("typed", ["2026-04-03", "03/04/2026", "03.04.2026"])
def test_a_typed_day_is_the_same_day_in_both_languages(language: str, typed: str):
    with translation.override(language):
        assert forms.DateField(localize=True).clean(typed) == MOMENT.date()

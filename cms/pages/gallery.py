"""Every component on one page, for designers and for the tests. Not served in production."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.pages.links import Link
from cms.pages.newest import Card

STORY = Card(
    title="New bicycle stands at the station",
    url="/historier/",
    text="There is room for 200 bicycles now, and a roof over half of them.",
    tag="Something new",
    at=datetime(2026, 11, 21, 12, tzinfo=UTC),
    sizes=None,
)
CHOICE = {
    "name": "place",
    "label": "Place",
    "everything": "The whole municipality",
    "options": [{"value": "1", "label": "The harbour"}, {"value": "2", "label": "The forest"}],
    "chosen": "1",
}
SHARE = {
    "address": "https://panel.example/historier/cykler/",
    "letter": "mailto:?subject=Cykler",
    "networks": [Link("Facebook", "https://www.facebook.com/")],
}


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As your neighbours know you.")
    email = forms.EmailField(
        label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    area = forms.ChoiceField(
        label="Area", choices=[("", "Choose"), ("n", "North"), ("s", "South")], required=False
    )
    age = forms.ChoiceField(
        label="Age", choices=[("1", "15–29"), ("2", "30 or over")], widget=forms.RadioSelect
    )
    interests = forms.MultipleChoiceField(
        label="Interests",
        choices=[("s", "Schools"), ("r", "Roads")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    story = forms.CharField(label="Story", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="I have read the rules")


def show(request: HttpRequest) -> HttpResponse:
    """The gallery; ``?fejl`` shows the form with everything wrong."""
    context: dict[str, Any] = {
        "card": STORY,
        "filters": {"choices": [CHOICE], "active": [CHOICE]},
        "share": SHARE,
        "form": Sample(data={"email": "no"} if "fejl" in request.GET else None),
        "numbers": Paginator(range(30), 10).get_page(2),
        "links": (Link("Home", "/"), Link("The panel", "/panel/")),
        "rows": (("Under 30", "41"), ("30 to 59", "112"), ("60 and over", "97")),
        "head": ("Age", "Members"),
    }
    return render(request, "pages/gallery.html", context)

"""What colleagues fill in about ideas."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.media.forms import PLACES
from cms.media.models import Picture
from cms.stories.ideas.answering import LONGEST_ANSWER
from cms.stories.ideas.using import PhotoWords
from cms.stories.models import Kind, StoryIdea, StoryIndexPage
from cms.stories.models.ideas import LONGEST_TEXT
from cms.stories.tips.forms import SHORTEST_TEXT, PhotoForm, Words
from panel.accounts.models import User
from panel.conversations.models import Department
from panel.members.models import Area


def colleagues() -> QuerySet[User]:
    """Who an idea can be given to."""
    return User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")


class AboutForm(forms.Form):
    """Whose work it tells of, where it is, and what kind of story it is."""

    department = forms.ModelChoiceField(
        label=_("Department"), required=False, queryset=Department.objects.none()
    )
    area = forms.ModelChoiceField(
        label=_("Place"), required=False, queryset=Area.objects.none(), empty_label=_("Everywhere")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Not decided yet")), *Kind.choices]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["department"].queryset = Department.objects.all()  # type: ignore[attr-defined]
        self.fields["area"].queryset = Area.objects.all()  # type: ignore[attr-defined]


class SortForm(AboutForm):
    """The same, and who looks after it."""

    owner = forms.ModelChoiceField(
        label=_("Who looks after it"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("Nobody yet"),
    )

    field_order = ("owner", "department", "area", "kind")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]


class NewIdeaForm(PhotoForm, AboutForm):
    """A colleague's idea: written in half a minute, on a phone."""

    text = Words(
        label=_("The idea"),
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        help_text=_("Who or what is it about, and why would somebody like to read it?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = Words(
        label=_("Where it is"),
        required=False,
        max_length=120,
        help_text=_("A street, a school, a village."),
    )

    field_order = ("text", "place", "photo", "people_know", "department", "area", "kind")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Staff screens mark with a star what must be filled in: this only beside a photo.
        self.fields["people_know"].required = False


class DeclineForm(forms.Form):
    """Why not."""

    reason = Words(
        label=_("Why not"),
        max_length=500,
        help_text=_("For colleagues. Whoever sent it gets an answer from you afterwards."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the idea is not used.")},
    )


class MergeForm(forms.Form):
    """With which."""

    into = forms.ModelChoiceField(
        label=_("It is the same as"),
        queryset=StoryIdea.objects.none(),
        help_text=_("That one goes on for both. Whoever sent this one is told of the story too."),
        error_messages={"required": _("Choose an idea.")},
    )

    def __init__(self, *args: Any, others: QuerySet[StoryIdea], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What to write."""

    text = Words(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        help_text=_(
            "Sent by e-mail, with the municipality's name below it. Answers to it are read by "
            "nobody: write a number if the person should be able to call."
        ),
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": _("Write an answer.")},
    )


class UseForm(forms.Form):
    """What a draft needs, and the words without which no photo comes into the library."""

    index = forms.ModelChoiceField(
        label=_("Where"), queryset=StoryIndexPage.objects.none(), empty_label=None
    )
    title = Words(label=_("Title"), max_length=120, help_text=_("It can be changed later."))
    with_photo = forms.BooleanField(
        label=_("Take the photo along"),
        required=False,
        help_text=_("It comes into the library of pictures, with the words below."),
    )

    def __init__(
        self, *args: Any, idea: StoryIdea, indexes: list[StoryIndexPage], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        keys = [page.pk for page in indexes]
        own: Any = self.fields["index"]
        own.queryset = StoryIndexPage.objects.filter(pk__in=keys).select_related("locale")
        own.label_from_instance = lambda page: f"{page.title} ({page.locale})"
        if idea.photo:
            self.fields.update(_words_of_pictures())
        else:
            del self.fields["with_photo"]

    def clean(self) -> dict[str, Any]:
        """With the photo, what the library asks for, each beside its field."""
        data = super().clean() or self.cleaned_data
        if data.get("with_photo"):
            try:
                self.photo_words().check()
            except forms.ValidationError as refusal:
                self._spread(refusal)
        return data

    def photo_words(self) -> PhotoWords:
        """What was written about the photo."""
        data = self.cleaned_data
        return PhotoWords(
            description=data.get("description", ""),
            people=data.get("people", ""),
            people_note=data.get("people_note", ""),
            consent_until=data.get("consent_until"),
        )

    def _spread(self, refusal: forms.ValidationError) -> None:
        by_field = getattr(refusal, "error_dict", {"": [refusal]})
        for field, said in by_field.items():
            for each in said:
                place = PLACES.get(each.code, field)
                self.add_error(place if place in self.fields else None, each)


def _words_of_pictures() -> dict[str, forms.Field]:
    """The library's own fields: the same words, limits and choices as everywhere."""
    names = ("description", "people", "people_note", "consent_until")
    made = forms.fields_for_model(Picture, fields=names)
    for field in made.values():
        field.required = False
    made["consent_until"].widget = AdminDateInput()
    return made

"""The shape of what staff send: a file, its columns, filters, a rule, a department."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from panel.channels.kinds import kinds_with_files
from panel.channels.models import Channel
from panel.conversations import rules
from panel.conversations.intake.files import business_suite
from panel.conversations.intake.files.columns import COMMENT_HEADINGS, COMMENT_REQUIRED
from panel.conversations.models import Department, FileImport, Verdict
from panel.conversations.reports.vanishings import OPEN, SETTLED, Wanted
from panel.core.days import day_field

OTHER = "other"

FILES = ".csv,.txt,.tsv,.xlsx,.json,.zip"

FIELDS: Mapping[str, Any] = {
    "comment_id": _("The comment’s id"),
    "text": _("What was written"),
    "time": _("When it was written"),
    "author_id": _("The author’s id"),
    "author_name": _("The author’s name"),
    "author_is_page": _("Whether the author is a page"),
    "parent_id": _("The id of the comment it answers"),
    "post_id": _("The post’s id"),
    "post_text": _("The post’s text"),
    "post_time": _("When the post was made"),
    "post_topic": _("The post’s department or topic"),
    "likes": _("Number of likes"),
    "url": _("Web address"),
    "title": _("The post’s title"),
    "description": _("The post’s description"),
    "reach": _("Reach"),
    "period": _("What period the figures are for"),
    "reactions": _("Reactions"),
    "comments": _("Number of comments"),
    "shares": _("Shares"),
}
"""What may be in a column, in words and in the order in which it is asked for."""


def channels_with_files() -> QuerySet[Channel]:
    """The channels in use whose comments come by file."""
    return Channel.objects.filter(is_active=True, kind__in=kinds_with_files())


class FileForm(forms.Form):
    """A file and the channel it belongs to."""

    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": FILES}),
        help_text=_(
            "CSV, Excel (.xlsx), the page export from Facebook as JSON or zip, or Meta Business "
            "Suite’s list of content. Choose it, or drag it here."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = channels_with_files()

    def clean_file(self) -> Any:
        """Not larger than ``IMPORT_MAX_BYTES``."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(most)s. Split it, or let an operator import it.")
                % {"most": filesizeformat(settings.IMPORT_MAX_BYTES)}
            )
        return file


class ColumnsForm(forms.Form):
    """Which column holds what: one choice for every field a file like this can have."""

    def __init__(self, *args: Any, file_import: FileImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guess, chosen = file_import.guess, file_import.mapping
        is_content = guess["format"] == "business_suite"
        names = business_suite.HEADINGS if is_content else COMMENT_HEADINGS
        required = business_suite.REQUIRED if is_content else COMMENT_REQUIRED
        choices = [("", _("– not in the file –")), *((name, name) for name in guess["columns"])]
        for name in sorted(names, key=list(FIELDS).index):
            self.fields[name] = forms.ChoiceField(
                label=FIELDS[name],
                choices=choices,
                required=name in required,
                initial=chosen.get(name, guess["mapping"].get(name, "")),
                error_messages={"required": _("Choose the column that holds this.")},
            )

    def clean(self) -> dict[str, Any]:
        """No column can hold two things."""
        cleaned: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for name, column in list(cleaned.items()):
            if column and taken.setdefault(column, name) != name:
                self.add_error(
                    name,
                    _("The column “%(column)s” is already chosen for something else.")
                    % {"column": column},
                )
        return cleaned


class FilterForm(forms.Form):
    """What somebody looks for among comments."""

    q = forms.CharField(label=_("Words in the comment"), required=False, max_length=100)
    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.all(), required=False, empty_label=_("All")
    )
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.all(),
        required=False,
        empty_label=_("All"),
    )
    since = day_field(_("From"), required=False)
    until = day_field(_("To"), required=False)
    competition = forms.NullBooleanField(
        label=_("Competitions"),
        required=False,
        widget=forms.Select(
            choices=[("", _("All")), ("true", _("Only competitions")), ("false", _("Without"))]
        ),
    )
    hidden = forms.NullBooleanField(
        label=_("Hidden"),
        required=False,
        widget=forms.Select(
            choices=[("", _("All")), ("true", _("Only hidden")), ("false", _("Not hidden"))]
        ),
    )


class HideForm(forms.Form):
    """The published rule a comment broke, in the words of the page citizens read."""

    rule = forms.ChoiceField(
        label=_("Which of the debate rules did it break?"), widget=forms.RadioSelect
    )
    other = forms.CharField(
        label=_("The other rule, as it is published"), required=False, max_length=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ChoiceField", self.fields["rule"])
        chosen.choices = [
            *((words, words) for words in rules.published()),
            (OTHER, _("Another published rule")),
        ]

    def clean(self) -> dict[str, Any]:
        """One rule, chosen or written."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("rule") == OTHER and not cleaned.get("other"):
            self.add_error("other", _("Name the published rule the comment broke."))
        return cleaned

    @property
    def named(self) -> str:
        """The rule in words."""
        rule, other = self.cleaned_data["rule"], self.cleaned_data["other"]
        return str(other if rule == OTHER else rule)


class ReplyForm(forms.Form):
    """A reply to a comment. ``once`` is made with the form, so that pressing twice sends once;
    ``seen`` is how often the comment had been answered then.
    """

    text = forms.CharField(
        label=_("Your reply"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True, "data-reply": ""}),
    )
    once = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def limited(self, most: int) -> ReplyForm:
        """The same form, saying how long the reply may be; a script counts down."""
        field = self.fields["text"]
        field.help_text = _("At most %(most)s characters.") % {
            "most": number_format(most, force_grouping=True)
        }
        field.widget.attrs |= {
            "data-most": most,
            "data-left": _("%(left)s characters left") % {"left": "{}"},
            "data-over": _("%(over)s characters too many") % {"over": "{}"},
        }
        return self


class DepartmentForm(forms.Form):
    """Whose topic a post is."""

    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.all(),
        required=False,
        empty_label=_("None"),
    )


class VanishedFilterForm(forms.Form):
    """Which alarms to show; empty is all."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), (OPEN, _("Not settled")), (SETTLED, _("Settled"))],
    )
    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.all(), required=False, empty_label=_("All")
    )

    def wanted(self) -> Wanted:
        """What was asked for, once it is valid."""
        return Wanted(**self.cleaned_data)


class VerdictForm(forms.Form):
    """What was behind something that vanished, and how one knows."""

    verdict = forms.ChoiceField(
        label=_("What was behind it?"), widget=forms.RadioSelect, choices=Verdict.choices
    )
    why = forms.CharField(
        label=_("How do you know?"),
        max_length=300,
        help_text=_("Whom did you ask, what did you see? Your colleagues read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # Of what came after this one they know nothing.
    up_to = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

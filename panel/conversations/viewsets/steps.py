"""The steps of an import: choose a file, confirm its columns, start, cancel, go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from panel.accounts.models import User
from panel.conversations.actions import imports
from panel.conversations.forms import ColumnsForm, FileForm, channels_with_files
from panel.conversations.models import FileImport
from panel.conversations.viewsets.imports import OneImport


class Step(OneImport):
    """A step that only importers take."""

    permission_required = "add"

    @property
    def user(self) -> User:
        """Who takes it."""
        return cast(User, self.request.user)

    def refuse(self) -> None:
        """Somebody else, or the work itself, was faster."""
        messages.warning(self.request, _("The import has moved on; this is how it stands now."))


class Choose(Step, FormView[FileForm]):
    """A file and its channel."""

    page_title = gettext_lazy("Import a file")
    template_name = "conversations/import_choose.html"
    form_class = FileForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is a channel to import to."""
        return super().get_context_data(has_channels=channels_with_files().exists(), **kwargs)

    def form_valid(self, form: FileForm) -> HttpResponse:
        """Keep the file and look into it; say what is wrong with one that cannot be read."""
        file = form.cleaned_data["file"]
        try:
            made = imports.choose(
                form.cleaned_data["channel"], file=file, name=file.name, by=self.user
            )
        except imports.UnreadableFile as damage:
            form.add_error("file", str(damage))
            return self.form_invalid(form)
        if made.guess["columns"]:
            return redirect("imports:columns", made.public_id)
        imports.confirm_columns(made, mapping={}, by=self.user)
        return redirect("imports:one", made.public_id)

    def form_invalid(self, form: FileForm) -> HttpResponse:
        """The page again, with a status that says so."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Columns(Step, FormView[ColumnsForm]):
    """Which column holds what: guessed, with the file's first lines beside it."""

    page_title = gettext_lazy("Columns")
    template_name = "conversations/import_columns.html"
    form_class = ColumnsForm

    @cached_property
    def file_import(self) -> FileImport:
        """The import whose columns these are."""
        return self.get_file_import()

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form has a field for everything a file like this can hold."""
        return super().get_form_kwargs() | {"file_import": self.file_import}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The import with its first lines."""
        guess = self.file_import.guess
        return super().get_context_data(
            file_import=self.file_import,
            columns=guess.get("columns", []),
            samples=guess.get("samples", []),
            is_month_first=guess.get("month_first"),
            rounded=guess.get("rounded"),
            **kwargs,
        )

    def form_valid(self, form: ColumnsForm) -> HttpResponse:
        """Remember them and check the file."""
        try:
            imports.confirm_columns(self.file_import, mapping=form.cleaned_data, by=self.user)
        except imports.NotNow:
            self.refuse()
        return redirect("imports:one", self.file_import.public_id)

    def form_invalid(self, form: ColumnsForm) -> HttpResponse:
        """The page again, with a status that says so."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Push(Step, View):
    """A button on an import's page: one action, and back to the page."""

    http_method_names = ["post"]
    action: Callable[..., None]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, unless the import has moved on."""
        file_import = self.get_file_import()
        try:
            type(self).action(file_import, by=self.user)
        except imports.NotNow:
            self.refuse()
        return redirect("imports:one", file_import.public_id)


class Start(Push):
    """Import what was checked."""

    action = staticmethod(imports.start)


class GoOn(Push):
    """Go on where an import stopped."""

    action = staticmethod(imports.go_on)


class Cancel(Push):
    """Stop; what is in stays in."""

    action = staticmethod(imports.cancel)

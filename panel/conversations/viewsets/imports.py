"""Imports: the list, one with everything about it, its progress, and its refused lines."""

from __future__ import annotations

import csv
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin

from panel.conversations.cells import harmless
from panel.conversations.models import FileImport
from panel.conversations.models import ImportState as State
from panel.conversations.reports import failure_of, faults_of
from panel.conversations.viewsets.shared import IMPORTS, StaffPage
from panel.core.clock import now

FAULTS_SHOWN = 20


class ImportList(PermissionCheckedMixin, BaseListingView):
    """All imports, newest first."""

    model = FileImport
    permission_required = "view"
    page_title = IMPORTS
    header_icon = "upload"
    template_name = "conversations/imports.html"
    index_url_name = "imports:index"
    index_results_url_name = "imports:index_results"
    default_ordering = ("-created_at", "-pk")
    paginate_by = 25
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("File"),
            url_name="imports:one",
            id_accessor="public_id",
        ),
        Column("channel", label=gettext_lazy("Channel")),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda file_import: file_import.is_at_work,
        ),
        Column("added", label=gettext_lazy("Added")),
        Column("refused", label=gettext_lazy("Refused")),
        DateColumn("created_at", label=gettext_lazy("Chosen")),
    ]

    def get_base_queryset(self) -> QuerySet[FileImport]:
        """With their channels, without what the files hold."""
        return FileImport.objects.select_related("channel").defer("guess", "mapping")


class OneImport(StaffPage):
    """Finds the import that an address names."""

    model = FileImport
    permission_required = "view"
    header_icon = "upload"
    home = ("imports:index", IMPORTS)
    kwargs: dict[str, Any]

    def get_file_import(self) -> FileImport:
        """By its public id."""
        found = FileImport.objects.select_related("channel", "started_by")
        return get_object_or_404(found, public_id=self.kwargs["public_id"])


class ImportPage(OneImport, TemplateView):
    """One import: what it would do, does, or did, and what to do next."""

    template_name = "conversations/import.html"

    def get_page_title(self) -> str:
        """The file's name."""
        return str(self.file_import)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look it up once."""
        self.file_import = self.get_file_import()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The import, its first faults, and whether it has stopped moving."""
        file_import = self.file_import
        faults = faults_of(file_import, most=FAULTS_SHOWN)
        return super().get_context_data(
            file_import=file_import,
            state=progress(file_import),
            failure=failure_of(file_import),
            faults=faults,
            more_faults=file_import.refused - len(faults),
            may_import=self.request.user.has_perm("conversations.add_fileimport"),
            has_columns=bool(file_import.guess.get("columns")),
            was_started=file_import.started_at is not None,
            **kwargs,
        )


class ImportState(OneImport, View):
    """How far it is, for the page that watches it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """As JSON."""
        return JsonResponse(progress(self.get_file_import()))


class ImportFaults(OneImport, View):
    """The refused lines as a table to mend the file by."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """As CSV, with a mark that tells Excel it is UTF-8."""
        file_import = self.get_file_import()
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        name = f"{file_import.public_id}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        table = csv.writer(response, delimiter=";")
        table.writerow([_("Line"), _("Column"), _("Why it was refused")])
        for fault in faults_of(file_import):
            table.writerow([fault.line, harmless(fault.column), harmless(fault.reason)])
        return response


def progress(file_import: FileImport) -> dict[str, Any]:
    """How far an import is: counts, lines, and whether it moves."""
    return {
        **file_import.counts,
        "state": file_import.state,
        "label": str(State(file_import.state).label),
        "position": min(file_import.position, file_import.lines or file_import.position),
        "lines": file_import.lines,
        "moving": file_import.is_at_work,
        "stalled": file_import.is_stalled(now()),
    }

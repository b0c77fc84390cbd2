"""The words of invitations: versions, and a colleague's yes."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin

from panel.accounts.models import User
from panel.basis.gate import is_open
from panel.invitations import actions, texts, wording
from panel.invitations.forms import TemplateForm
from panel.invitations.models import Template
from panel.invitations.permissions import may_approve, may_make
from panel.invitations.viewsets.shared import TEMPLATES, StaffPage, in_words

HOME = ("invitation_templates:index", TEMPLATES)


class TemplateList(PermissionCheckedMixin, BaseListingView):
    """All versions, by name."""

    model = Template
    any_permission_required = ["view"]
    page_title = TEMPLATES
    header_icon = "doc-full"
    template_name = "invitations/admin/templates.html"
    index_url_name = "invitation_templates:index"
    index_results_url_name = "invitation_templates:index_results"
    default_ordering = ("name", "language", "-version")
    paginate_by = 50
    columns = [
        TitleColumn("name", label=gettext_lazy("Name"), url_name="invitation_templates:template"),
        Column("get_language_display", label=gettext_lazy("Language")),
        Column("version", label=gettext_lazy("Version")),
        StatusTagColumn(
            "approved_at",
            label=gettext_lazy("State"),
            accessor=lambda template: (
                _("approved") if template.approved_at else _("waits for a colleague")
            ),
            primary=lambda template: template.approved_at is not None,
        ),
        DateColumn("written_at", label=gettext_lazy("Written")),
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether a new one may be written."""
        return super().get_context_data(may_make=may_make(self.request.user), **kwargs)


class TemplateWrite(StaffPage, FormView[TemplateForm]):
    """New words, or the next version of old ones."""

    model = Template
    permission_required = "add"
    page_title = gettext_lazy("Write an invitation")
    header_icon = "doc-full"
    home = HOME
    template_name = "invitations/admin/template_form.html"
    form_class = TemplateForm

    def get_initial(self) -> dict[str, Any]:
        """The version it starts from, if any."""
        start = self.request.GET.get("from", "")
        if not start.isdigit():
            return {}
        before = get_object_or_404(Template, pk=int(start))
        return {name: getattr(before, name) for name in TemplateForm.Meta.fields}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What may be inserted."""
        return super().get_context_data(
            required=wording.REQUIRED, optional=wording.OPTIONAL, **kwargs
        )

    def form_valid(self, form: TemplateForm) -> HttpResponse:
        """Write the version, and show it to whoever is to approve it."""
        try:
            template = actions.write_template(by=cast(User, self.request.user), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, in_words(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved. A colleague can now approve it."))
        return redirect("invitation_templates:template", template.pk)


class TemplatePage(StaffPage, BaseObjectMixin, TemplateView):
    """One version, as it will be read."""

    model = Template
    any_permission_required = ["view"]
    header_icon = "doc-full"
    home = HOME
    template_name = "invitations/admin/template.html"

    def get_page_title(self) -> str:
        """Name, language, version."""
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words filled in, and who may approve them."""
        return super().get_context_data(
            words=self.object,
            sample=texts.sample_words(self.object) if is_open() else None,
            sample_reminder=texts.sample_reminder(self.object) if is_open() else None,
            may_make=may_make(self.request.user),
            may_approve=may_approve(self.request.user, self.object),
            **kwargs,
        )


class TemplateApprove(PermissionCheckedMixin, View):
    """A colleague's yes to exactly these words."""

    model = Template
    permission_required = "approve"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Approve, or say why not."""
        template = get_object_or_404(Template, pk=pk)
        try:
            actions.approve_template(template, by=cast(User, request.user))
        except ValidationError as refusal:
            messages.error(request, in_words(refusal))
        else:
            messages.success(request, _("Approved. It can be used in campaigns now."))
        return redirect("invitation_templates:template", pk)

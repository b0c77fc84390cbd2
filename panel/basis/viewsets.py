"""Staff screens: the controller's record, which opens the gate."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from panel.accounts.models import User
from panel.basis.actions import record_basis, withdraw_basis
from panel.basis.forms import RecordForm
from panel.basis.gate import today
from panel.basis.models import ControllerRecord
from panel.basis.permissions import may_record, may_see
from panel.basis.reports import standing

TITLE = gettext_lazy("Legal basis")


class BasisPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page with the way back to the overview."""

    model = ControllerRecord
    header_icon = "lock-open"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the overview to here."""
        here = {"url": "", "label": self.get_page_title()}
        overview = {"url": reverse("basis:index"), "label": TITLE}
        above = [] if self.get_page_title() == TITLE else [overview]
        return [*self.breadcrumbs_items, *above, here]


class OverviewView(BasisPage, TemplateView):
    """Whether the gate is open, why, until when, and what was decided before."""

    permission_required = "view"
    page_title = TITLE
    template_name = "basis/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How it stands, and all records."""
        records = list(ControllerRecord.objects.all())
        users = User.objects.in_bulk({each.recorded_by_id for each in records} - {None})
        return super().get_context_data(
            standing=standing(),
            records=[(each, users.get(each.recorded_by_id)) for each in records],
            may_record=may_record(self.request.user),
            today=today(),
            **kwargs,
        )


class RecordView(BasisPage, FormView[RecordForm]):
    """Write down what was decided."""

    permission_required = "add"
    page_title = gettext_lazy("Record the legal basis")
    template_name = "basis/record.html"
    form_class = RecordForm

    def form_valid(self, form: RecordForm) -> HttpResponse:
        """Record it; what cannot be right is said beside the field."""
        try:
            record_basis(by=cast(User, self.request.user), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("Recorded. Engaged citizens can now be looked for."))
        return redirect("basis:index")


class WithdrawView(BasisPage, TemplateView):
    """Close the gate, after being asked once."""

    permission_required = "add"
    page_title = gettext_lazy("Withdraw the legal basis")
    template_name = "basis/withdraw.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which record it is about."""
        return super().get_context_data(record=self._record(), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Withdraw it."""
        withdraw_basis(self._record(), by=cast(User, request.user))
        messages.success(request, _("Withdrawn. Nothing is measured and nobody is invited."))
        return redirect("basis:index")

    def _record(self) -> ControllerRecord:
        return get_object_or_404(ControllerRecord, pk=self.kwargs["pk"], withdrawn_at=None)


class BasisMenuItem(MenuItem):
    """Only for those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_see(request.user)


class BasisViewSet(ViewSet):
    """The overview, a new record, and withdrawing."""

    icon = "lock-open"
    menu_label = TITLE
    menu_hook = "register_settings_menu_item"
    menu_order = 50
    menu_item_class = BasisMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``basis/``."""
        return [
            path("", OverviewView.as_view(), name="index"),
            path("new/", RecordView.as_view(), name="new"),
            path("<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw"),
        ]

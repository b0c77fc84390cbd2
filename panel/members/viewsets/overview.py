"""The panel in numbers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from panel.members.models import Member
from panel.members.reports import make_up


class Overview(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """How many, and of what kind, as they told it; small groups are not shown."""

    model = Member
    permission_required = "view"
    page_title = gettext_lazy("The panel in numbers")
    header_icon = "group"
    template_name = "members/admin/overview.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the first page; the last of them is the heading."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The make-up."""
        return super().get_context_data(make_up=make_up(), **kwargs)

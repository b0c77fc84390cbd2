"""After it went out: who wrote, who approved, what exactly, when. For all colleagues, and paper."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from cms.publishing import reports
from cms.publishing.presenting import what_goes_out
from cms.publishing.viewsets.shared import OutgoingPage
from cms.review.models import Approval


class Record(OutgoingPage, TemplateView):
    """Everything there is to know about one round of one story."""

    template_name = "publishing/admin/record.html"
    header_icon = "doc-full"
    kwargs: dict[str, Any]

    @cached_property
    def approval(self) -> Approval:
        """With its page, where there still is one."""
        return get_object_or_404(Approval.objects.select_related("page"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """The story's title as it was approved."""
        return str(self.approval.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The same number of queries however much happened."""
        return super().get_context_data(
            record=reports.record_of(self.approval),
            goes_out=what_goes_out(self.approval),
            **kwargs,
        )

"""Comments across threads: filtered, searched, newest first."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from panel.conversations.forms import FilterForm
from panel.conversations.models import Comment
from panel.conversations.permissions import may_decide
from panel.conversations.presenting import Presenter
from panel.conversations.reports.listing import Wanted, comments
from panel.conversations.viewsets.shared import COMMENTS, StaffPage


class CommentList(StaffPage, TemplateView):
    """All comments, a page at a time by place: page 500 costs what page 1 costs."""

    model = Comment
    permission_required = "view"
    page_title = COMMENTS
    header_icon = "list-ul"
    template_name = "conversations/comments.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """This is the list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": COMMENTS}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filters as asked for, and the page; a filter that makes no sense is said so."""
        asked = self.request.GET
        form = FilterForm(asked or None)
        wanted = _wanted(form) if form.is_valid() else Wanted()
        kept = asked.copy()
        for name in ("after", "before"):
            kept.pop(name, None)
        page = comments(wanted, after=asked.get("after", ""), before=asked.get("before", ""))
        decides = may_decide(self.request.user)
        return super().get_context_data(
            form=form,
            page=page,
            said=Presenter(may_decide=decides).across(page.rows),
            may_decide=decides,
            kept=kept.urlencode(),
            is_filtered=wanted != Wanted(),
            **kwargs,
        )


def _wanted(form: FilterForm) -> Wanted:
    data = form.cleaned_data
    return Wanted(
        words=data["q"],
        channel=data["channel"],
        department=data["department"],
        since=data["since"],
        until=data["until"],
        competition=data["competition"],
        hidden=data["hidden"],
    )

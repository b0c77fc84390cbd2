"""Pieces of staff screens: on the first page, that the basis is missing or ends soon."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from panel.basis.permissions import may_record, may_see
from panel.basis.reports import standing


class BasisNotice(Component):
    """Told to those who may see the record, as long as something is to be done about it."""

    name = "basis-notice"
    template_name = "basis/notice.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Nothing for those it does not concern."""
        user = parent_context["request"].user
        shown = may_see(user)
        return {"standing": standing() if shown else None, "may_record": may_record(user)}

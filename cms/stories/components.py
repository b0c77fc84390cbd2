"""Pieces of Wagtail's screens."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from cms.stories.mix.counting import reminder
from panel.core.clock import now


class Mix(Component):
    """On the admin's home page: what nobody has told about for long. Nothing where all is told."""

    name = "stories-mix"
    template_name = "stories/admin/mix_panel.html"
    order = 55

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """At most three sentences."""
        return {"sentences": reminder(now())}

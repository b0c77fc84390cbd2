"""What Wagtail starts by inline script, started by ours: the policy allows none (S10)."""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser


def render_chooser(
    self: Any, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    """``BaseChooser.render`` with a mark for ``js/admin/starts.js`` in place of the script."""
    id_ = (attrs or {})["id"]
    data = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-starts="{}" data-for="{}" data-with="{}"></span>',
        self.render_html(name, data, attrs),
        self.js_constructor,
        id_,
        json.dumps(self.get_js_init_options(id_, name, data)),
    )


def start_choosers_by_mark() -> None:
    """Every chooser is made by subclassing this one, so this one is where it can be changed."""
    BaseChooser.render = render_chooser

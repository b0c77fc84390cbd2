"""Registers the staff screens of publishing; no rules here."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def style_what_goes_out() -> str:
    """For a story as it goes out, and the pages where it is asked for and decided."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/approving.css"))

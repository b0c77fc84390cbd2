"""Registers the staff screens, and the alarm on every one of them."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from panel.jobs.components import WorkerAlarm
from panel.jobs.viewsets import JobsViewSet


@hooks.register("register_admin_viewset")
def register_jobs() -> JobsViewSet:
    """The page about background work, under Reports."""
    return JobsViewSet("jobs")


@hooks.register("insert_global_admin_css")
def style() -> str:
    """For the alarm and the page."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/jobs.css"))


@hooks.register("insert_global_admin_js", order=-1)
def alarm() -> str:
    """Wagtail puts this at the top of the body, above everything else: the place for an alarm."""
    return WorkerAlarm().render_html()

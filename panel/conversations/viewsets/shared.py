"""What the staff screens of conversations share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

THREADS = gettext_lazy("Threads")
COMMENTS = gettext_lazy("Comments")
IMPORTS = gettext_lazy("Imports")
VANISHED = gettext_lazy("Vanished on networks")


class StaffPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page with breadcrumbs that lead back to its list."""

    header_icon = "comment"
    home: tuple[str, Any] = ("threads:index", THREADS)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        name, label = self.home
        return [
            *self.breadcrumbs_items,
            {"url": reverse(name), "label": label},
            {"url": "", "label": self.get_page_title()},
        ]

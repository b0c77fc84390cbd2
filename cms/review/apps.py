"""The app."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.signals import post_page_move


class ReviewConfig(AppConfig):
    """A second person's yes, bound to exactly what goes out."""

    name = "cms.review"
    label = "review"
    verbose_name = _("Approval")

    def ready(self) -> None:
        """Hear of moved pages; models load only now, hence the string."""
        post_page_move.connect(import_string("cms.review.receivers.page_moved"))

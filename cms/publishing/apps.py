"""The app."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """One story on one channel, at its time, once."""

    name = "cms.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Hear what becomes of approvals; models load only now, hence the strings."""
        follow = import_string("cms.review.following.follow")
        follow(import_string("cms.publishing.actions.following.go_along"))

"""The app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    """Stories: what the municipality has to tell, and what somebody thought it could."""

    name = "cms.stories"
    label = "stories"
    verbose_name = _("Stories")

    def ready(self) -> None:
        """Tell ``panel.privacy`` what is kept about people and for how long, and ``pages`` the
        newest stories.
        """
        import_module("cms.stories.ideas.forgetting")
        import_module("cms.stories.newest")

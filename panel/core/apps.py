"""The app that carries what is shared."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """No models; template tags and checks only."""

    name = "panel.core"
    label = "core"

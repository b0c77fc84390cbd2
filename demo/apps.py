"""The app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from demo.checks import check_door


class DemoConfig(AppConfig):
    """No models: fills the other apps' tables through their own actions."""

    name = "demo"
    label = "demo"

    def ready(self) -> None:
        """Watch that the door stays where it belongs."""
        register(check_door)

"""Other people's apps, with our choices where they ask for them in an AppConfig."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig

from config import checks

__all__ = ["UsersConfig", "checks"]


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users, administered by our screens."""

    user_viewset = "panel.accounts.viewsets.colleagues.ColleagueViewSet"

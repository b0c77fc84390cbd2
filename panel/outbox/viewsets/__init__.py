"""Staff screens: what was sent to the networks, and what is done about it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from panel.outbox.permissions import may_see
from panel.outbox.viewsets import channel, item
from panel.outbox.viewsets.listing import OutboxList
from panel.outbox.viewsets.shared import TITLE


class OutboxMenuItem(MenuItem):
    """Only for those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_see(request.user)


class OutboxViewSet(ViewSet):
    """The list, each thing in it with its verbs, and each channel with its pause."""

    name = "outbox"
    icon = "upload"
    menu_label = TITLE
    # Right below what goes out, which is where it comes from.
    menu_order = 255
    menu_item_class = OutboxMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``outbox/``."""
        verbs: dict[str, type[View]] = {
            "is-there": item.IsThere,
            "is-not-there": item.IsNotThere,
            "give-up": item.GiveUp,
            "send-again": item.SendAgain,
            "cancel": item.Cancel,
            "hold": item.Hold,
            "let-go": item.LetGo,
        }
        return [
            path("", OutboxList.as_view(), name="index"),
            path("<int:pk>/", item.ItemPage.as_view(), name="item"),
            *(
                path(f"<int:pk>/{word}/", view.as_view(), name=word.replace("-", "_"))
                for word, view in verbs.items()
            ),
            path("channels/<int:pk>/", channel.ChannelPage.as_view(), name="channel"),
            path("channels/<int:pk>/pause/", channel.Pause.as_view(), name="pause"),
            path("channels/<int:pk>/go-on/", channel.GoOn.as_view(), name="go_on"),
        ]

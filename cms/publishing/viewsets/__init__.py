"""Staff screens: what goes out, and what is done about it. Rules are in the actions."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.publishing.viewsets import byhand, calendar, feed, outgoing, pausing, record
from cms.publishing.viewsets.shared import OUTGOING


class OutgoingMenuItem(MenuItem):
    """Only for those who may look: all colleagues."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Every role may see what goes out."""
        return request.user.has_perm("publishing.view_publication")


class OutgoingViewSet(ViewSet):
    """The list and the calendar, each story's record, posting by hand, the pause of everything."""

    icon = "calendar-alt"
    menu_label = OUTGOING
    menu_order = 250
    menu_item_class = OutgoingMenuItem
    add_to_admin_menu = True
    name = "outgoing"
    url_prefix = "udgivelser"

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``udgivelser/``."""
        verbs: dict[str, type[View]] = {
            "hold-back": outgoing.HoldBack,
            "go-on": outgoing.GoOn,
            "cancel": outgoing.Cancel,
            "move": outgoing.Move,
            "take-down": outgoing.TakeDown,
        }
        posting: dict[str, type[View]] = {
            "posted": byhand.MarkPosted,
            "not-posted": byhand.NotPosted,
            "give-up": byhand.GiveUp,
        }
        return [
            path("", outgoing.OutgoingList.as_view(), name="index"),
            path("month/", calendar.Month.as_view(), name="month"),
            path("week/", calendar.Week.as_view(), name="week"),
            path("own-calendar/", feed.OwnCalendar.as_view(), name="own_calendar"),
            path("pause/", pausing.Pausing.as_view(), name="pause"),
            path("pause/end/", pausing.EndPause.as_view(), name="end_pause"),
            path("<int:pk>/", record.Record.as_view(), name="record"),
            *(
                path(f"<int:pk>/{word}/", view.as_view(), name=word.replace("-", "_"))
                for word, view in verbs.items()
            ),
            path("post/<int:pk>/", byhand.ByHand.as_view(), name="by_hand"),
            path(
                "post/<int:pk>/picture/<int:key>/", byhand.PictureToPost.as_view(), name="picture"
            ),
            *(
                path(f"post/<int:pk>/{word}/", view.as_view(), name=word.replace("-", "_"))
                for word, view in posting.items()
            ),
        ]

"""Where our screens take the place of Wagtail's: the same addresses, found first."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from cms.media.models import Picture
from cms.media.views import Add, AddMany, AddWords, Chooser, Edit


@hooks.register("register_admin_urls", order=-1)
def doors() -> list[URLPattern]:
    """Every address where a picture comes in, and the window it is chosen in;
    their names stay Wagtail's.
    """
    chooser = Chooser("wagtailimages_chooser", model=Picture, url_prefix="images/chooser")
    return [
        path("images/add/", Add.as_view()),
        path("images/<int:image_id>/", Edit.as_view()),
        path("images/multiple/add/", AddMany.as_view()),
        path(
            "images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/",
            AddWords.as_view(),
        ),
        path("images/chooser/", chooser.choose_view),
        path("images/chooser/create/", chooser.create_view),
    ]

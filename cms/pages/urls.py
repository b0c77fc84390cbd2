"""The site's own addresses beside Wagtail's pages: one list in every language, one in none."""

from __future__ import annotations

from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView
from wagtail.contrib.sitemaps.views import sitemap

from cms.pages import gallery, media, views
from cms.pages.sitemap import Sitemap

in_no_language = (
    [
        path("tema.css", views.theme, name="theme"),
        path("ikon.svg", views.favicon, name="favicon"),
        path("favicon.ico", RedirectView.as_view(pattern_name="site:favicon", permanent=True)),
        path("kort/<int:page_id>.png", views.card, name="card"),
        path("robots.txt", views.robots, name="robots"),
        path("sitemap.xml", sitemap, {"sitemaps": {"pages": Sitemap}}, name="sitemap"),
        path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media.media, name="media"),
        path("was/", views.was, name="was"),
        path("was", views.was),
    ],
    "site",
)

in_each_language = ([path("soeg/", views.search, name="search")], "pages")

if settings.COMPONENT_GALLERY:
    in_each_language[0].append(path("komponenter/", gallery.show, name="gallery"))

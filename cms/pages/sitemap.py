"""Every published page of every language, for search engines."""

from __future__ import annotations

from functools import reduce
from operator import or_

from wagtail.contrib.sitemaps import Sitemap as OneTree
from wagtail.models import Page
from wagtail.query import PageQuerySet


class Sitemap(OneTree):
    """Wagtail's, over the home pages of all languages instead of the site's own one."""

    def items(self) -> PageQuerySet:
        """The trees below every translation of the home page."""
        home = self.get_wagtail_site().root_page
        trees = (
            Page.objects.descendant_of(root, inclusive=True)
            for root in home.get_translations(inclusive=True).live()
        )
        pages = reduce(or_, trees, Page.objects.none())
        return pages.live().public().order_by("path").defer_streamfields().specific()

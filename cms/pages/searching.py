"""What a visitor's words find: pages with the words, then pages with words that begin so.

Danish builds words together and changes their ends: who looks for »lampe« means »lamper« and
»lampeposter« too. PostgreSQL knows the ends, SQLite does not, and neither knows the joints.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from wagtail.models import Locale, Page
from wagtail.search import index
from wagtail.search.query import And, PlainText

RESULTS = 10
# Nobody turns more pages than this, and a word every page has must not read them all.
AT_MOST = 200
# Of one letter or two, too many words begin.
LONG_ENOUGH = 3


def searched(*names: str) -> list[index.BaseField]:
    """Entries for ``search_fields``: whole words, and words that begin as what is looked for."""
    return [field(name) for name in names for field in (index.SearchField, index.AutocompleteField)]


def find(words: str, number: Any) -> Sheet[Page]:
    """Sheet ``number`` of the published pages in the visitor's language that ``words`` find.

    The pages are specific, ten a sheet; any number is taken, the nearest there is, given.
    """
    sheet = Paginator(list(_found(words)), RESULTS).get_page(number)
    pages = Page.objects.filter(pk__in=sheet.object_list).specific()
    by_key = {page.pk: page for page in pages}
    sheet.object_list = [by_key[key] for key in sheet.object_list if key in by_key]
    return sheet


def _found(words: str) -> Iterator[int]:
    # SQLite's search trips over a quotation mark; between words it means nothing to us.
    sought = words.replace('"', " ").split()
    if not sought:
        return
    pages = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=1)
    whole = [page.pk for page in pages.search(" ".join(sought))[:AT_MOST]]
    yield from whole
    if all(len(word) >= LONG_ENOUGH for word in sought):
        begun = pages.autocomplete(And([PlainText(word) for word in sought]))[:AT_MOST]
        yield from (page.pk for page in begun if page.pk not in whole)

"""Meta Business Suite's export of content: counts per post, no comments and no people.

The columns vary from month to month and with the language; what is known is taken by heading. Times
carry no zone and are taken as Danish wall time. Addresses change from one export to the next, so
the post's id is what it goes by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from panel.channels.incoming import IncomingPost

from .columns import Headings, folded
from .faults import Refused
from .times import moment
from .values import count, filled, identifier, is_overlong_number, web_address, written

HEADINGS: Headings = {
    "post_id": ("Post ID", "Opslags-id", "Opslags-ID", "Id for opslag"),
    "title": ("Title", "Titel"),
    "description": ("Description", "Beskrivelse"),
    "post_time": ("Publish time", "Udgivelsestidspunkt", "Offentliggørelsestidspunkt"),
    "url": ("Permalink", "Permanent link"),
    "reactions": ("Reactions", "Reaktioner", "Likes", "Synes godt om"),
    "comments": ("Comments", "Kommentarer"),
    "shares": ("Shares", "Delinger"),
    "reach": ("Reach", "Rækkevidde"),
    "period": ("Date", "Dato"),
}
"""Field -> headings. The Danish ones are not confirmed; the mapping can be corrected on the screen.
"""

REQUIRED = ("post_id",)

_MARKS = tuple({folded(name) for name in HEADINGS[field]} for field in ("post_id", "post_time"))
_COUNTS = {folded(name) for field in ("reactions", "shares", "reach") for name in HEADINGS[field]}
_FOREIGN = frozenset({"commentid", "kommentarid", "postid2"})
_PAGE_INSIGHTS = frozenset({"date", "dato"})


def is_content(heading: Iterable[str]) -> bool:
    """Whether a heading is the export's: a post's id and time, and counts."""
    names = {folded(cell) for cell in heading}
    known = all(names & mark for mark in _MARKS) and bool(names & _COUNTS)
    return known and not names & _FOREIGN


def is_page_insights(first: Sequence[Sequence[str]]) -> bool:
    """Whether the first rows are the overview of the page: a title alone, then a heading that
    begins with a date.
    """
    if len(first) < 2 or len([cell for cell in first[0] if cell]) != 1:
        return False
    return len(first[1]) >= 2 and folded(first[1][0]) in _PAGE_INSIGHTS


class ContentRows:
    """Turns rows into posts with their counts."""

    def __init__(
        self,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        *,
        month_first: bool = True,
        rounded: Iterable[str] = (),
    ) -> None:
        # What is not mapped is read from the empty cell behind the row's end.
        self.places = {
            name: columns.index(mapping[name]) if name in mapping else len(columns)
            for name in HEADINGS
        }
        self.month_first = month_first
        self.is_rounded = mapping.get("post_id", "") in set(rounded)

    def items(self, cells: list[str]) -> tuple[IncomingPost]:
        """The post of a row. Raises ``Refused``.

        ``cells`` are one more than the columns; the last is empty.
        """
        found = {name: cells[place] for name, place in self.places.items()}
        if any(map(str.isdigit, found["period"])):
            raise Refused("figures_daily", "period")
        time = found["post_time"]
        post = IncomingPost(
            self._id(found["post_id"]),
            _text(found["title"], found["description"]) or None,
            moment(time, "post_time", month_first=self.month_first) if time.strip() else None,
            url=web_address(found["url"], "url") or None,
            reactions=count(found["reactions"], "reactions"),
            comments=count(found["comments"], "comments"),
            shares=count(found["shares"], "shares"),
            reach=count(found["reach"], "reach"),
        )
        return (post,)

    def _id(self, cell: str) -> str:
        if self.is_rounded and is_overlong_number(cell.strip()):
            raise Refused("id_damaged", "post_id", value=cell.strip())
        return filled(identifier(cell, "post_id"), "post_id")


def _text(title: str, description: str) -> str:
    """The post's text stands in one column or the other; a film has a title and a text."""
    first = written(title, "title").strip()
    second = written(description, "description").strip()
    if first in second:
        return second
    return first if second in first else f"{first}\n\n{second}"

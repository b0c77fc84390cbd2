"""Words that help nobody: link texts without a goal.

Who listens to a page hears its links one after the other, without the sentences around them.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Danish and English, without punctuation, in lower case.
VAGUE = frozenset(
    {
        *("her", "klik her", "tryk her", "se her", "her på siden", "link", "linket", "dette link"),
        *("læs mere", "læs mere her", "mere", "se mere", "vis mere", "find ud af mere", "gå til"),
        *("here", "click here", "click", "press here", "this link", "read more", "read more here"),
        *("more", "see more", "learn more", "find out more", "go", "go to", "follow the link"),
    }
)
ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)


def is_vague(text: str) -> bool:
    """Whether a link text says nothing about where it leads: empty, "read more", or an address."""
    plain = " ".join(re.sub(r"[^\w\s/:.]", " ", text.casefold()).split()).strip(" .:/")
    return not plain or plain in VAGUE or bool(ADDRESS.match(text.strip()))


def speaking_link_text(text: str) -> None:
    """Refuse a vague link text, saying what to write instead."""
    if is_vague(text):
        raise ValidationError(
            _(
                "“%(text)s” does not say where the link leads. Write what is behind it, such as "
                "“the debate rules”: many hear links one after the other, without the rest."
            ),
            code="vague",
            params={"text": text.strip()},
        )


def speaking_links(html: object) -> None:
    """Refuse rich text with a vague link in it. Takes HTML, or a value whose text is HTML."""
    for text in link_texts(str(getattr(html, "source", html))):
        speaking_link_text(text)


def link_texts(html: str) -> list[str]:
    """The text of every link in ``html``, in order."""
    reader = _Links()
    reader.feed(html)
    return ["".join(parts) for parts in reader.links]


class _Links(HTMLParser):
    """Collects what stands between ``<a>`` and ``</a>``."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link begins."""
        if tag == "a":
            self.inside = True
            self.links.append([])

    def handle_endtag(self, tag: str) -> None:
        """A link ends."""
        if tag == "a":
            self.inside = False

    def handle_data(self, data: str) -> None:
        """Words, kept when in a link."""
        if self.inside:
            self.links[-1].append(data)

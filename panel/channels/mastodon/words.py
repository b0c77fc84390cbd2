"""What a post says, out of the HTML it is shown as: for finding again what was written."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from panel.channels.mastodon.counting import links_replaced, without_servers

BREAKS: Final = frozenset({"p", "br", "div", "li"})


def plain(html: str) -> str:
    """The text of a post as somebody might have typed it: links in full, lines apart."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


def alike(text: str) -> str:
    """``text`` without what a server changes about it: the room between words, the servers of
    mentions, and how links are spelled.
    """
    same = links_replaced(unicodedata.normalize("NFC", text), _address)
    return " ".join(without_servers(same).split())


def _address(link: str) -> str:
    """What makes two links the same: where they lead."""
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return link
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}{unquote(parts.path).rstrip('/')}?{query}#{unquote(parts.fragment)}"


class _Reader(HTMLParser):
    """Keeps the words; of a link that is not a mention or a tag, its address instead of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.parts.append("\n")
        if tag == "a":
            said = {name: value or "" for name, value in attrs}
            marks = {*said.get("class", "").split(), *said.get("rel", "").split()}
            href = said.get("href", "")
            if not marks & {"mention", "hashtag", "tag"} and href.startswith(("http:", "https:")):
                self.parts.append(href)
                self._in_link = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._in_link = False
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._in_link:
            self.parts.append(data)

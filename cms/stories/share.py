"""Ways to pass a story on: plain links, no script and no picture of anybody else's (P14)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from cms.pages.links import Link


@dataclass(frozen=True, slots=True)
class Share:
    """A story's whole address, a letter with it, and other sites' pages for sharing it."""

    address: str
    letter: str
    networks: tuple[Link, ...]


def share(title: str, address: str) -> Share:
    """Ways to pass on ``address``, which is about ``title``."""
    facebook = urlencode({"u": address})
    linkedin = urlencode({"url": address})
    # Behind the #: Mastodon's page reads it in the browser and asks which server is one's own.
    mastodon = quote(f"{title} {address}", safe="")
    subject, words = quote(title, safe=""), quote(f"{title}\r\n{address}", safe="")
    return Share(
        address=address,
        letter=f"mailto:?subject={subject}&body={words}",
        networks=(
            Link("Facebook", f"https://www.facebook.com/sharer/sharer.php?{facebook}"),
            Link("Mastodon", f"https://share.joinmastodon.org/#text={mastodon}"),
            Link("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{linkedin}"),
        ),
    )

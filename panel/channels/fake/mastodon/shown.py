"""Things as Mastodon shows them: JSON, and a post's words as HTML."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from panel.channels.fake.mastodon.limits import written
from panel.channels.fake.things import Page, Photo, Post

Shown = dict[str, Any]
SHORT = 30
WORDS = re.compile(
    r"(?P<link>https?://[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?<![/\w])@(?P<name>\w+)@(?P<server>[\w.-]*\w)"
    r"|(?<![/\w])#(?P<tag>\w+)"
)


def account(page: Page, base: str) -> Shown:
    """An account; its address is on this server."""
    return {
        "id": page.id,
        "username": page.username,
        "acct": page.username,
        "display_name": page.name,
        "locked": False,
        "bot": False,
        "url": f"{base}/@{page.username}",
        "statuses_count": len(page.posts),
    }


def status(post: Post, page: Page, base: str) -> Shown:
    """A post, by its number alone."""
    number = str(post.number)
    return {
        "id": number,
        "created_at": written(post.created),
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public" if post.published else "private",
        "language": "da",
        "uri": f"{base}/users/{page.username}/statuses/{number}",
        "url": f"{base}/@{page.username}/{number}",
        "content": html(post.message, base),
        "reblog": None,
        "account": account(page, base),
        "media_attachments": [media(photo, base) for photo in post.photos],
        "mentions": [],
        "tags": [],
        "card": None,
        "poll": None,
    }


def media(photo: Photo, base: str, *, is_ready: bool = True) -> Shown:
    """A picture; it has no address before it is ready."""
    return {
        "id": photo.id,
        "type": "image",
        "url": f"{base}/media/{photo.id}.jpg" if is_ready else None,
        "preview_url": f"{base}/media/{photo.id}-small.jpg",
        "remote_url": None,
        "description": photo.alt or None,
    }


def html(text: str, base: str) -> str:
    """Words in paragraphs, with links in three parts of which the middle one is seen."""
    paragraphs = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip())
    return "".join(
        "<p>" + "<br />".join(_line(line, base) for line in paragraph.split("\n")) + "</p>"
        for paragraph in paragraphs
        if paragraph
    )


def _line(line: str, base: str) -> str:
    parts, end = [], 0
    for found in WORDS.finditer(line):
        parts += [escape(line[end : found.start()], quote=False), _marked(found, base)]
        end = found.end()
    return "".join([*parts, escape(line[end:], quote=False)])


def _marked(found: re.Match[str], base: str) -> str:
    if found["name"]:
        there = f"https://{found['server']}/@{found['name']}"
        name = f"@<span>{found['name']}</span>"
        return f'<span class="h-card"><a href="{there}" class="u-url mention">{name}</a></span>'
    if found["tag"]:
        there, tag = f"{base}/tags/{found['tag']}", f"#<span>{found['tag']}</span>"
        return f'<a href="{there}" class="mention hashtag" rel="tag">{tag}</a>'
    return _link(found["link"])


def _link(link: str) -> str:
    start = re.match(r"https?://(www\.)?", link)
    hidden = start[0] if start else ""
    seen, rest = link[len(hidden) :][:SHORT], link[len(hidden) :][SHORT:]
    mark = "ellipsis" if rest else ""
    return (
        f'<a href="{escape(link)}" target="_blank" rel="nofollow noopener noreferrer">'
        f'<span class="invisible">{escape(hidden)}</span><span class="{mark}">{escape(seen)}</span>'
        f'<span class="invisible">{escape(rest)}</span></a>'
    )

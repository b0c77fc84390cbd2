"""The pages as a person would see them: for whoever tries the product without approval."""

from __future__ import annotations

from html import escape

from panel.channels.fake.exchange import Request, Response
from panel.channels.fake.graph.asking import written
from panel.channels.fake.state import Network
from panel.channels.fake.things import Comment, Page, Post

SHOWN = 50


def timeline(network: Network, request: Request) -> Response:
    """All pages, one page, or one post, as plain HTML."""
    page_id, _slash, rest = request.path.strip("/").partition("/")
    page = network.pages.get(page_id) or _known_as(network, page_id)
    if not page_id:
        body = "".join(_page(one) for one in network.pages.values())
    elif page is None:
        body = "<p>There is no such page here.</p>"
    else:
        post = network.find(f"{page.id}_{rest.removeprefix('posts/')}")
        body = _post(post) if isinstance(post, Post) else _page(page)
    title = "A made-up network"
    html = f"<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1>{body}</html>"
    return Response(raw=html.encode(), kind="text/html; charset=UTF-8")


def _known_as(network: Network, name: str) -> Page | None:
    wanted = name.removeprefix("@")
    return next((one for one in network.pages.values() if wanted and one.username == wanted), None)


def _page(page: Page) -> str:
    posts = [post for post in reversed(page.posts) if not post.removed][:SHOWN]
    return f'<h2><a href="/{page.id}">{escape(page.name)}</a></h2>' + "".join(map(_post, posts))


def _post(post: Post) -> str:
    number, message, link = post.number, escape(post.message), escape(post.link)
    when = f'<a href="/{post.page_id}/posts/{number}">{written(post.created)}</a>'
    pictures = "".join(
        f"<p>[{escape(one.alt or one.caption or 'picture')}]</p>" for one in post.photos
    )
    below = "".join(_comment(one) for one in post.comments if not one.removed)
    return (
        f"<article><p>{when}</p><p>{message}</p><p>{link}</p>{pictures}<ul>{below}</ul></article>"
    )


def _comment(comment: Comment) -> str:
    name = escape(comment.author.name) if comment.author else "?"
    hidden = " (hidden)" if comment.hidden else ""
    return f"<li>{name}: {escape(comment.message)}{hidden}</li>"

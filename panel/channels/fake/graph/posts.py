"""Posts and photos: publishing, reading, changing and taking away."""

from __future__ import annotations

from typing import Any

from panel.channels.fake.graph.asking import Call
from panel.channels.fake.graph.errors import Refusal
from panel.channels.fake.graph.paging import listing_of, one_page
from panel.channels.fake.graph.shown import Shown, asked, show
from panel.channels.fake.things import Comment, Page, Photo, Post

LARGEST_PHOTO = 4 * 1024 * 1024
TOO_LARGE, USED = 1366046, 1366051


def publish(call: Call, page: Page) -> Shown:
    """POST /{page}/feed."""
    call.own(page.id)
    if "scheduled_publish_time" in call.request.params:
        raise Refusal(100, "(#100) scheduled_publish_time is not played by this network")
    message, link, photos = call.text("message"), call.text("link"), _attached(call, page)
    if not (message or link or photos):
        raise Refusal(100, "(#100) Missing message or attachment")
    post = call.network.publish(
        page, message, link=link, photos=photos, published=call.flag("published", True)
    )
    return {"id": post.id}


def _attached(call: Call, page: Page) -> list[Photo]:
    """The photos a post names, each uploaded here before and in no other post."""
    return [_attachable(call, page, said) for said in _named(call)]


def _named(call: Call) -> list[str]:
    whole = call.data("attached_media")
    if not isinstance(whole, list):
        names = [name for name in call.request.params if name.startswith("attached_media[")]
        whole = [call.data(name) for name in sorted(names, key=lambda name: (len(name), name))]
    return [str(one.get("media_fbid", "")) if isinstance(one, dict) else "" for one in whole]


def _attachable(call: Call, page: Page, id: str) -> Photo:
    photo = call.network.find(id)
    if not isinstance(photo, Photo) or photo.page_id != page.id:
        raise Refusal(100, f"(#100) Photo {id} does not exist")
    if photo.post_id:
        raise Refusal(100, subcode=USED)
    return photo


def upload(call: Call, page: Page) -> Shown:
    """POST /{page}/photos: a picture, and with it a post unless ``published`` is false."""
    call.own(page.id)
    data, url = call.request.files.get("source", b""), call.text("url")
    if not data and not url:
        raise Refusal(324)
    if len(data) > LARGEST_PHOTO:
        raise Refusal(100, subcode=TOO_LARGE)
    caption = call.text("caption") or call.text("message")
    photo = call.network.upload(
        page, data, caption=caption, alt=call.text("alt_text_custom"), url=url
    )
    if not call.flag("published", True):
        return {"id": photo.id}
    post = call.network.publish(page, caption, photos=[photo])
    return {"id": photo.id, "post_id": post.id}


def feed(call: Call, page: Page) -> Shown:
    """GET /{page}/feed: everything on the page, the newest first."""
    return _list(call, page, "feed", _since(call, page))


def published(call: Call, page: Page) -> Shown:
    """GET /{page}/published_posts: what the page itself has put out."""
    posts = [post for post in _since(call, page) if post.published and not post.visitor]
    return _list(call, page, "published_posts", posts)


def visitors(call: Call, page: Page) -> Shown:
    """GET /{page}/visitor_posts: what others wrote on the page."""
    posts = [post for post in _since(call, page) if post.visitor]
    return _list(call, page, "visitor_posts", posts)


def _since(call: Call, page: Page) -> list[Post]:
    """By the time of the post, as the real one has it: not by that of its comments."""
    since, until = call.moment("since"), call.moment("until")
    return [
        post
        for post in page.posts
        if not post.removed
        and (since is None or post.created >= since)
        and (until is None or post.created <= until)
    ]


def _list(call: Call, page: Page, edge: str, posts: list[Post]) -> Shown:
    fields = asked(call)
    listing = listing_of(call, f"{page.id}/{edge}", newest_first=True)
    return one_page(call, posts, listing, lambda post: show(call, post, fields))


def read(call: Call, thing: Any) -> Shown:
    """GET /{anything}."""
    return show(call, thing, asked(call))


def change(call: Call, post: Post) -> Shown:
    """POST /{post}: other words, hidden or not; only what the app has made."""
    call.own(post.page_id)
    if not post.by_app:
        raise Refusal(200, "(#200) The post wasn't created by the application")
    params = call.request.params
    if not params.keys() & {"message", "is_hidden"}:
        raise Refusal(100, "(#100) Nothing to change")
    if "message" in params:
        call.network.edit(post, call.text("message"))
    if "is_hidden" in params:
        call.network.hide(post, call.flag("is_hidden", False))
    return {"success": True}


def delete(call: Call, thing: Post | Photo | Comment) -> Shown:
    """DELETE /{post|photo|comment}."""
    call.own(thing.page_id)
    call.network.remove(thing)
    return {"success": True}

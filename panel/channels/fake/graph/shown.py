"""What a page, post, photo or comment looks like to who asks, field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from panel.channels.fake.graph.asking import PAGE_KEY, Call, written
from panel.channels.fake.graph.errors import Refusal
from panel.channels.fake.graph.fields import Field, parse
from panel.channels.fake.graph.paging import Listing, one_page
from panel.channels.fake.things import Comment, Page, Person, Photo, Post

REPLY_TIME = 7 * 86400
Shown = dict[str, Any]
Show = Callable[[Call, Any, Field], Any]
USUAL_FIELDS = {
    Page: "name,id",
    Person: "name,id",
    Post: "created_time,message,id",
    Photo: "created_time,name,id",
    Comment: "created_time,from,message,id",
}


def show(call: Call, thing: Any, wanted: tuple[Field, ...] = ()) -> Shown:
    """The fields that were asked for, or the usual ones; those without a value are left out.

    Raises ``Refusal`` where a field does not exist.
    """
    kind = type(thing)
    table = FIELDS[kind]
    shown: Shown = {}
    for field in wanted or parse(USUAL_FIELDS[kind]):
        read = table.get(field.name)
        if read is None:
            name = f"(#100) Tried accessing nonexisting field ({field.name}) on node type"
            raise Refusal(100, f"{name} ({kind.__name__})")
        value = read(call, thing, field)
        if value is not None:
            shown[field.name] = value
    shown["id"] = thing.id
    return shown


def asked(call: Call) -> tuple[Field, ...]:
    """The fields that a call names."""
    return parse(call.text("fields"))


# --- Who wrote it ---------------------------------------------------------------------------------


def _person(call: Call, person: Person | None, field: Field) -> Shown | None:
    """Who wrote; not for a key that is not the page's, and not where the network withholds it."""
    if person is None:
        return None
    is_page = person.id in call.network.pages
    if not is_page and (call.network.settings.without_from or call.token.kind != PAGE_KEY):
        return None
    return _part({"name": person.name, "id": person.id}, field)


def _post_from(call: Call, post: Post, field: Field) -> Shown | None:
    return _person(call, post.visitor or call.network.pages[post.page_id].as_person, field)


def _comment_from(call: Call, comment: Comment, field: Field) -> Shown | None:
    return _person(call, comment.author, field)


def _part(whole: Shown, field: Field) -> Shown:
    """Of something small, what was asked for."""
    names = {one.name for one in field.inside} | {"id"}
    return {name: whole[name] for name in whole if name in names} if field.inside else whole


# --- Posts ----------------------------------------------------------------------------------------


def _attachments(call: Call, post: Post, field: Field) -> Shown | None:
    """Pictures and the link, as far as own posts can be known again by them."""
    photos = [_photo_attachment(call, photo) for photo in post.photos]
    if len(photos) > 1:
        album = {"type": "album", "media_type": "album", "url": permalink(call, post)}
        return {"data": [{**album, "subattachments": {"data": photos}}]}
    if photos:
        return {"data": photos}
    if not post.link:
        return None
    link = {"type": "share", "media_type": "link", "title": post.link, "url": post.link}
    return {"data": [{**link, "unshimmed_url": post.link}]}


def _photo_attachment(call: Call, photo: Photo) -> Shown:
    url = f"{call.request.base}/{photo.page_id}/photos/{photo.id}"
    picture = {"image": {"src": f"{url}.jpg", "width": 1, "height": 1}}
    return {
        "type": "photo",
        "media_type": "photo",
        "description": photo.caption,
        "media": picture,
        "target": {"id": photo.id, "url": url},
        "url": url,
    }


def permalink(call: Call, post: Post) -> str:
    """Where a person reads it. It leads to us: on the real site it would be somebody else's."""
    return f"{call.request.base}/{post.page_id}/posts/{post.number}"


def _comments_of(call: Call, thing: Post | Comment, field: Field) -> Shown:
    """The comments inside another answer, with a ``paging`` of their own."""
    return comment_page(
        call,
        thing,
        Listing(
            path=f"{thing.id}/comments",
            limit=field.arg("limit"),
            newest_first=field.arg("order").startswith("reverse"),
            params=_onward(field),
        ),
        fields=field.inside,
        everything=field.arg("filter") == "stream",
        summary=bool(field.arg("summary")),
    )


def _onward(field: Field) -> dict[str, str]:
    """What a nested list's ``next`` has to say again."""
    params = {name: said for name, said in field.args if name in {"filter", "order", "summary"}}
    if field.inside:
        params["fields"] = ",".join(source(one) for one in field.inside)
    return params


def source(field: Field) -> str:
    """A field as it was written."""
    args = "".join(f".{name}({said})" for name, said in field.args)
    inside = ",".join(source(one) for one in field.inside)
    return f"{field.name}{args}" + (f"{{{inside}}}" if inside else "")


def comment_page(
    call: Call,
    thing: Post | Comment,
    wanted: Listing,
    *,
    fields: tuple[Field, ...],
    everything: bool = False,
    summary: bool = False,
) -> Shown:
    """Comments below a post or a comment: only those directly below, or answers as well."""
    rows = comments_below(call, thing, everything=everything)
    page = one_page(call, rows, wanted, lambda row: show(call, row, fields))
    if summary:
        page["summary"] = {
            "order": "reverse_chronological" if wanted.newest_first else "chronological",
            "total_count": len(rows),
            "can_comment": True,
        }
    return page


def comments_below(call: Call, thing: Post | Comment, *, everything: bool) -> list[Comment]:
    """Those that are still there, oldest first."""
    post = call.network.things[thing.post_id] if isinstance(thing, Comment) else thing
    comments = post.comments if isinstance(post, Post) else []
    parent = thing.id if isinstance(thing, Comment) else ""
    return [
        one
        for one in comments
        if not one.removed and (one.parent_id == parent or (everything and not parent))
    ]


def _counted(number: int, field: Field) -> Shown:
    """An edge of which only the number is played."""
    shown: Shown = {"data": []}
    if field.arg("summary"):
        shown["summary"] = {"total_count": number}
    return shown


# --- Comments -------------------------------------------------------------------------------------


def _parent(call: Call, comment: Comment, field: Field) -> Shown | None:
    if not comment.parent_id:
        return None
    parent = call.network.things[comment.parent_id]
    return show(call, parent, field.inside)


def can_reply_privately(call: Call, comment: Comment) -> bool:
    """A citizen's comment, not answered so yet, and not too old."""
    own = comment.author is not None and comment.author.id in call.network.pages
    recent = call.network.now() - comment.created < REPLY_TIME
    return recent and not own and not comment.replied_privately


def _is_own(call: Call, comment: Comment) -> bool:
    return comment.author is not None and comment.author.id == comment.page_id


def _comment_link(call: Call, comment: Comment, field: Field) -> str:
    post, number = comment.id.split("_")
    return f"{call.request.base}/{comment.page_id}/posts/{post}?comment_id={number}"


# --- The tables -----------------------------------------------------------------------------------

FIELDS: dict[type, dict[str, Show]] = {
    Page: {
        "id": lambda call, page, field: page.id,
        "name": lambda call, page, field: page.name,
        "link": lambda call, page, field: f"{call.request.base}/{page.id}",
    },
    Person: {
        "id": lambda call, person, field: person.id,
        "name": lambda call, person, field: person.name,
    },
    Post: {
        "id": lambda call, post, field: post.id,
        "message": lambda call, post, field: post.message or None,
        "created_time": lambda call, post, field: written(post.created),
        "updated_time": lambda call, post, field: written(post.updated),
        "permalink_url": lambda call, post, field: permalink(call, post),
        "from": _post_from,
        "is_published": lambda call, post, field: post.published,
        "is_hidden": lambda call, post, field: post.hidden,
        "attachments": _attachments,
        "comments": _comments_of,
        "reactions": lambda call, post, field: _counted(post.reactions, field),
        "likes": lambda call, post, field: _counted(post.reactions, field),
        "shares": lambda call, post, field: {"count": post.shares} if post.shares else None,
    },
    Photo: {
        "id": lambda call, photo, field: photo.id,
        "name": lambda call, photo, field: photo.caption or None,
        "alt_text": lambda call, photo, field: photo.alt or None,
        "alt_text_custom": lambda call, photo, field: photo.alt or None,
        "created_time": lambda call, photo, field: written(photo.created),
        "page_story_id": lambda call, photo, field: photo.post_id or None,
        "link": lambda call, photo, field: _photo_attachment(call, photo)["url"],
    },
    Comment: {
        "id": lambda call, comment, field: comment.id,
        "from": _comment_from,
        "message": lambda call, comment, field: comment.message,
        "created_time": lambda call, comment, field: written(comment.created),
        "parent": _parent,
        "object": lambda call, comment, field: {"id": comment.post_id},
        "is_hidden": lambda call, comment, field: comment.hidden,
        "can_hide": lambda call, comment, field: not _is_own(call, comment),
        "can_remove": lambda call, comment, field: True,
        "can_comment": lambda call, comment, field: True,
        "can_reply_privately": lambda call, comment, field: can_reply_privately(call, comment),
        "comment_count": lambda call, comment, field: len(
            comments_below(call, comment, everything=False)
        ),
        "comments": _comments_of,
        "like_count": lambda call, comment, field: comment.likes,
        "message_tags": lambda call, comment, field: None,
        "attachment": lambda call, comment, field: None,
        "permalink_url": _comment_link,
    },
}

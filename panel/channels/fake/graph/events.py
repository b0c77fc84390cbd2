"""What a webhook says about something that happened: the ``value`` of a change of the feed."""

from __future__ import annotations

from typing import Any

from panel.channels.fake.graph.asking import written
from panel.channels.fake.state import Network
from panel.channels.fake.things import Comment, Person, Photo, Post, Thing

Value = dict[str, Any]


def value_of(network: Network, verb: str, thing: Thing) -> Value | None:
    """The value, or nothing for what no event is sent about."""
    if isinstance(thing, Comment):
        return _comment(network, verb, thing)
    if isinstance(thing, Post):
        return _post(network, verb, thing)
    if isinstance(thing, Photo):
        return {"item": "photo", "verb": verb, "photo_id": thing.id, "post_id": thing.post_id}
    return None


def _from(network: Network, person: Person | None) -> Value:
    if person is None:
        return {}
    if network.settings.without_from and person.id not in network.pages:
        return {}
    return {"from": {"id": person.id, "name": person.name}}


def _comment(network: Network, verb: str, comment: Comment) -> Value:
    value = {
        **_from(network, comment.author),
        "item": "comment",
        "verb": verb,
        "comment_id": comment.id,
        "post_id": comment.post_id,
        "parent_id": comment.parent_id or comment.post_id,
    }
    if verb == "remove":
        return value
    post = network.things[comment.post_id]
    value["created_time"] = comment.created
    if verb in {"add", "edited"}:
        value["message"] = comment.message
    if isinstance(post, Post):
        value["post"] = _under(post)
    return value


def _under(post: Post) -> Value:
    return {
        "id": post.id,
        "is_published": post.published,
        "updated_time": written(post.updated),
        "status_type": "added_photos" if post.photos else "mobile_status_update",
        "promotion_status": "inactive",
    }


def _post(network: Network, verb: str, post: Post) -> Value:
    page = network.pages[post.page_id]
    value = {
        **_from(network, post.visitor or page.as_person),
        "item": _item(post),
        "verb": verb,
        "post_id": post.id,
    }
    if verb == "remove":
        return value
    value["created_time"] = post.created
    value["published"] = int(post.published)
    if post.message:
        value["message"] = post.message
    if post.link:
        value["link"] = post.link
    if len(post.photos) == 1:
        value["photo_id"] = post.photos[0].id
    return value


def _item(post: Post) -> str:
    if len(post.photos) == 1:
        return "photo"
    return "share" if post.link else "status"

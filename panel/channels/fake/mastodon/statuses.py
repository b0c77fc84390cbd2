"""Posts and pictures: putting them there, reading them, taking them away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from panel.channels.fake.exchange import Response
from panel.channels.fake.mastodon.asking import Call
from panel.channels.fake.mastodon.errors import Refusal
from panel.channels.fake.mastodon.shown import Shown, media, status
from panel.channels.fake.things import Page, Photo, Post

MOST, USUAL = 40, 20
MOST_PICTURES = 4
LARGEST = 16 * 1024 * 1024
LONGEST_DESCRIPTION = 1500
SEEN_BY_ALL = ("", "public", "unlisted")


def publish(call: Call) -> Shown:
    """POST /api/v1/statuses. The same key again is the same post again."""
    page, key = call.account, call.request.headers.get("idempotency-key", "")
    made = call.network.promises.get((page.id, key)) if key else None
    post = call.network.find(made) if made else None
    if not isinstance(post, Post):
        post = _new(call, page)
        if key:
            call.network.promises[page.id, key] = post.id
    return status(post, page, call.request.base)


def _new(call: Call, page: Page) -> Post:
    text, ids = call.text("status"), call.several("media_ids")
    if call.text("scheduled_at"):
        raise Refusal(422, "scheduled_at is not played by this network")
    if not text.strip() and not ids:
        raise Refusal(422, "Validation failed: Text can't be blank")
    most = call.network.settings.max_characters
    if len(re.sub(r"https?://\S+", "x" * 23, text)) > most:
        raise Refusal(422, f"Validation failed: Text character limit of {most} exceeded")
    if len(ids) > MOST_PICTURES:
        raise Refusal(422, "Validation failed: Cannot attach more than 4 files")
    photos = [_attachable(call, page, id) for id in ids]
    is_seen = call.text("visibility") in SEEN_BY_ALL
    return call.network.publish(page, text, photos=photos, published=is_seen)


def _attachable(call: Call, page: Page, id: str) -> Photo:
    photo = call.network.find(id)
    if not isinstance(photo, Photo) or photo.page_id != page.id or photo.post_id:
        raise Refusal(422, "Validation failed: Media attachment is not there, or used already")
    return photo


def read(call: Call) -> Shown:
    """GET /api/v1/statuses/:id."""
    for page in call.network.pages.values():
        for post in page.posts:
            if str(post.number) == call.id and not post.removed:
                return status(post, page, call.request.base)
    raise Refusal(404)


def listed(call: Call) -> Response:
    """GET /api/v1/accounts/:id/statuses: the newest first, and the way on in a header."""
    page = call.network.pages.get(call.id)
    if page is None:
        raise Refusal(404)
    settings, before = call.network.settings, call.text("max_id")
    if call.text("gap"):
        return Response([], headers=_way_on(call, {"max_id": before}))
    most = min(_number(call.text("limit")) or USUAL, MOST, settings.page_size or MOST)
    theirs = [post for post in page.posts if not post.removed and post.visitor is None]
    rest = sorted(
        (post for post in theirs if not before or post.number < _number(before)),
        key=lambda post: -post.number,
    )
    rows = [status(post, page, call.request.base) for post in rest[:most]]
    if len(rest) <= most:
        return Response(rows)
    following = {"max_id": rows[-1]["id"]} | ({"gap": "1"} if settings.gaps else {})
    return Response(rows, headers=_way_on(call, {} if settings.loop else following))


def _way_on(call: Call, following: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in call.request.params.items() if name != "gap"}
    base = f"{call.request.base}{call.request.path}"
    onwards = f'<{base}?{urlencode(kept | following)}>; rel="next"'
    return {"Link": f'{onwards}, <{base}?min_id=1>; rel="prev"'}


@dataclass(slots=True)
class Uploads:
    """Pictures that are worked on: how often each must still be asked about."""

    left: dict[str, int] = field(default_factory=dict)

    def upload(self, call: Call) -> Response:
        """POST /api/v2/media: 200 where it is ready, 202 where it is not."""
        data, alt = call.request.files.get("file", b""), call.text("description")
        if not data:
            raise Refusal(422, "Validation failed: File can't be blank")
        if len(data) > LARGEST or len(alt) > LONGEST_DESCRIPTION:
            raise Refusal(422, "Validation failed: File or description is too large")
        photo = call.network.upload(call.account, data, caption="", alt=alt)
        self.left[photo.id] = call.network.settings.media_polls
        is_ready = not self.left[photo.id]
        shown = media(photo, call.request.base, is_ready=is_ready)
        return Response(shown, 200 if is_ready else 202)

    def read(self, call: Call) -> Response:
        """GET /api/v1/media/:id: 206 until it is ready."""
        photo = _own(call)
        self.left[photo.id] = max(0, self.left.get(photo.id, 0) - 1)
        is_ready = not self.left[photo.id]
        shown = media(photo, call.request.base, is_ready=is_ready)
        return Response(shown, 200 if is_ready else 206)

    def delete(self, call: Call) -> Any:
        """DELETE /api/v1/media/:id: only while no post shows it."""
        photo = _own(call)
        if photo.post_id:
            raise Refusal(422, "Media attachment is currently used by a status")
        call.network.remove(photo, silently=True)
        return {}


def _own(call: Call) -> Photo:
    photo = call.network.find(call.id)
    if not isinstance(photo, Photo) or photo.page_id != call.account.id:
        raise Refusal(404)
    return photo


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0

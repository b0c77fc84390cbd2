"""What is prepared and then published. Pictures are really fetched from where the app says."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from PIL import Image

from panel.channels.fake.graph.asking import Call
from panel.channels.fake.graph.errors import Refusal
from panel.channels.fake.state import Network
from panel.channels.fake.things import Page

DAY: Final = 86400
SECONDS: Final = 5.0
LARGEST: Final = 8 * 1024 * 1024
CHARACTERS, TAGS, LEAST, MOST = 2200, 30, 2, 10
TALLEST, WIDEST = 0.79, 1.92


@dataclass(slots=True, eq=False)
class Container:
    """Something prepared; ``left`` is how often it must still be asked about."""

    id: str
    page_id: str
    caption: str
    made: int
    left: int
    alt: str = ""
    picture: bytes = b""
    is_item: bool = False
    children: list[Container] = field(default_factory=list)
    published: bool = False

    def status(self, network: Network) -> str:
        """How far it is."""
        if self.published:
            return "PUBLISHED"
        if network.settings.container_status:
            return network.settings.container_status
        if network.now() - self.made > DAY:
            return "EXPIRED"
        return "IN_PROGRESS" if self.left > 0 else "FINISHED"


class Containers:
    """All of them, by id."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.made: dict[str, Container] = {}
        # Made beforehand: both take longer than an answer may.
        self._line = httpx.Client(timeout=SECONDS, trust_env=False)
        Image.preinit()

    def make(self, call: Call, account: Page) -> Any:
        """POST /{account}/media: one picture, one for an album, or an album."""
        caption = call.text("caption")
        if len(caption) > CHARACTERS:
            raise Refusal(36004, "The caption was too long", subcode=2207010)
        if len(re.findall(r"#\w", caption)) > TAGS:
            raise Refusal(100, "(#100) Too many hashtags")
        container = Container(
            str(next(self.network.numbers)),
            account.id,
            caption,
            made=self.network.now(),
            left=self.network.settings.media_polls,
            alt=call.text("alt_text"),
            is_item=call.flag("is_carousel_item", False),
        )
        if call.text("media_type") == "CAROUSEL":
            container.children = self._children(call, account)
        else:
            container.picture = self._fetched(call.text("image_url"))
        self.made[container.id] = container
        return {"id": container.id}

    def _fetched(self, address: str) -> bytes:
        """The picture that stands there. Raises ``Refusal`` where none does that may be posted."""
        if not address:
            raise Refusal(100, "(#100) The parameter image_url is required")
        try:
            answer = self._line.get(address)
        except (httpx.HTTPError, httpx.InvalidURL):
            raise Refusal(9004, "Only photo or video can be accepted", subcode=2207052) from None
        if answer.status_code != 200 or answer.headers.get("content-type") != "image/jpeg":
            raise Refusal(9004, "Only photo or video can be accepted", subcode=2207052)
        if len(answer.content) > LARGEST:
            raise Refusal(36000, "The image size is too large", subcode=2207004)
        _check_shape(answer.content)
        return answer.content

    def _children(self, call: Call, account: Page) -> list[Container]:
        wanted = [self.made.get(id) for id in call.text("children").split(",")]
        items = [one for one in wanted if one and one.is_item and one.page_id == account.id]
        if len(items) != len(wanted) or not LEAST <= len(items) <= MOST:
            raise Refusal(100, "(#100) A carousel has two to ten items", subcode=2207028)
        if any(one.status(self.network) != "FINISHED" for one in items):
            raise Refusal(9007, "Media ID is not available", subcode=2207027)
        return items

    def status(self, call: Call, container: Container) -> Any:
        """GET /{container}."""
        container.left -= 1
        status = container.status(self.network)
        words = {"ERROR": "Error: Media upload has failed with error code 2207005"}
        return {"id": container.id, "status_code": status, "status": words.get(status, status)}

    def publish(self, call: Call, account: Page) -> Any:
        """POST /{account}/media_publish: now it stands there."""
        container = self.made.get(call.text("creation_id"))
        if container is None or container.page_id != account.id or container.is_item:
            raise Refusal(24, "The requested resource does not exist", subcode=2207006)
        if container.status(self.network) != "FINISHED":
            raise Refusal(9007, "Media ID is not available", subcode=2207027)
        if self._used(account) >= self.network.settings.posts_a_day:
            raise Refusal(9, "Application request limit reached", subcode=2207042)
        container.published = True
        shown = container.children or [container]
        photos = [
            self.network.upload(account, one.picture, caption="", alt=one.alt) for one in shown
        ]
        post = self.network.publish(account, container.caption, photos=photos)
        return {"id": str(post.number)}

    def limit(self, call: Call, account: Page) -> Any:
        """GET /{account}/content_publishing_limit."""
        config = {"quota_total": self.network.settings.posts_a_day, "quota_duration": DAY}
        return {"data": [{"quota_usage": self._used(account), "config": config}]}

    def _used(self, account: Page) -> int:
        since = self.network.now() - DAY
        return sum(post.by_app and post.created > since for post in account.posts)


def _check_shape(data: bytes) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            width, height = image.size
    except (OSError, ValueError, SyntaxError):
        raise Refusal(36001, "The image format is not supported", subcode=2207005) from None
    if not TALLEST <= width / height <= WIDEST:
        raise Refusal(36003, "The aspect ratio is not supported", subcode=2207009)

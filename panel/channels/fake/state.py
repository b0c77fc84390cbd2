"""What the network remembers, and what can happen in it.

Held in memory and touched by one thread only, the server's: two requests never get one id.
"""

from __future__ import annotations

import hashlib
import itertools
import time
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field

from panel.channels.fake.things import Comment, Page, Person, Photo, Post, Thing, Token

SCOPES = (
    *("pages_show_list", "pages_read_engagement", "pages_read_user_content"),
    *("pages_manage_posts", "pages_manage_engagement", "pages_manage_metadata"),
    *("pages_messaging", "read_insights", "business_management"),
    *("instagram_basic", "instagram_content_publish", "instagram_manage_comments"),
)
DATA_ACCESS = 90 * 86400


@dataclass(slots=True)
class Settings:
    """How it behaves throughout, unlike a fault, which hits single requests."""

    page_size: int = 0  # at most so many rows a page, whatever is asked for
    gaps: bool = False  # an empty page between any two
    loop: bool = False  # `next` leads to the page it stands on
    without_from: bool = False  # citizens' names and ids are left out
    require_proof: bool = False  # calls without appsecret_proof are refused
    deny_sign_in: bool = False  # whoever is asked to connect the app says no
    batch_null: tuple[int, ...] = ()  # these places of a batch time out
    usage: int = 1  # per cent of the limits used, as the headers say, where there is no quota
    quota: int = 0  # calls a page may use per window; 0: no end
    quota_minutes: int = 60  # how long a window is
    media_polls: int = 0  # so often a picture is asked about before it is ready
    max_characters: int = 500  # what a post may hold
    container_status: str = ""  # what Instagram says of what it prepares, whatever it is
    posts_a_day: int = 50  # what an Instagram account may post in 24 hours


@dataclass(slots=True)
class App:
    """The one app that is connected."""

    id: str = "1000001"
    secret: str = "fake-app-secret"  # noqa: S105 - it opens nothing
    name: str = "Medspil"


Happened = Callable[[str, Thing], None]


def nobody_listens(verb: str, thing: Thing) -> None:
    """Where no events are sent."""


@dataclass(slots=True)
class Network:
    """Everything there is. ``tell`` hears a verb and a thing whenever something happens."""

    app: App = field(default_factory=App)
    settings: Settings = field(default_factory=Settings)
    tell: Happened = nobody_listens
    offset: float = 0.0
    pages: dict[str, Page] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    promises: dict[tuple[str, str], str] = field(default_factory=dict)  # what a key has made
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(100_000_000_001))

    def reset(self) -> None:
        """Forget everything but the app; ids go on, so that an old one is never met again."""
        self.settings = Settings()
        self.offset = 0.0
        for kept in (self.pages, self.things, self.tokens, self.codes, self.promises):
            kept.clear()

    def now(self) -> int:
        """The network's own clock, which may be wrong."""
        return int(time.time() + self.offset)

    def find(self, id: str) -> Thing | None:
        """A thing that is still there."""
        thing = self.things.get(id)
        if thing is None or (not isinstance(thing, Page) and thing.removed):
            return None
        return thing

    # --- Pages and keys ---------------------------------------------------------------------------

    def add_page(
        self,
        id: str,
        name: str,
        subscribed: list[str],
        username: str = "",
        *,
        is_instagram: bool = False,
    ) -> Page:
        """A new page, or the same one under a new name."""
        page = self.pages.get(id) or Page(id, name)
        page.name, page.subscribed, page.username = name, subscribed, username
        page.is_instagram = is_instagram
        self.pages[id] = self.things[id] = page
        return page

    def add_token(
        self,
        value: str,
        *,
        kind: str,
        owner: Person,
        scopes: tuple[str, ...] = SCOPES,
        expires: int = 0,
    ) -> Token:
        """A key that works from now on; one that was revoked works again."""
        now = self.now()
        token = Token(value, kind, owner, scopes, now, expires, now + DATA_ACCESS)
        self.tokens[value] = token
        return token

    # --- What a page or a person does -------------------------------------------------------------

    def publish(
        self,
        page: Page,
        message: str,
        *,
        link: str = "",
        photos: list[Photo] | None = None,
        published: bool = True,
        by_app: bool = True,
        visitor: Person | None = None,
        at: int = 0,
    ) -> Post:
        """A post stands on the page."""
        number, created = next(self.numbers), at or self.now()
        post = Post(f"{page.id}_{number}", number, page.id, message, created, created, link)
        post.published, post.by_app, post.visitor = published, by_app, visitor
        post.photos = photos or []
        for photo in post.photos:
            photo.post_id = post.id
        insort(page.posts, post, key=in_time)
        self.things[post.id] = post
        if published:
            self.tell("add", post)
        return post

    def upload(self, page: Page, data: bytes, *, caption: str, alt: str, url: str = "") -> Photo:
        """A picture lies with the page, in no post yet."""
        number, seal = next(self.numbers), hashlib.sha256(data).hexdigest()
        photo = Photo(str(number), number, page.id, caption, alt, self.now(), len(data), seal, url)
        self.things[photo.id] = photo
        return photo

    def comment(
        self,
        target: Post | Comment,
        message: str,
        *,
        author: Person | None,
        at: int = 0,
        likes: int = 0,
    ) -> Comment:
        """A comment, or an answer; an answer to an answer hangs on the comment above both."""
        post = target if isinstance(target, Post) else self.things[target.post_id]
        assert isinstance(post, Post)  # noqa: S101 - comments hang on posts only
        parent = "" if isinstance(target, Post) else target.parent_id or target.id
        number = next(self.numbers)
        id = f"{post.number}_{number}"
        comment = Comment(id, number, post.page_id, post.id, parent, message, at or self.now())
        comment.author, comment.likes = author, likes
        insort(post.comments, comment, key=in_time)
        self.things[id] = comment
        self.tell("add", comment)
        return comment

    def edit(self, thing: Post | Comment, message: str) -> None:
        """Other words; the time of writing stays."""
        thing.message = message
        if isinstance(thing, Post):
            thing.updated = self.now()
        self.tell("edited", thing)

    def hide(self, thing: Post | Comment, hidden: bool) -> None:
        """Only its writer and their friends see it; or everybody does again."""
        if thing.hidden != hidden:
            thing.hidden = hidden
            self.tell("hide" if hidden else "unhide", thing)

    def remove(self, thing: Post | Photo | Comment, *, silently: bool = False) -> None:
        """Gone, and with a post all that hangs on it. Silently: nobody is told."""
        thing.removed = True
        below = self._below(thing)
        for one in below:
            one.removed = True
        if not silently:
            self.tell("remove", thing)

    def _below(self, thing: Post | Photo | Comment) -> list[Comment | Photo]:
        if isinstance(thing, Post):
            return [*thing.comments, *thing.photos]
        if isinstance(thing, Comment) and not thing.parent_id:
            post = self.things[thing.post_id]
            comments = post.comments if isinstance(post, Post) else []
            return [one for one in comments if one.parent_id == thing.id]
        return []


def in_time(thing: Post | Comment) -> tuple[int, int]:
    """The order things are listed in: by time, and within a second by number."""
    return thing.created, thing.number

"""What a network holds: pages, posts, photos, comments, people, and the keys to them.

Times are seconds since 1970. What is removed stays here, marked: doubles are counted afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes: a citizen, or a page in its own name."""

    id: str
    name: str = ""


@dataclass(slots=True, eq=False)
class Comment:
    """What was written under a post. Without an author, the network does not say who."""

    id: str
    number: int
    page_id: str
    post_id: str
    parent_id: str
    message: str
    created: int
    author: Person | None = None
    likes: int = 0
    hidden: bool = False
    removed: bool = False
    replied_privately: bool = False


@dataclass(slots=True, eq=False)
class Photo:
    """A picture that was uploaded; in a post, or waiting for one while ``post_id`` is empty."""

    id: str
    number: int
    page_id: str
    caption: str
    alt: str
    created: int
    size: int
    sha256: str
    url: str = ""
    post_id: str = ""
    removed: bool = False


@dataclass(slots=True, eq=False)
class Post:
    """What stands on a page. ``by_app``: made through the interface, not by hand."""

    id: str
    number: int
    page_id: str
    message: str
    created: int
    updated: int
    link: str = ""
    published: bool = True
    by_app: bool = True
    visitor: Person | None = None
    photos: list[Photo] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    reactions: int = 0
    shares: int = 0
    hidden: bool = False
    removed: bool = False


@dataclass(slots=True, eq=False)
class Page:
    """A page, its posts by time, and which of its events the app has subscribed to. ``username`` is
    for networks that know people by one; an Instagram account is a page of its own.
    """

    id: str
    name: str
    username: str = ""
    is_instagram: bool = False
    posts: list[Post] = field(default_factory=list)
    subscribed: list[str] = field(default_factory=list)
    messages: list[dict[str, str]] = field(default_factory=list)

    @property
    def as_person(self) -> Person:
        """The page as the author of what it writes."""
        return Person(self.id, self.name)


@dataclass(slots=True, eq=False)
class Token:
    """A key. ``trouble`` is the sub-code it is refused with; ``scopes`` what it is good for."""

    value: str
    kind: str
    owner: Person
    scopes: tuple[str, ...]
    issued: int
    expires: int = 0
    data_access_expires: int = 0
    trouble: int = 0


Thing = Page | Post | Photo | Comment

"""What the network tells whoever runs it, typed: posts, comments, requests, deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class PostedPhoto:
    """A picture in a post, known by its seal."""

    id: str
    alt: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that stands, or stood, on a page."""

    id: str
    page_id: str
    message: str
    link: str
    created: int
    published: bool
    by_app: bool
    hidden: bool
    removed: bool
    photos: tuple[PostedPhoto, ...]


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A picture the network has; in no post while ``post_id`` is empty."""

    id: str
    page_id: str
    caption: str
    alt: str
    size: int
    sha256: str
    url: str
    post_id: str
    removed: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A comment or an answer."""

    id: str
    page_id: str
    post_id: str
    parent_id: str
    message: str
    created: int
    author: Mapping[str, str] | None
    hidden: bool
    removed: bool
    replied_privately: bool


@dataclass(frozen=True, slots=True)
class Request:
    """One request: which fault hit it, whether the act was done, and what came of it."""

    number: int
    at: float
    method: str
    path: str
    fault: str
    done: bool
    made: str
    status: int


@dataclass(frozen=True, slots=True)
class Counters:
    """Requests in numbers; of each kind of fault, how many were ``hit`` and ``done``."""

    requests: int
    done: int
    routes: Mapping[str, int]
    faults: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Delivered:
    """One webhook: what was sent, and what each try was answered (0: nothing)."""

    body: str
    signature: str
    answers: tuple[int, ...]


Record = TypeVar("Record", Posted, PostedPhoto, Uploaded, Written, Request, Counters, Delivered)


def record(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """The parts of a row that its kind knows; lists become tuples."""
    names = [one.name for one in fields(kind)]
    return kind(**{name: _frozen(row[name]) for name in names})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def posted(row: Mapping[str, Any]) -> Posted:
    """A post with its photos."""
    photos = tuple(record(PostedPhoto, one) for one in row["photos"])
    return record(Posted, {**row, "photos": photos})

"""The site's pages in Danish and English, as blocks a content system can be filled with.

Read from ``texts/pages/<language>/<key>.md``: facts on top, then ``@part`` lines, each followed by
blocks. In running text ``**words**`` are bold and ``[words](goal)`` is a link, where the goal is
``page:<key>``, ``tel:``, ``mailto:`` or ``address:<name>``, one of the product's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from demo.world.sheets import TEXTS

LANGUAGES = ("da", "en")
PAGE_KEYS = ("home", "stories", "panel", "rules", "about", "contact", "privacy", "accessibility")


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is the first below the page's title."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text with links and bold words."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered or not."""

    items: tuple[str, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class Titled:
    """A question with its answer, or a rule with its meaning."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, without marks."""

    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Pages to go on to: key and words, side by side under a heading."""

    title: str
    cards: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One thing to do: ``goal`` is the key of a page."""

    title: str
    text: str
    button: str
    goal: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Where the panel's numbers stand."""


@dataclass(frozen=True, slots=True)
class Newest:
    """Where the newest stories stand, below a heading."""

    title: str


Block: TypeAlias = Heading | Paragraph | Bullets | Titled | Quote | Cards | Call | Figures | Newest


@dataclass(frozen=True, slots=True)
class PageText:
    """One page in one language. ``facts`` are what only some have: welcome, button, picture."""

    key: str
    language: str
    title: str
    slug: str
    lead: str
    description: str
    facts: dict[str, str]
    parts: dict[str, tuple[Block, ...]]


def page(key: str, language: str) -> PageText:
    """The page of that key and language ("da", "en")."""
    source = TEXTS.joinpath("pages", language, f"{key}.md").read_text(encoding="utf-8")
    return parsed(source, key, language)


def parsed(source: str, key: str, language: str) -> PageText:
    """A page as it is written; its key is its address where it names no other."""
    head, *parts = re.split(r"^@(\w+)\n", source, flags=re.MULTILINE)
    facts = dict(line.split(": ", 1) for line in head.splitlines() if line)
    return PageText(
        key=key,
        language=language,
        title=facts.pop("title"),
        slug=facts.pop("slug", key),
        lead=facts.pop("lead"),
        description=facts.pop("description", ""),
        facts=facts,
        parts={
            name: tuple(_blocks(text)) for name, text in zip(parts[::2], parts[1::2], strict=True)
        },
    )


def pages(language: str) -> tuple[PageText, ...]:
    """All pages of a language, the home page first."""
    return tuple(page(key, language) for key in PAGE_KEYS)


def _blocks(text: str) -> Iterator[Block]:
    lines = [line for line in text.splitlines() if line]
    at = 0
    while at < len(lines):
        start = at
        at += 1
        while at < len(lines) and _goes_on(lines[start], lines[at]):
            at += 1
        yield _block(lines[start:at])


def _goes_on(first: str, line: str) -> bool:
    """Whether a line belongs to the block ``first`` began: a list, or something titled."""
    if first.startswith("? "):
        return not line.startswith("? ")
    return any(mark.match(first) and mark.match(line) for mark in (_BULLET, _NUMBER))


_BULLET = re.compile(r"- ")
_NUMBER = re.compile(r"\d+\. ")


def _block(lines: list[str]) -> Block:
    mark, _, rest = lines[0].partition(" ")
    if mark in ("#", "##"):
        return Heading(rest, len(mark))
    if mark == "-" or _NUMBER.match(lines[0]):
        return Bullets(tuple(line.split(" ", 1)[1] for line in lines), numbered=mark != "-")
    if mark == "?":
        return Titled(rest, " ".join(lines[1:]))
    if lines[0] == "figures":
        return Figures()
    return _fielded(mark, [field.strip() for field in rest.split("|")]) or Paragraph(lines[0])


def _fielded(mark: str, fields: list[str]) -> Block | None:
    """A block written on one line, with | between its parts; None for running text."""
    if mark == ">":
        return Quote(fields[0], fields[1])
    if mark == "stories":
        return Newest(fields[1])
    if mark == "call":
        return Call(*fields[1:])
    if mark == "cards":
        cards = (card.split(": ", 1) for card in fields[2:])
        return Cards(fields[1], tuple((key, words) for key, words in cards))
    return None


_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def html(blocks: tuple[Block, ...], link: Callable[[str], str]) -> str:
    """Paragraphs and lists as HTML, in order.

    ``link`` makes a goal into an anchor's attributes: ``href="..."``.

    Raises ``TypeError`` for blocks that are not running text.
    """
    return "".join(_html(block, link) for block in blocks)


def _html(block: Block, link: Callable[[str], str]) -> str:
    match block:
        case Paragraph(text):
            return f"<p>{inline(text, link)}</p>"
        case Bullets(items, numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{inline(item, link)}</li>' for item in items)}</{tag}>"
    raise TypeError(f"{type(block).__name__} is no running text")


def inline(text: str, link: Callable[[str], str]) -> str:
    """Running text as HTML, everything but its own marks escaped."""
    safe = _BOLD.sub(r"<b>\1</b>", escape(text, quote=False))
    return _LINK.sub(lambda found: f"<a {link(found[2])}>{found[1]}</a>", safe)

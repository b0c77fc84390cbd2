"""Lines for the cast, settled before the year begins: who writes what, when, where, to whom."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from demo.world.cast import AUTHORS, citizen
from demo.world.days import COPENHAGEN
from demo.world.places import MUNICIPALITY
from demo.world.schedule import Board, Post
from panel.channels.incoming import IncomingAuthor, IncomingComment


@dataclass(frozen=True, slots=True)
class Line:
    """One scripted comment; ``parent`` is the line it answers."""

    external_id: str
    post: Post
    at: datetime
    author: IncomingAuthor
    text: str
    parent: Line | None = None
    likes: int = 0

    def incoming(self) -> IncomingComment:
        """As the network hands it over."""
        return IncomingComment(
            external_id=self.external_id,
            text=self.text,
            written_at=self.at,
            post_external_id=self.post.external_id,
            parent_external_id=self.parent.external_id if self.parent else "",
            author=self.author,
            likes=self.likes,
            seen_at=self.at,
        )


class Script:
    """The pages the archetypes are written on.

    ``size`` is 1 from 2,000 comments up and shrinks below.
    """

    FULL_FROM = 2_000

    def __init__(
        self, rng: Random, board: Board, comments: int, citizens: int, until: datetime
    ) -> None:
        self.rng = rng
        self.board = board
        self.size = min(1.0, comments / self.FULL_FROM)
        self.until = until
        self.lines: list[Line] = []
        self._queue: Iterator[int] = iter(_shuffled(rng, citizens))
        self._citizens = citizens
        self._numbers = count()
        self._said: dict[str, set[str]] = {}

    def many(self, full: int, least: int) -> int:
        """``full`` on a page of full size, fewer on a smaller one, never below ``least``."""
        return max(least, round(full * self.size))

    def evening(self, days_ago: float, minute: int = 0) -> datetime:
        """So many days before the end, ``minute`` minutes (up to 390) after four o'clock."""
        here = (self.until - timedelta(days=days_ago)).astimezone(COPENHAGEN)
        four = here.replace(hour=16, minute=0, second=0, microsecond=0)
        return (four + timedelta(minutes=minute)).astimezone(UTC)

    def in_week(self, age: int, spread: int = 2) -> datetime:
        """An evening of the ``age``-th week back, at most ``spread`` days off its middle.

        With a spread of up to 2 no hour of the day shifts it into another week.
        """
        days_ago = 7 * age + 3 + self.rng.randint(-spread, spread)
        return self.evening(days_ago, self.rng.randrange(390))

    def anybody(self, met: Container[str] = ()) -> IncomingAuthor:
        """Somebody whose id is not in ``met``; everybody comes up before anybody does twice."""
        while True:
            number = next(self._queue, None)
            if number is None:
                self._queue = iter(_shuffled(self.rng, self._citizens))
            elif (author := citizen(number)).external_id not in met:
                return author

    def write(self, who: str | IncomingAuthor, at: datetime, post: Post, text: str) -> Line:
        """A top-level comment by a member of the cast (by key) or anybody."""
        return self._add(who, at, post, text, None)

    def answer(self, who: str | IncomingAuthor, line: Line, minutes: int, text: str) -> Line:
        """An answer to ``line``, so many minutes later, two levels deep at most."""
        top = line if line.parent is None or line.parent.parent is None else line.parent
        return self._add(who, line.at + timedelta(minutes=minutes), line.post, text, top)

    def fresh(self, who: str, texts: Sequence[str]) -> str:
        """One of ``texts`` that the member of the cast has not used yet, so that it is no copy."""
        said = self._said.setdefault(who, set())
        unsaid = [text for text in texts if text not in said]
        text = self.rng.choice(unsaid) if unsaid else f"{self.rng.choice(texts)} ({len(said) + 1})"
        said.add(text)
        return text

    def _add(
        self, who: str | IncomingAuthor, at: datetime, post: Post, text: str, parent: Line | None
    ) -> Line:
        author = AUTHORS[who] if isinstance(who, str) else who
        number = 2_000_000_000 + next(self._numbers)
        likes = min(60, int(2 / (self.rng.random() + 0.05)))
        line = Line(
            f"{MUNICIPALITY.page_id}_c{number}", post, at, author, post.fill(text), parent, likes
        )
        self.lines.append(line)
        return line


def _shuffled(rng: Random, citizens: int) -> Sequence[int]:
    """Citizens in no order: all of a small page, a sample of a big one."""
    return rng.sample(range(citizens), min(citizens, 500))

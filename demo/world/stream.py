"""The year as it comes in, in order of time: posts, comments, answers, removals.

No more than a day is in memory, and the threads that are still warm.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from operator import itemgetter
from random import Random
from typing import TypeAlias

from demo.world.archetypes import ARCHETYPES, BREAKS_RULES
from demo.world.cast import AUTHORS, citizen
from demo.world.crowd import NOBODY, Crowd, citizens_beside_cast
from demo.world.days import CITIZENS, Day, year_before
from demo.world.places import MUNICIPALITY
from demo.world.schedule import Board, Post, make_board
from demo.world.script import Line, Script
from demo.world.thread import FADED, FADING, Said, Thread
from demo.world.voice import Spoken
from panel.channels.incoming import IncomingComment, IncomingPost, IncomingRemoval

Incoming: TypeAlias = IncomingPost | IncomingComment | IncomingRemoval

FEWEST_COMMENTS = 200
REPLY_SHARE = 0.32
REMOVED_SHARE = 0.01
OFFICE_HOURS = range(7 * 3_600, 18 * 3_600)


@dataclass(frozen=True, slots=True)
class Year:
    """Everything settled before the first comment.

    ``lines`` are the cast's, ``quotas`` how many other comments each post gets.
    """

    rng: Random
    days: tuple[Day, ...]
    board: Board
    lines: tuple[Line, ...]
    quotas: tuple[int, ...]
    citizens: int


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Ids to point at: posts and comments by key.

    ``hidden`` broke the rules; ``competitions`` are to be marked as such.
    """

    posts: Mapping[str, str]
    competitions: tuple[str, ...]
    hidden: tuple[str, ...]


def make_year(*, comments: int, seed: int, until: datetime) -> Year:
    """The plan of a year that ends at ``until`` (aware).

    Raises ``ValueError`` below 200 comments or for a naive time.
    """
    if comments < FEWEST_COMMENTS:
        raise ValueError(f"A demo year has at least {FEWEST_COMMENTS} comments, not {comments}.")
    if until.tzinfo is None:
        raise ValueError("until must be an aware datetime.")
    rng = Random(f"{seed}/{comments}/{until.timestamp():.6f}")
    days, citizens = year_before(until), citizens_beside_cast(comments)
    board = make_board(rng, days, comments, citizens)
    script = Script(rng, board, comments, citizens, until)
    for write in ARCHETYPES:
        write(script)
    lines = tuple(sorted(script.lines, key=lambda line: line.at))
    return Year(rng, days, board, lines, _quotas(days, board, comments - len(lines)), citizens)


def _quotas(days: Sequence[Day], board: Board, comments: int) -> tuple[int, ...]:
    """``comments`` shared out to the posts; those of the last week get less, not being over."""
    left = (min(len(FADING), len(days) - post.day.number) for post in board.posts)
    shares = [post.share * FADED[count - 1] for post, count in zip(board.posts, left, strict=True)]
    total = sum(shares)
    marks = [round(comments * mark / total) for mark in accumulate(shares)]
    return tuple(mark - before for mark, before in zip(marks, [0, *marks], strict=False))


def landmarks(*, comments: int = 4_000, seed: int = 1, until: datetime) -> Landmarks:
    """The ids that ``generate`` gives to what tests and the tour point at; for equal arguments."""
    year = make_year(comments=comments, seed=seed, until=until)
    posts = {key: post.external_id for key, post in year.board.landmarks.items()}
    breaker = [line for line in year.lines if line.author is AUTHORS["rule-breaker"]]
    return Landmarks(
        posts=posts,
        competitions=tuple(
            post.external_id for post in year.board.posts if post.topic.key == "competition"
        ),
        hidden=tuple(breaker[number].external_id for number in BREAKS_RULES),
    )


def generate(*, comments: int = 4_000, seed: int = 1, until: datetime) -> Iterator[Incoming]:
    """A year of the page before ``until`` with exactly so many comments, in order of time.

    The same for the same arguments. A post comes before its comments, a comment before its answers
    and removal. Raises ``ValueError`` as ``make_year`` does, at once.
    """
    return _Stream(make_year(comments=comments, seed=seed, until=until)).run()


PAGE = NOBODY - 1
OTHERS = {NOBODY: None, PAGE: AUTHORS["municipality"]}
COMMENT_ID = f"{MUNICIPALITY.page_id}_c"
_ORDER = itemgetter(0, 1)


_Beat: TypeAlias = tuple[float, int, Post | Line | Thread | str]


class _Stream:
    """Walks through the days and says everything in turn.

    A beat is a second, what goes first in it, and what it is.
    """

    def __init__(self, year: Year) -> None:
        self.year = year
        self.rng = year.rng
        self.chance = year.rng.random
        self.crowd = Crowd(year.rng, year.citizens, sum(year.quotas))
        self.number = 1_000_000_000
        self.today = 0
        self.removals: dict[int, list[str]] = defaultdict(list)
        self.beats: dict[int, list[_Beat]] = defaultdict(list)
        self.scripted = Counter(line.post.number for line in year.lines)
        midnights = [day.midnight for day in year.days]
        for line in year.lines:
            number = bisect_right(midnights, line.at) - 1
            second = (line.at - midnights[number]).total_seconds()
            self.beats[number].append((second, 1, line))
        self.opening: dict[int, list[Post]] = defaultdict(list)
        for post in year.board.posts:
            self.opening[post.day.number].append(post)

    def run(self) -> Iterator[Incoming]:
        """All of the year."""
        days, threads = self.year.days, list[Thread]()
        for day in days:
            self.today = day.number
            threads = [thread for thread in threads if thread.until > day.number]
            threads += (
                Thread(self.rng, post, self.year.quotas[post.number], len(days))
                for post in self.opening[day.number]
            )
            yield from self._day(day, self._beats(day, threads))

    def _beats(self, day: Day, threads: Sequence[Thread]) -> list[_Beat]:
        """All that happens on the day, in order; posts before what is said in the same second."""
        beats = self.beats.pop(day.number, [])
        beats += ((post.second, 0, post) for post in self.opening.pop(day.number, ()))
        for external_id in self.removals.pop(day.number, ()):
            beats.append((CITIZENS.second(self.chance(), 0, day.end), 3, external_id))
        for thread in threads:
            beats += ((second, 2, thread) for second in thread.seconds(day, self.rng))
        beats.sort(key=_ORDER)
        return beats

    def _day(self, day: Day, beats: Sequence[_Beat]) -> Iterator[Incoming]:
        for second, _order, what in beats:
            if isinstance(what, Thread):
                yield self._comment(day, int(second), what)
            elif isinstance(what, Line):
                yield what.incoming()
            elif isinstance(what, Post):
                scripted = self.scripted[what.number]
                yield what.incoming(self.year.quotas[what.number] + scripted)
            else:
                yield IncomingRemoval(what, day.at(int(second)))

    def _comment(self, day: Day, second: int, thread: Thread) -> IncomingComment:
        """A reply to something recent, or else a new comment."""
        chance, recent, at = self.chance, thread.recent, day.at(second)
        if recent and chance() < REPLY_SHARE:
            said = recent[int(chance() * len(recent))]
            spoken = thread.voice.reply(said.spoken, said.name, second in OFFICE_HOURS)
            speaker = PAGE if spoken.kind == "official" else self.crowd.next()
            if speaker != said.speaker:
                return self._say(at, thread, spoken, speaker, said)
        else:
            speaker = self.crowd.next()
        return self._say(at, thread, thread.voice.comment(), speaker, None)

    def _say(
        self, at: datetime, thread: Thread, spoken: Spoken, speaker: int, to: Said | None
    ) -> IncomingComment:
        chance = self.chance
        self.number += 1
        external_id = f"{COMMENT_ID}{self.number}"
        author = citizen(speaker) if speaker >= 0 else OTHERS[speaker]
        name = author.name if author and speaker >= 0 else ""
        depth = to.depth + 1 if to else 0
        if depth < 2:
            thread.remember(Said(external_id, speaker, name, spoken, depth), chance())
        if chance() < REMOVED_SHARE and speaker != PAGE:
            self.removals[self.today + 1 + int(chance() * 2)].append(external_id)
        return IncomingComment(
            external_id=external_id,
            text=spoken.text,
            written_at=at,
            post_external_id=thread.external_id,
            parent_external_id=to.external_id if to else "",
            author=author,
            likes=int(thread.post.topic.heat * 0.7 / (chance() + 0.03)),
            seen_at=at,
        )

"""A small town in plain Python: what was written, the slow way to measure it, and the way into the
database.

``measured`` is written straight from the definition, over raw comments, knowing nothing of
counters, boxes or bounds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from panel.accounts.models import User
from panel.channels.models import Channel
from panel.conversations.intake import counting
from panel.conversations.models import Comment, Commenter, Department, Post

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """One comment. ``text`` is a number: the same number is the same words; 0 is no text at all."""

    author: int | None
    post: int
    at: datetime
    text: int
    parent: int | None = None
    is_bare: bool = False
    is_removed: bool = False
    hidden_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """Comments in the order of their ids; who is a page; each post's department and whether it is a
    competition.
    """

    comments: tuple[Said, ...]
    pages: frozenset[int] = frozenset()
    departments: tuple[int | None, ...] = ()
    competitions: frozenset[int] = frozenset()
    names: dict[int, str] = field(default_factory=dict)

    def counted(self, index: int) -> bool:
        """Whether the comment at ``index`` counts as taking part."""
        said = self.comments[index]
        if said.author is None or said.author in self.pages or said.is_removed or said.hidden_at:
            return False
        if said.is_bare or not said.text or said.post in self.competitions:
            return False
        return not any(
            other.author == said.author
            and other.text == said.text
            and not other.is_removed
            and (other.at, place) < (said.at, index)
            for place, other in enumerate(self.comments)
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be said of one person: how much, in which weeks, how many weeks per topic, with how
    many others.
    """

    comments: int
    weeks: frozenset[int]
    topics: tuple[int, ...]
    answered_by: int
    answered: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Slow:
    """What the definition makes of it."""

    score: float
    regularity: float
    breadth: float
    dialogue: float
    answering: float


def seen(town: Town, at: datetime, days: int) -> dict[int, Seen]:
    """Everybody with a counted comment in the window, by author."""
    since = at - timedelta(days=days)
    counted = {index for index in range(len(town.comments)) if town.counted(index)}
    found = {}
    for author in {said.author for said in town.comments if said.author is not None}:
        own = {
            index
            for index in counted
            if town.comments[index].author == author and since < town.comments[index].at <= at
        }
        if own:
            found[author] = _one(town, author, own, counted, since, at)
    return found


def _one(
    town: Town, author: int, own: set[int], counted: set[int], since: datetime, at: datetime
) -> Seen:
    weeks = set()
    topics: dict[tuple[str, int], set[int]] = defaultdict(set)
    for index in own:
        said = town.comments[index]
        age = (at - said.at).days // 7
        weeks.add(age)
        department = town.departments[said.post]
        topics[("post", said.post) if department is None else ("department", department)].add(age)
    answered_by, answered = set(), set()
    for index in counted:
        answer = town.comments[index]
        if answer.parent is None or town.comments[answer.parent].is_removed:
            continue
        asked = town.comments[answer.parent]
        if asked.author is None or asked.author in town.pages or asked.author == answer.author:
            continue
        if answer.parent in own and answer.at <= at:
            answered_by.add(answer.author)
        if index in own:
            answered.add(asked.author)
    hidden = [
        said
        for said in town.comments
        if said.author == author and not said.is_removed and said.hidden_at
    ]
    return Seen(
        comments=len(own),
        weeks=frozenset(weeks),
        topics=tuple(sorted(len(ages) for ages in topics.values())),
        answered_by=len(answered_by),
        answered=len(answered),
        hidden=sum(1 for said in hidden if said.hidden_at and since < said.hidden_at <= at),
    )


def measured(town: Town, at: datetime, days: int = 180) -> dict[int, Slow]:
    """Everybody through the gate at ``at``, by author."""
    return {
        author: _measure(each)
        for author, each in seen(town, at, days).items()
        if len(each.weeks) >= 2 and each.comments >= 3 and each.hidden <= 2
    }


def _measure(one: Seen) -> Slow:
    total = sum(one.topics)
    entropy = math.fsum(-n / total * math.log(n / total) for n in one.topics)
    regularity = 40 * min(1, math.fsum(2 ** (-age / 8.57) for age in one.weeks) / 4)
    breadth = 25 * min(1, (math.exp(entropy) - 1) / 3)
    dialogue = 20 * min(1, math.log(1 + one.answered_by) / math.log(9))
    answering = 15 * min(1, math.log(1 + one.answered) / math.log(9))
    score = regularity + breadth + dialogue + answering
    return Slow(score, regularity, breadth, dialogue, answering)


def build(town: Town, slug: str = "town") -> dict[int, int]:
    """Write ``town`` into the database and count it; the commenters' keys by author."""
    channel = Channel.objects.create(slug=slug, name=slug, kind="byhand", scope=slug)
    departments = {
        number: Department.objects.get_or_create(slug=f"d{number}", name=f"Afdeling {number}")[0]
        for number in set(town.departments) - {None}
    }
    posts = Post.objects.bulk_create(
        Post(
            channel=channel,
            external_id=f"p{place}",
            department=None if number is None else departments[number],
            is_competition=place in town.competitions,
        )
        for place, number in enumerate(town.departments)
    )
    authors = sorted({said.author for said in town.comments if said.author is not None})
    people = Commenter.objects.bulk_create(
        Commenter(
            channel=channel,
            external_id=f"u{author}",
            name=town.names.get(author, f"Borger {author}"),
            name_seen_at=NOON,
            is_page=author in town.pages,
        )
        for author in authors
    )
    keys = {author: person.pk for author, person in zip(authors, people, strict=True)}
    _write(town, channel, posts, keys)
    counting.rebuild()
    return keys


def _write(town: Town, channel: Channel, posts: list[Post], keys: dict[int, int]) -> None:
    hider = None
    if any(said.hidden_at for said in town.comments):
        hider = User.objects.get_or_create(email="hider@kommune.example")[0]
    rows = Comment.objects.bulk_create(
        Comment(
            channel=channel,
            external_id=f"c{place:06}",
            post=posts[said.post],
            commenter_id=None if said.author is None or said.is_removed else keys[said.author],
            text="" if said.is_removed or not said.text else f"Tekst {said.text}",
            text_hash=0 if said.is_removed else said.text,
            is_bare=said.is_bare,
            written_at=said.at,
            seen_at=said.at,
            removed_at=said.at if said.is_removed else None,
            hidden_at=None if said.is_removed else said.hidden_at,
            hidden_by=hider if said.hidden_at and not said.is_removed else None,
            hidden_rule="1" if said.hidden_at and not said.is_removed else "",
        )
        for place, said in enumerate(town.comments)
    )
    for row, said in zip(rows, town.comments, strict=True):
        if said.parent is not None:
            row.parent = rows[said.parent]
    Comment.objects.bulk_update(rows, ["parent"])


def pattern(
    author: int,
    weeks: Iterable[int],
    *,
    posts: Iterable[int],
    text: int,
    at: datetime = NOON,
    parents: Iterable[int | None] = (),
) -> list[Said]:
    """One comment for each of ``weeks`` (ages), going round the ``posts``, each with words of its
    own.
    """
    around, answers = list(posts), list(parents)
    return [
        Said(
            author,
            around[number % len(around)],
            at - timedelta(weeks=age, hours=1 + number % 5),
            text + number,
            parent=answers[number] if number < len(answers) else None,
        )
        for number, age in enumerate(weeks)
    ]


def retold(town: Town) -> Town:
    """The same town with other words and other names, each kept distinct."""
    other = {said.text: 7_919 * said.text + 1 for said in town.comments if said.text}
    return replace(
        town,
        comments=tuple(replace(said, text=other.get(said.text, 0)) for said in town.comments),
        names={
            said.author: f"Åse Ærlig {said.author * 31}"
            for said in town.comments
            if said.author is not None
        },
    )

"""A demo year taken apart, for the tests of what it promises."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from demo.world import Landmarks, cast, generate, landmarks
from panel.channels.incoming import IncomingComment, IncomingPost, IncomingRemoval
from panel.engagement.measures import Facts

UNTIL = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WINDOW = timedelta(days=180)
SIZES = (200, 1_000, 4_000, 20_000)
BARE = re.compile(r"(@\w[\w-]* \w[\w. -]*|[^\w])+")


@dataclass
class Year:
    """What ``generate`` gave, sorted by kind and by what hangs on what."""

    until: datetime
    posts: dict[str, IncomingPost]
    comments: dict[str, IncomingComment]
    removals: list[IncomingRemoval]
    marks: Landmarks
    answers: dict[str, list[IncomingComment]] = field(default_factory=lambda: defaultdict(list))

    def by(self, key: str) -> list[IncomingComment]:
        """All comments of a member of the cast, oldest first."""
        return [one for one in self.comments.values() if who(one) == cast[key]]

    def counted(self, author: str) -> list[IncomingComment]:
        """Those the measure counts, told anew in the plainest way there is."""
        removed = {removal.external_id for removal in self.removals}
        said: set[str] = set()
        result = []
        for comment in self.comments.values():
            if who(comment) != author:
                continue
            is_copy = comment.text in said
            said.add(comment.text)
            fits = comment.external_id not in removed and not BARE.fullmatch(comment.text)
            fits &= comment.post_external_id not in self.marks.competitions
            if fits and not is_copy and comment.written_at >= self.until - WINDOW:
                result.append(comment)
        return result

    def facts(self, key: str, hidden: int = 0) -> Facts:
        """How the measure sees a member of the cast."""
        author = cast[key]
        counted = self.counted(author)
        weeks = Counter({(self.topic(one), self.age(one)) for one in counted})
        answerers = {who(a) for one in counted for a in self.answers[one.external_id]}
        answered = {
            who(self.comments[one.parent_external_id]) for one in counted if one.parent_external_id
        }
        return Facts(
            weeks=frozenset(self.age(one) for one in counted),
            topics=tuple(sorted(Counter(topic for topic, _ in weeks).values())),
            answered_by=len(answerers - {author, "", *PAGES}),
            answered=len(answered - {author, "", *PAGES}),
            comments=len(counted),
            hidden=hidden,
        )

    def topic(self, comment: IncomingComment) -> str:
        """The post's department, or the post."""
        post = self.posts[comment.post_external_id]
        return post.topic or post.external_id

    def age(self, comment: IncomingComment) -> int:
        """In whole weeks, counted back from the end."""
        return (self.until - comment.written_at) // timedelta(days=7)


PAGES = {cast["municipality"], cast["club"]}


def who(comment: IncomingComment) -> str:
    """The author's id; "" for none."""
    return comment.author.external_id if comment.author else ""


@cache
def year(comments: int = 4_000, seed: int = 1, until: datetime = UNTIL) -> Year:
    """The year of these arguments, made once a run."""
    found = Year(until, {}, {}, [], landmarks(comments=comments, seed=seed, until=until))
    for item in generate(comments=comments, seed=seed, until=until):
        if isinstance(item, IncomingPost):
            found.posts[item.external_id] = item
        elif isinstance(item, IncomingComment):
            found.comments[item.external_id] = item
            found.answers[item.parent_external_id].append(item)
        else:
            found.removals.append(item)
    return found


def texts(comments: Sequence[IncomingComment]) -> list[str]:
    """What they say."""
    return [comment.text for comment in comments]

"""What is posted in the year: by season, department by department, with a few landmarks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from math import isqrt
from random import Random

from demo.world.cast import AUTHORS, citizen
from demo.world.days import CITIZENS, OFFICE, Day, danish_date
from demo.world.places import AREA_BY_SLUG, AREAS, MUNICIPALITY, Area
from demo.world.sheets import read_lists
from demo.world.topics import TOPICS, VISITOR, Topic
from panel.channels.incoming import IncomingAuthor, IncomingPost

# How often each department posts; "" is what the whole town hall posts.
ROUND = (
    "vej-og-park",
    "skole-og-dagtilbud",
    "kultur-og-fritid",
    "sundhed-og-aeldre",
    "affald-og-klima",
    "vej-og-park",
    "",
    "kultur-og-fritid",
    "skole-og-dagtilbud",
    "borgerservice",
    "affald-og-klima",
    "sundhed-og-aeldre",
    "vej-og-park",
)
FEWEST_POSTS = 104
VISITOR_SHARE = 0.3
_AREAS_BY_PEOPLE = [area.people for area in AREAS]


@dataclass(frozen=True, slots=True)
class Post:
    """One thread's start.

    ``share`` is its part of the ordinary comments, in any unit; ``street`` what it is about,
    ``variant`` which of the topic's posts it is ("1" and on), or ``VISITOR``.
    """

    number: int
    key: str
    topic: Topic
    day: Day
    second: int
    area: Area
    street: str
    variant: str
    text: str
    author: IncomingAuthor
    share: float
    reactions: int

    @property
    def external_id(self) -> str:
        """The network's id for it."""
        return f"{MUNICIPALITY.page_id}_{100_000 + self.number}"

    @property
    def at(self) -> datetime:
        """When it was posted, in UTC."""
        return self.day.at(self.second)

    def fill(self, text: str) -> str:
        """``text`` with the post's own place and a date a week later in its slots."""
        if "{" not in text:
            return text
        return (
            text.replace("{vej}", self.street)
            .replace("{i by}", self.area.inside)
            .replace("{by}", self.area.name)
            .replace("{skole}", self.area.school)
            .replace("{dato}", danish_date(_workday(self.day.date + timedelta(days=7))))
        )

    def incoming(self, comments: int) -> IncomingPost:
        """As the network hands it over, ``comments`` being all it gets in the year."""
        return IncomingPost(
            external_id=self.external_id,
            text=self.text,
            posted_at=self.at,
            topic=self.topic.department or None,
            author=self.author,
            seen_at=self.at,
            reactions=self.reactions,
            shares=self.reactions // 9,
            comments=comments,
            reach=600 + 31 * self.reactions + 17 * comments,
        )


@dataclass(frozen=True, slots=True)
class Landmark:
    """A post that every demo has: so many days before the end, or else when last in season."""

    key: str
    topic: str
    days_ago: int
    area: str
    street: str
    variant: str
    boost: float
    author: str = "municipality"


_CAST_TEXTS = read_lists("cast")
_DUEVEJ = Landmark(
    key="duevej",
    topic="lamps",
    days_ago=23,
    area="fuglekvarteret",
    street="Duevej",
    variant=VISITOR,
    boost=4,
    author="lamp-asker",
)
_SALT = Landmark(
    key="blomsterkvarteret",
    topic="salt",
    days_ago=9,
    area="blomsterkvarteret",
    street="Rosenvej",
    variant=VISITOR,
    boost=4,
    author="salt-asker",
)
_COMPETITIONS = tuple(
    Landmark(f"competition-{number}", "competition", days, "midtbyen", "Algade", str(number), 3)
    for number, days in enumerate((51, 170, 290), start=1)
)
LANDMARKS = (
    _DUEVEJ,
    _SALT,
    Landmark("flood", "speed", 80, "svanevad", "Teglgårdsvej", variant="3", boost=1),
    Landmark("heated", "schoolplan", 40, "askemose", "Askemosevej", variant="1", boost=14),
    Landmark("storm", "storm", 60, "havnekvarteret", "Skibbroen", variant="1", boost=4),
    *_COMPETITIONS,
)


@dataclass(slots=True)
class Board:
    """All posts in order of time, findable by landmark, and by department as of a moment."""

    posts: tuple[Post, ...]
    landmarks: Mapping[str, Post] = field(init=False)
    _everyday: list[Post] = field(init=False)

    def __post_init__(self) -> None:
        self.landmarks = {post.key: post for post in self.posts if post.key}
        self._everyday = [post for post in self.posts if not post.key]

    def latest(self, before: datetime, department: str | None = None) -> Post:
        """The newest everyday post before a moment, of the department if it has posted by then."""
        older = self.before(before)
        fitting = (post for post in reversed(older) if post.topic.department == department)
        return next(fitting, older[-1]) if department is not None else older[-1]

    def before(self, moment: datetime) -> Sequence[Post]:
        """The everyday posts at least ten minutes older, oldest first; never none."""
        count = bisect_right(
            self._everyday, moment - timedelta(minutes=10), key=lambda post: post.at
        )
        return self._everyday[: max(1, count)]


def make_board(rng: Random, days: Sequence[Day], comments: int, citizens: int) -> Board:
    """The year's posts: two a week on a small page, growing with the square root of comments."""
    wanted = max(FEWEST_POSTS, 4 * isqrt(comments))
    posts = [
        *_everyday(rng, days, wanted, citizens),
        *(_landmark(rng, days, one) for one in LANDMARKS),
    ]
    posts.sort(key=lambda post: (post.day.number, post.second))
    return Board(tuple(replace(post, number=number) for number, post in enumerate(posts)))


def _everyday(rng: Random, days: Sequence[Day], wanted: int, citizens: int) -> Iterable[Post]:
    last: dict[str, Topic] = {}
    for number in range(wanted):
        day = _weekday(rng, days, int((number + rng.random()) / wanted * len(days)))
        department = ROUND[number % len(ROUND)]
        topic = _in_season(rng, department, day, last.get(department))
        last[department] = topic
        area = rng.choices(AREAS, _AREAS_BY_PEOPLE)[0]
        street = rng.choice(area.streets)
        visitor = bool(topic.visitors) and rng.random() < VISITOR_SHARE
        texts = topic.visitors if visitor else topic.posts
        which = rng.choice(range(len(texts)) if visitor else topic.posts_in(day.date.month))
        share = topic.heat * rng.lognormvariate(0, 0.7)
        post = Post(
            number=number,
            key="",
            topic=topic,
            day=day,
            second=(CITIZENS if visitor else OFFICE).second(rng.random(), 0, day.end),
            area=area,
            street=street,
            variant=VISITOR if visitor else str(which + 1),
            text=texts[which],
            author=citizen(rng.randrange(citizens)) if visitor else AUTHORS["municipality"],
            share=share,
            reactions=int(12 * share * rng.lognormvariate(0, 0.5)),
        )
        yield _told(rng, post)


def _landmark(rng: Random, days: Sequence[Day], one: Landmark) -> Post:
    topic, newest = TOPICS[one.topic], len(days) - 1 - one.days_ago
    in_season = (day for day in days[newest::-1] if day.date.month in topic.months)
    day = next(in_season, days[newest])
    post = Post(
        number=0,
        key=one.key,
        topic=topic,
        day=day,
        second=OFFICE.second(rng.random(), 0, day.end),
        area=AREA_BY_SLUG[one.area],
        street=one.street,
        variant=one.variant,
        text=_CAST_TEXTS[one.key][0]
        if one.variant == VISITOR
        else topic.posts[int(one.variant) - 1],
        author=AUTHORS[one.author],
        share=topic.heat * one.boost,
        reactions=int(40 * topic.heat * one.boost),
    )
    return _told(rng, post)


def _told(rng: Random, post: Post) -> Post:
    """The post with the slots of its own text filled."""
    neighbours = [street for street in post.area.streets if street != post.street]
    return replace(post, text=post.fill(post.text).replace("{nabovej}", rng.choice(neighbours)))


def _workday(day: date) -> date:
    """The day itself, or the Monday after."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)


def _weekday(rng: Random, days: Sequence[Day], number: int) -> Day:
    """Three in four posts of a weekend wait till Monday."""
    weekday = days[number].date.weekday()
    if weekday >= 5 and rng.random() < 0.75:
        number = min(number + 7 - weekday, len(days) - 1)
    return days[number]


def _in_season(rng: Random, department: str, day: Day, last: Topic | None) -> Topic:
    fitting = [
        topic
        for topic in TOPICS.values()
        if topic.department == department and topic.weight and day.date.month in topic.months
    ]
    fresh = [topic for topic in fitting if topic is not last] or fitting
    return rng.choices(fresh, [topic.weight for topic in fresh])[0]

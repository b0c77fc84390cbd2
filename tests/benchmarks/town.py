"""The data of the benchmarks: a town's comments, a fifth as many people, the same every time."""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import connection

from panel.channels.models import Channel
from panel.conversations.actions import imports
from panel.conversations.intake.work import import_file
from panel.conversations.models import Comment, FileImport
from tests.factories.conversations import ChannelFactory

SLUG = "bench"
UNDER_A_POST = 60
DAYS = 365

_COLUMNS = (
    *("post_id", "post_text", "post_time", "post_topic", "comment_id", "parent_id"),
    *("author_id", "author_name", "author_is_page", "text", "time", "likes", "url"),
)
_WORDS = (
    *("vej", "lys", "skole", "cykelsti", "salt", "sne", "affald", "park", "bus", "hal"),
    *("bibliotek", "kommune", "gade", "træ", "hegn", "børn", "ældre", "å", "tak", "enig"),
)


@cache
def file(scale: int) -> Path:
    """A CSV file of ``scale`` comments, kept until the process ends its temporary folder."""
    path = Path(tempfile.mkdtemp(prefix="medspil-bench-")) / f"{scale}.csv"
    with path.open("w", newline="", encoding="utf-8") as opened:
        table = csv.writer(opened)
        table.writerow(_COLUMNS)
        table.writerows(_rows(scale))
    return path


def _rows(scale: int) -> Iterator[list[str | int]]:
    """A few write a lot, most once or twice; a third answers; the last year, so that it counts."""
    draw = random.Random(20_261_120)
    people = max(1, scale // 5)
    today = datetime.now(tz=UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for number in range(scale):
        post, place = divmod(number, UNDER_A_POST)
        posted = today - timedelta(days=DAYS * (1 - post * UNDER_A_POST / scale))
        person = int(people * draw.random() ** 1.6)
        answers = place > 20 and draw.random() < 0.35
        yield [
            f"p{post}",
            f"Opslag {post}",
            posted.isoformat(),
            ("Veje", "Skoler", "Kultur", "")[post % 4],
            f"c{number}",
            f"c{number - draw.randint(1, 19)}" if answers else "",
            f"u{person}",
            f"Person {person}",
            "ja" if person % 997 == 996 else "",
            " ".join(draw.choices(_WORDS, k=draw.randint(3, 30))),
            (posted + timedelta(minutes=draw.randint(0, 3000))).isoformat(),
            draw.randint(0, 20),
            f"https://example.dk/c/{number}",
        ]


def bring_in(scale: int) -> FileImport:
    """Import the file as the command does; the import as it ended."""
    channel = Channel.objects.filter(slug=SLUG).first() or ChannelFactory(slug=SLUG)
    made = imports.choose_path(channel, file(scale))
    imports.start(made, by=None, in_background=False)
    assert made.token
    import_file(made.pk, made.token)
    made.refresh_from_db()
    assert made.read == scale, f"{made.read} of {scale} lines came in"
    return made


def imported(scale: int) -> Channel:
    """The channel with exactly this town's comments on it, imported if they are not there yet."""
    if Comment.objects.count() != scale:
        empty()
        bring_in(scale)
    return Channel.objects.get(slug=SLUG)


TABLES = ("exchange", "participation", "tally", "comment")


def empty() -> None:
    """No comments, posts or people any more."""
    clear(*TABLES, "post", "commenter", "removal")


def clear(*tables: str) -> None:
    """Empty these tables of conversations by the quickest way."""
    names = [f"conversations_{table}" for table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
            return
        cursor.execute("UPDATE conversations_comment SET parent_id = NULL WHERE parent_id > 0")
        for name in names:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own names

"""Files of comments, small and big, as people export them."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from tests.factories.conversations import START

COLUMNS = (
    "post_id",
    "post_text",
    "post_time",
    "post_topic",
    "comment_id",
    "parent_id",
    "author_id",
    "author_name",
    "author_is_page",
    "text",
    "time",
    "likes",
    "url",
)
WORDS = (
    *("vej", "lys", "skole", "cykelsti", "salt", "sne", "affald", "park"),
    *("bus", "hal", "kommune", "gade", "træ", "børn", "ældre"),
)


def rows(count: int, *, seed: int = 1) -> list[list[str]]:
    """A page's comments: answers, copies, bare tags, pages, people without an id."""
    draw = random.Random(seed)
    people = max(4, count // 5)
    made = []
    for number in range(count):
        post = number // 20
        person = int(people * draw.random() ** 2)
        words = draw.choice(["Enig", "@Bo", " ".join(draw.choices(WORDS, k=draw.randint(2, 9)))])
        answered = number - draw.randint(1, 12)
        made.append(
            [
                f"p{post}",
                f"Opslag {post}",
                (START + timedelta(hours=5 * post)).strftime("%d-%m-%Y %H:%M"),
                ("Veje", "Skoler", "")[post % 3],
                f"c{number}",
                f"c{answered}" if answered > 0 and draw.random() < 0.4 else "",
                "" if draw.random() < 0.05 else f"u{person}",
                f"Person {person}",
                "ja" if person == 1 else "",
                words,
                (START + timedelta(minutes=15 * number)).isoformat(),
                str(draw.randint(0, 9)),
                f"https://example.dk/{number}",
            ]
        )
    return made


def write(
    path: Path, made: Iterable[Sequence[str]], columns: Sequence[str] = COLUMNS, **how: str
) -> Path:
    """``made`` as a file, UTF-8 unless ``encoding`` says otherwise."""
    with path.open("w", newline="", encoding=how.pop("encoding", "utf-8")) as file:
        table = csv.writer(file, **how)  # type: ignore[arg-type]
        table.writerow(columns)
        table.writerows(made)
    return path

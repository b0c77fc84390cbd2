"""What counts as taking part, and the counters made of it: the rule stands here and nowhere else.

The same statements run over what a batch touched (``count_new``, ``recount``) and over everything
(``rebuild``); only their filter differs. All of them need a transaction that holds the channel.
"""

# ruff: noqa: S608 - table names and filters are our own; values are parameters

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from panel.conversations.models.counters import RHYTHM_HALF_LIFE_WEEKS, RHYTHM_STEPS

from . import sql

# A counted comment: by a citizen with an id, neither taken away nor hidden, saying something, not
# under a competition, and the person's first with this text.
COUNTS = """
    c.commenter_id IS NOT NULL AND c.removed_at IS NULL AND c.hidden_at IS NULL
    AND NOT c.is_bare AND c.text_hash <> 0
    AND EXISTS (
        SELECT 1 FROM conversations_commenter w WHERE w.id = c.commenter_id AND NOT w.is_page
    )
    AND EXISTS (
        SELECT 1 FROM conversations_post o WHERE o.id = c.post_id AND NOT o.is_competition
    )
    AND NOT EXISTS (
        SELECT 1 FROM conversations_comment e
        WHERE e.commenter_id = c.commenter_id AND e.text_hash = c.text_hash
            AND e.removed_at IS NULL AND e.written_at <= c.written_at
            AND (e.written_at < c.written_at OR e.external_id < c.external_id)
    )
"""

# Marks change only where they are wrong, so that a good guess costs nothing.
MARK = f"""
    UPDATE conversations_comment AS c SET is_counted = NOT c.is_counted
    WHERE ({{where}}) AND c.is_counted <> ({COUNTS})
    RETURNING id, commenter_id
"""

PARTICIPATION = """
    INSERT INTO conversations_participation
        (commenter_id, post_id, week, comments, first_at, last_at)
    SELECT c.commenter_id, c.post_id, {week}, count(*), min(c.written_at), max(c.written_at)
    FROM conversations_comment c
    WHERE c.is_counted AND ({where})
    GROUP BY 1, 2, 3
    ON CONFLICT (commenter_id, week, post_id) DO UPDATE SET
        comments = conversations_participation.comments + excluded.comments,
        first_at = CASE WHEN excluded.first_at < conversations_participation.first_at
            THEN excluded.first_at ELSE conversations_participation.first_at END,
        last_at = CASE WHEN excluded.last_at > conversations_participation.last_at
            THEN excluded.last_at ELSE conversations_participation.last_at END
"""

# A counted answer by one citizen to another's comment that still stands.
EXCHANGE = """
    INSERT INTO conversations_exchange
        (answer_id, answerer_id, answered_id, asked_at, answered_at, is_asked_counted)
    SELECT c.id, c.commenter_id, q.commenter_id, q.written_at, c.written_at, q.is_counted
    FROM conversations_comment c
    JOIN conversations_comment q ON q.id = c.parent_id
    JOIN conversations_commenter w ON w.id = q.commenter_id
    WHERE c.is_counted AND q.removed_at IS NULL AND NOT w.is_page
        AND q.commenter_id <> c.commenter_id AND ({where})
    ON CONFLICT (answer_id) DO NOTHING
"""

TALLY = f"""
    INSERT INTO conversations_tally
        (commenter_id, comments, weeks, posts, answered_by, answered, last_at, rhythm)
    SELECT w.commenter_id, CAST(sum(w.comments) AS integer), count(*),
        (SELECT count(DISTINCT p.post_id) FROM conversations_participation p
            WHERE p.commenter_id = w.commenter_id),
        (SELECT count(DISTINCT x.answerer_id) FROM conversations_exchange x
            WHERE x.answered_id = w.commenter_id AND x.is_asked_counted),
        (SELECT count(DISTINCT x.answered_id) FROM conversations_exchange x
            WHERE x.answerer_id = w.commenter_id),
        max(w.last_at),
        CAST(ceiling({RHYTHM_STEPS} / ln(2.0) * ln(sum(
            power(CAST(2 AS double precision),
                w.week / CAST({RHYTHM_HALF_LIFE_WEEKS} AS double precision))
            * CASE WHEN w.comments > 1 THEN 2 ELSE 1 END
        ))) AS integer)
    FROM (
        SELECT p.commenter_id, p.week, sum(p.comments) AS comments, max(p.last_at) AS last_at
        FROM conversations_participation p
        WHERE {{where}}
        GROUP BY p.commenter_id, p.week
    ) w
    GROUP BY w.commenter_id
    ON CONFLICT (commenter_id) DO UPDATE SET
        comments = excluded.comments, weeks = excluded.weeks, posts = excluded.posts,
        answered_by = excluded.answered_by, answered = excluded.answered,
        last_at = excluded.last_at, rhythm = excluded.rhythm
"""

EVERYTHING = "true"


def count_new(new: Collection[int], adopted: Collection[int] = ()) -> None:
    """Count comments that were not there before; ``adopted`` are older ones that only got their
    parent now.
    """
    if not new and not adopted:
        return
    flipped = _mark("c.id", new) + _mark_copies_of(new)
    older = {commenter for comment, commenter in flipped if comment not in _as_set(new)}
    _participate("c.id", new, without=older)
    _exchange("c.id", {*new, *adopted})
    recount(older)
    touched = _people_of({*new, *adopted})
    _tally(touched)


def recount(commenters: Collection[int], comments: Collection[int] = ()) -> None:
    """Count everything of these people anew; ``comments`` are ones that may have lost theirs."""
    if comments:
        _mark("c.id", comments)
    if not commenters:
        return
    partners = _partners(commenters)
    _mark("c.commenter_id", commenters)
    _forget_counted(commenters)
    _participate("c.commenter_id", commenters)
    _exchange("c.commenter_id", commenters)
    _exchange("q.commenter_id", commenters)
    _tally(partners | _partners(commenters) | set(commenters))


def rebuild() -> None:
    """Make every counter anew out of the comments, each table by one statement."""
    with transaction.atomic():
        sql.rows(MARK.format(where=EVERYTHING))
        for table in ("participation", "exchange", "tally"):
            sql.execute(f"DELETE FROM conversations_{table}")
        sql.execute(PARTICIPATION.format(week=sql.week("c.written_at"), where=EVERYTHING))
        sql.execute(EXCHANGE.format(where=EVERYTHING))
        sql.execute(TALLY.format(where=EVERYTHING))


def partners_of(commenters: Collection[int]) -> set[int]:
    """The others they answered or were answered by: their tallies change with them."""
    return _partners(commenters) - set(commenters)


def forget(commenters: Collection[int]) -> None:
    """Remove everything counted of these people; the tallies of ``partners_of`` them grow old."""
    _forget_counted(commenters)
    where, param = sql.among("commenter_id", commenters)
    sql.execute(f"DELETE FROM conversations_tally WHERE {where}", [param])


def tally(commenters: Collection[int]) -> None:
    """Sum up these people's counters; who has none left has no row."""
    _tally(set(commenters))


def _mark(column: str, keys: Collection[int]) -> list[tuple[int, int]]:
    """Correct ``is_counted``; (comment, commenter) of each that changed."""
    if not keys:
        return []
    where, param = sql.among(column, keys)
    return [(row[0], row[1]) for row in sql.rows(MARK.format(where=where), [param])]


def _mark_copies_of(new: Collection[int]) -> list[tuple[int, int]]:
    """Older comments that turn out to be copies, because an earlier one with their text came."""
    if not new:
        return []
    where, param = sql.among("n.id", new)
    copies = sql.ids(
        f"""
        SELECT s.id FROM conversations_comment n
        JOIN conversations_comment s
            ON s.commenter_id = n.commenter_id AND s.text_hash = n.text_hash
        WHERE {where} AND n.text_hash <> 0 AND s.is_counted AND s.id <> n.id
            AND s.written_at >= n.written_at
        """,
        [param],
    )
    return _mark("c.id", copies.difference(new))


def _participate(column: str, keys: Collection[int], without: Collection[int] = ()) -> None:
    where, param = sql.among(column, keys)
    params: list[Any] = [param]
    if without:
        outside, more = sql.among("c.commenter_id", without)
        where, params = f"{where} AND NOT ({outside})", [param, more]
    statement = PARTICIPATION.format(week=sql.week("c.written_at"), where=where)
    sql.execute(statement, params)


def _exchange(column: str, keys: Collection[int]) -> None:
    where, param = sql.among(column, keys)
    sql.execute(EXCHANGE.format(where=where), [param])


def _forget_counted(commenters: Collection[int]) -> None:
    for table, column in (
        ("participation", "commenter_id"),
        ("exchange", "answerer_id"),
        ("exchange", "answered_id"),
    ):
        where, param = sql.among(column, commenters)
        sql.execute(f"DELETE FROM conversations_{table} WHERE {where}", [param])


def _tally(commenters: set[int]) -> None:
    if not commenters:
        return
    where, param = sql.among("p.commenter_id", commenters)
    sql.execute(TALLY.format(where=where), [param])
    where, param = sql.among("commenter_id", commenters)
    sql.execute(
        f"""
        DELETE FROM conversations_tally WHERE {where} AND NOT EXISTS (
            SELECT 1 FROM conversations_participation p
            WHERE p.commenter_id = conversations_tally.commenter_id
        )
        """,
        [param],
    )


def _people_of(comments: Collection[int]) -> set[int]:
    """Who wrote these comments, and whom they answered."""
    wrote, one = sql.among("c.id", comments)
    answers, two = sql.among("x.answer_id", comments)
    return sql.ids(
        f"""
        SELECT c.commenter_id FROM conversations_comment c
        WHERE {wrote} AND c.commenter_id IS NOT NULL
        UNION SELECT x.answered_id FROM conversations_exchange x WHERE {answers}
        """,
        [one, two],
    )


def _partners(commenters: Collection[int]) -> set[int]:
    answered, one = sql.among("x.answerer_id", commenters)
    answering, two = sql.among("x.answered_id", commenters)
    return sql.ids(
        f"""
        SELECT x.answered_id FROM conversations_exchange x WHERE {answered}
        UNION SELECT x.answerer_id FROM conversations_exchange x WHERE {answering}
        """,
        [one, two],
    )


def _as_set(keys: Collection[int]) -> Collection[int]:
    return keys if isinstance(keys, set | frozenset | range) else set(keys)

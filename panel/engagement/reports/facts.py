"""From counters to facts: how given commenters took part within a window, in four queries however
many they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from panel.conversations.models import Comment, Exchange, Participation
from panel.engagement.measures import Facts
from panel.engagement.window import BOX_EPOCH, WEEK, Window, box_of

# Where a counter's comments lie: the window's edge runs through them, or a week's boundary, or
# neither.
_EDGE, _BEFORE_CUT, _AFTER_CUT, _BOTH = 0, 1, 2, 3

# For each commenter and topic, the ages of the weeks they wrote in. Departments are topics below
# zero, posts above.
_Weeks = dict[int, dict[int, set[int]]]
# A counter's key: commenter, post, week box.
_Row = tuple[int, int, int]


class _Side(Func):
    """Where a counter's comments lie, as one small piece of SQL: conditions for every box would
    cost more to build than the question takes to answer.
    """

    output_field = IntegerField()

    def __init__(self, window: Window) -> None:
        super().__init__(F("week"), F("first_at"), F("last_at"))
        self.window = window

    def get_db_converters(self, _connection: BaseDatabaseWrapper) -> list[Any]:
        """None: a whole number comes as one, and there are many."""
        return []

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[Any]]:
        """See ``Func.as_sql``."""
        week, first_at, last_at = (compiler.compile(each)[0] for each in self.source_expressions)
        moment = connection.ops.adapt_datetimefield_value
        cuts = [value for box, cut in self.window.cuts() for value in (box, moment(cut))]
        cut = f"CASE {week} {' '.join(['WHEN %s THEN %s'] * (len(cuts) // 2))} END"
        start, at = moment(self.window.start), moment(self.window.at)
        return (
            f"CASE WHEN {week} = %s AND {first_at} <= %s OR {week} = %s AND {last_at} > %s "
            f"THEN {_EDGE} WHEN {last_at} <= {cut} THEN {_BEFORE_CUT} "
            f"WHEN {first_at} > {cut} THEN {_AFTER_CUT} ELSE {_BOTH} END",
            [self.window.first_box, start, self.window.last_box, at, *cuts, *cuts],
        )


@dataclass(frozen=True, slots=True)
class People:
    """With how many other citizens each of some commenters was in exchange: answered by them,
    answering them.
    """

    answered_by: Mapping[int, int]
    answered: Mapping[int, int]


def facts_of(
    commenters: Collection[int], window: Window, people: People | None = None
) -> dict[int, Facts]:
    """The facts about each of ``commenters`` (primary keys) who wrote something counted in
    ``window``.

    ``people`` is given where ``people_of`` was asked before.
    """
    people = people or people_of(commenters, window)
    hidden = hidden_of(commenters, window)
    weeks: _Weeks = defaultdict(lambda: defaultdict(set))
    comments: Counter[int] = Counter()
    _read_boxes(commenters, window, weeks, comments)
    return {
        commenter: Facts(
            weeks=frozenset().union(*topics.values()),
            topics=tuple(sorted(len(ages) for ages in topics.values())),
            answered_by=people.answered_by.get(commenter, 0),
            answered=people.answered.get(commenter, 0),
            comments=comments[commenter],
            hidden=hidden.get(commenter, 0),
        )
        for commenter, topics in weeks.items()
    }


def people_of(commenters: Collection[int], window: Window) -> People:
    """The part of the facts that is about others."""
    return People(
        _people(_answers_got(commenters, window), "answered_id", "answerer_id"),
        _people(_answers_given(commenters, window), "answerer_id", "answered_id"),
    )


def hidden_of(commenters: Collection[int], window: Window) -> dict[int, int]:
    """How many comments of each were hidden by a person for a published rule in ``window``."""
    rows = (
        Comment.objects.filter(
            commenter_id__in=commenters, hidden_at__gt=window.start, hidden_at__lte=window.at
        )
        .order_by()
        .values_list("commenter_id")
        .annotate(comments=Count("pk"))
    )
    return {commenter: count for commenter, count in rows if commenter is not None}


def _read_boxes(
    commenters: Collection[int], window: Window, weeks: _Weeks, comments: Counter[int]
) -> None:
    """Fill ``weeks`` and ``comments`` from the counters; of boxes the window cuts, from their
    comments.
    """
    cut_through: dict[_Row, int] = {}
    last_box = window.last_box
    for commenter, post, department, box, count, side in _boxes(commenters, window):
        topic = post if department is None else -department
        if side == _EDGE:
            cut_through[commenter, post, box] = topic
            continue
        comments[commenter] += count
        ages = weeks[commenter][topic]
        if side & _BEFORE_CUT:
            ages.add(last_box - box)
        if side & _AFTER_CUT:
            ages.add(last_box - box - 1)
    for commenter, topic, age in _read_comments(cut_through, window):
        comments[commenter] += 1
        weeks[commenter][topic].add(age)


def _boxes(commenters: Collection[int], window: Window) -> Iterable[Any]:
    """The counters' rows that touch the window, with the side of the week boundary their comments
    lie on.
    """
    return (
        Participation.objects.filter(
            commenter_id__in=commenters,
            week__range=(window.first_box, window.last_box),
            last_at__gt=window.start,
            first_at__lte=window.at,
        )
        .annotate(side=_Side(window))
        .values_list("commenter_id", "post_id", "post__department_id", "week", "comments", "side")
    )


def _read_comments(rows: dict[_Row, int], window: Window) -> Iterable[tuple[int, int, int]]:
    """For counters that the window cuts, by their topic: each comment inside, as (commenter, topic,
    age).
    """
    if not rows:
        return
    in_a_cut_box = Q()
    for box in {box for _commenter, _post, box in rows}:
        begins = BOX_EPOCH + box * WEEK
        in_a_cut_box |= Q(written_at__gte=begins, written_at__lt=begins + WEEK)
    found = Comment.objects.counted().filter(
        in_a_cut_box,
        commenter_id__in={commenter for commenter, _post, _box in rows},
        post_id__in={post for _commenter, post, _box in rows},
        written_at__gt=window.start,
        written_at__lte=window.at,
    )
    for commenter, post, written_at in found.values_list("commenter_id", "post_id", "written_at"):
        topic = rows.get((commenter or 0, post, box_of(written_at)))
        if topic is not None:
            yield commenter or 0, topic, window.age(written_at)


def _answers_got(commenters: Collection[int], window: Window) -> QuerySet[Exchange]:
    """Counted answers to what they wrote in the window, given up to the moment asked."""
    return Exchange.objects.filter(
        answered_id__in=commenters,
        is_asked_counted=True,
        asked_at__gt=window.start,
        asked_at__lte=window.at,
        answered_at__lte=window.at,
    )


def _answers_given(commenters: Collection[int], window: Window) -> QuerySet[Exchange]:
    """Answers they gave in the window, to whatever age of comment."""
    return Exchange.objects.filter(
        answerer_id__in=commenters, answered_at__gt=window.start, answered_at__lte=window.at
    )


def _people(exchanges: QuerySet[Exchange], one: str, other: str) -> dict[int, int]:
    """For each person at end ``one``, how many different people at end ``other``."""
    rows = exchanges.order_by().values_list(one).annotate(people=Count(other, distinct=True))
    return dict(rows)

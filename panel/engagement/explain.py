"""The measure in words and pictures: what is behind each term, in sentences a person can check.

Nothing here says what anybody wrote, and nothing could: facts hold no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.channels.models import Channel
from panel.conversations.models import Department
from panel.core.clock import in_copenhagen
from panel.engagement.criteria import Criteria
from panel.engagement.measures import Facts, Measure, Standing, Weights
from panel.engagement.models import ShortlistEntry
from panel.engagement.reports.finding import Answer, Why
from panel.engagement.window import Window

TERM_NAMES: dict[str, Promise] = {
    "regularity": gettext_lazy("Regularity"),
    "breadth": gettext_lazy("Breadth"),
    "dialogue": gettext_lazy("Dialogue"),
    "answering": gettext_lazy("Answering"),
}

# One week's width in the picture, and the room between two.
_WEEK, _GAP = 8, 2


@dataclass(frozen=True, slots=True)
class Term:
    """One term: points with one decimal, where it stands in the bar (0 to 100), a sentence."""

    key: str
    name: str
    points: str
    begins: float
    width: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Week:
    """One week in the picture, oldest first: where it stands, and whether they wrote."""

    x: int
    is_active: bool


def points(measure: Measure) -> dict[str, float]:
    """The terms with one decimal, rounded so that what is shown adds up to the score as shown."""
    exact = {name: value * 10 for name, value in measure.terms.items()}
    tenths = {name: int(value) for name, value in exact.items()}
    missing = round(measure.score * 10) - sum(tenths.values())
    nearest = sorted(exact, key=lambda name: tenths[name] - exact[name])
    for name in nearest[: max(0, missing)]:
        tenths[name] += 1
    return {name: value / 10 for name, value in tenths.items()}


def terms(facts: Facts, measure: Measure, window: Window) -> list[Term]:
    """The four terms, ready to show."""
    shown, begins, ready = points(measure), 0.0, []
    sentences = {
        "regularity": _regularity(facts, window),
        "breadth": _breadth(facts),
        "dialogue": _dialogue(facts),
        "answering": _answering(facts),
    }
    for key, value in shown.items():
        name = str(TERM_NAMES[key])
        ready.append(Term(key, name, decimal(value), round(begins, 1), value, sentences[key]))
        begins += value
    return ready


def decimal(value: float) -> str:
    """``value`` with one decimal, as the reader's language writes it."""
    return number_format(value, decimal_pos=1)


def weeks(facts: Facts, window: Window) -> list[Week]:
    """The picture of the weeks, the oldest to the left."""
    ages = range(window.weeks - 1, -1, -1)
    return [Week(place * (_WEEK + _GAP), age in facts.weeks) for place, age in enumerate(ages)]


def weeks_in_words(facts: Facts) -> str:
    """What the picture shows, in words: counted back, 1 is the last seven days."""
    ages = ", ".join(str(age + 1) for age in sorted(facts.weeks))
    return _("Wrote in these weeks, counted back from the newest: %(weeks)s") % {"weeks": ages}


def picture_width(window: Window) -> int:
    """How wide that picture is."""
    return window.weeks * (_WEEK + _GAP) - _GAP


def _regularity(facts: Facts, window: Window) -> str:
    active = len(facts.weeks)
    said = ngettext(
        "Wrote in %(active)d of the last %(weeks)d weeks",
        "Wrote in %(active)d of the last %(weeks)d weeks",
        active,
    ) % {"active": active, "weeks": window.weeks}
    return f"{said}, {_most_recently(min(facts.weeks, default=0))}."


def _most_recently(age: int) -> str:
    if age == 0:
        return _("most recently within the last seven days")
    return ngettext("most recently %(age)d week ago", "most recently %(age)d weeks ago", age) % {
        "age": age
    }


def _breadth(facts: Facts) -> str:
    topics = len(facts.topics)
    if topics == 1:
        return _("All of it was under one topic.")
    return ngettext(
        "Wrote under %(topics)d topic.", "Wrote under %(topics)d different topics.", topics
    ) % {"topics": topics}


def _dialogue(facts: Facts) -> str:
    if not facts.answered_by:
        return _("No other citizen has answered them.")
    return ngettext(
        "%(people)d other citizen answered them.",
        "%(people)d other citizens answered them.",
        facts.answered_by,
    ) % {"people": facts.answered_by}


def _answering(facts: Facts) -> str:
    if not facts.answered:
        return _("Has not answered other citizens.")
    return ngettext(
        "Answered %(people)d other citizen.",
        "Answered %(people)d other citizens.",
        facts.answered,
    ) % {"people": facts.answered}


def reason(answer: Answer, weights: Weights) -> str:
    """Why somebody is or is not found, as one sentence with the figures it rests on."""
    template = _REASONS[answer.why]
    return str(template) % {
        "comments": answer.facts.comments,
        "least_comments": weights.least_comments,
        "weeks": len(answer.facts.weeks),
        "least_weeks": weights.least_weeks,
        "hidden": answer.facts.hidden,
        "most_hidden": weights.most_hidden,
        "score": decimal(answer.measure.score),
        "bar": decimal(weights.bar),
    }


def bar(entry: ShortlistEntry) -> list[Term]:
    """The terms of somebody on a shortlist, as they were when the list was made; no sentences."""
    kept = Measure(entry.score, entry.regularity, entry.breadth, entry.dialogue, entry.answering)
    ready, begins = [], 0.0
    for key, value in points(kept).items():
        name = str(TERM_NAMES[key])
        ready.append(Term(key, name, decimal(value), round(begins, 1), value, ""))
        begins += value
    return ready


def criteria(kept: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a shortlist was made from, as names and values to read."""
    asked = Criteria.from_json(dict(kept))
    rows = [
        (_("Moment"), date_format(in_copenhagen(asked.at), "DATETIME_FORMAT")),
        (_("Period"), ngettext("%(days)d day", "%(days)d days", asked.days) % {"days": asked.days}),
        (_("Channel"), _named(Channel, asked.channel)),
        (_("Wrote under posts of"), _named(Department, asked.department)),
        (_("In at least so many weeks"), str(asked.least_weeks or "–")),
        (_("Under at least so many topics"), str(asked.least_topics or "–")),
        (_("First comment since"), date_format(asked.first_since) if asked.first_since else "–"),
        (_("Version of the measure"), asked.version),
    ]
    return rows


def _named(model: type[Channel] | type[Department], slug: str) -> str:
    """What people call it; the slug alone says what is not there any more."""
    if not slug:
        return _("All")
    name: str | None = model.objects.filter(slug=slug).values_list("name", flat=True).first()
    return name or slug


_REASONS: dict[Why | Standing, Promise] = {
    Why.A_PAGE: gettext_lazy("Is a page. Only people are counted."),
    Why.ANOTHER_CHANNEL: gettext_lazy("Writes on another channel than the one you chose."),
    Why.NOT_WANTED: gettext_lazy(
        "Takes part enough (%(score)s points), but does not fit what you asked for above."
    ),
    Why.ONLY_COMPETITIONS: gettext_lazy(
        "Wrote under competitions only. Those comments are not counted."
    ),
    Standing.NOTHING_COUNTED: gettext_lazy(
        "Nothing counted in this time: no comments, or only copies of their own, bare tags, emoji "
        "or comments that are gone."
    ),
    Standing.HIDDEN: gettext_lazy(
        "%(hidden)d of their comments were hidden by a person for a published rule. More than "
        "%(most_hidden)d leave somebody out for as long as they lie in this time."
    ),
    Standing.TOO_FEW_COMMENTS: gettext_lazy(
        "Too few comments: %(comments)d counted, at least %(least_comments)d are needed."
    ),
    Standing.TOO_FEW_WEEKS: gettext_lazy(
        "Too few weeks: wrote in %(weeks)d, at least %(least_weeks)d are needed."
    ),
    Standing.BELOW_BAR: gettext_lazy("Below the bar: %(score)s points, the bar is %(bar)s."),
    Standing.ABOVE_BAR: gettext_lazy("Is on the list, with %(score)s points."),
}

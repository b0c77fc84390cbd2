"""Bare counters of taking part: when, under which post, in answer to whom, answered by whom.

Nothing of what was said. Only counted comments are in here. Intake keeps them with every batch and
``rebuild_counters`` makes them anew; both run the same statements
(``conversations.intake.counting``), and a test proves them equal.

A week is a fixed seven-day box since 1970-01-05 (a Monday), UTC. The measure asks about weeks
counted back from any moment; such a boundary cuts a box at most once, so ``first_at`` and
``last_at`` of a box say exactly on which sides somebody wrote.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.constraints import at_least, ordered
from panel.core.personal import PersonalData

from .comments import Comment
from .people import Commenter
from .posts import Post

# The rhythm's fading: the measure's half-life of 60 days in weeks, and the cut of an octave.
RHYTHM_HALF_LIFE_WEEKS = 8.57
RHYTHM_STEPS = 128

_PURPOSE = _("Finding people who often take part, whatever they think")
_RETENTION = _("Gone with the comments they count")


class Participation(models.Model):
    """One commenter's counted comments under one post in one week."""

    commenter = models.ForeignKey(
        Commenter, on_delete=models.CASCADE, db_index=False, related_name="participation"
    )
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="participation")
    week = models.IntegerField(_("week since 1970-01-05"))
    comments = models.PositiveIntegerField(_("counted comments"))
    first_at = models.DateTimeField(_("first comment at"))
    last_at = models.DateTimeField(_("last comment at"))

    personal_data = PersonalData(
        heading=_("How often you wrote"),
        personal={
            "commenter": _("That it was you"),
            "week": _("In which week you wrote"),
            "comments": _("How many comments"),
            "first_at": _("The first of them"),
            "last_at": _("The last of them"),
        },
        other=("id", "post"),
        purpose=_PURPOSE,
        retention=_RETENTION,
        subject="commenter",
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participation")
        constraints = [
            # In this order, one person's weeks within a window are read without the rest.
            models.UniqueConstraint(
                fields=["commenter", "week", "post"],
                name="participation_once",
                violation_error_message=_("Already counted for this week."),
            ),
            at_least(
                "comments",
                1,
                name="participation_of_something",
                message=_("A week without comments has no row."),
            ),
            ordered(
                "first_at",
                "last_at",
                name="participation_ordered",
                message=_("The last comment comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commenter_id}/{self.post_id}/{self.week}: {self.comments}"


class Exchange(models.Model):
    """One counted answer by one citizen to another's comment."""

    answer = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="exchange"
    )
    answerer = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="answers_given")
    answered = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="answers_got")
    asked_at = models.DateTimeField(_("the answered comment written at"))
    answered_at = models.DateTimeField(_("the answer written at"))
    is_asked_counted = models.BooleanField(_("the answered comment is counted"))

    personal_data = PersonalData(
        heading=_("Whom you answered"),
        personal={
            "answer": _("The comment that answers"),
            "answerer": _("Who answered"),
            "answered": _("Who was answered"),
            "asked_at": _("When the first wrote"),
            "answered_at": _("When the other answered"),
        },
        other=("is_asked_counted",),
        purpose=_PURPOSE,
        retention=_RETENTION,
        subject="answerer",
    )

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(answerer=models.F("answered")),
                name="exchange_between_two",
                violation_error_message=_("Answering oneself is no exchange."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answerer_id} → {self.answered_id}"


class Tally(models.Model):
    """One commenter's totals: how many different weeks, posts and people.

    They bound the measure, so that the candidates can be found without reading everybody's rows;
    they are no score.

    ``rhythm`` says how regularly, newest weeks weighing most, on a scale that time does not move:
    ``ceil(RHYTHM_STEPS * log2(sum of 2 ** (week / RHYTHM_HALF_LIFE_WEEKS) * m))`` over the
    different weeks, where m is 1 for a week with one counted comment and 2 for a week with more (a
    week counted back from some moment cuts a box in two at most). Whole numbers, so that summing in
    another order changes nothing. It must never be too low, or ``engagement`` would miss somebody;
    a little too high costs a little time.
    """

    commenter = models.OneToOneField(
        Commenter, on_delete=models.CASCADE, primary_key=True, related_name="tally"
    )
    comments = models.PositiveIntegerField(_("counted comments"))
    weeks = models.PositiveIntegerField(_("different weeks"))
    posts = models.PositiveIntegerField(_("different posts"))
    answered_by = models.PositiveIntegerField(_("different people who answered"))
    answered = models.PositiveIntegerField(_("different people answered"))
    last_at = models.DateTimeField(_("last counted comment at"))
    rhythm = models.PositiveIntegerField(_("how regularly"))

    personal_data = PersonalData(
        heading=_("Your comments in sum"),
        personal={
            "comments": _("How many comments"),
            "weeks": _("In how many weeks"),
            "posts": _("Under how many posts"),
            "answered_by": _("How many people answered you"),
            "answered": _("How many people you answered"),
            "last_at": _("When you last wrote"),
            "rhythm": _("How regularly you write"),
        },
        other=("commenter",),
        purpose=_PURPOSE,
        retention=_RETENTION,
        subject="commenter",
    )

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        indexes = [
            models.Index(fields=["rhythm"], name="tally_by_rhythm"),
        ]

    def __str__(self) -> str:
        return f"{self.commenter_id}: {self.comments}"

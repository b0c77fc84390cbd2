"""What may happen to a shortlist, a verb each. Always by a named person (P3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.basis import gate
from panel.core.clock import in_copenhagen, now
from panel.engagement.criteria import Criteria
from panel.engagement.models import Entrance, Shortlist, ShortlistEntry
from panel.engagement.reports import finding, lots
from panel.engagement.reports.leaders import Candidate, measured

LONGEST_SEED = 100


class ShortlistRefused(Exception):
    """It cannot be done to this shortlist; the message says why."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Who is to be drawn: so many above the bar, so many newcomers, by which seed."""

    seats: int = 0
    newcomers: int = 0
    seed: str = ""


@transaction.atomic
def make_shortlist(
    *, name: str, purpose: str, expires_at: datetime, criteria: Criteria, by: User
) -> Shortlist:
    """An empty shortlist that keeps what ``by`` asked for.

    Raises NoBasis, ValidationError for a field that cannot be right, and ShortlistRefused where
    nobody stands behind it.
    """
    basis = gate.require()
    _check_person(by)
    shortlist = Shortlist(
        name=name.strip(),
        purpose=purpose.strip(),
        criteria=criteria.as_json(),
        weights_version=criteria.version,
        made_by=by,
        expires_at=expires_at,
    )
    shortlist.full_clean()
    _check_last_day(expires_at, no_later=basis.valid_until)
    shortlist.save()
    record("shortlist.made", on=shortlist, by=by, detail=shortlist.criteria)
    return shortlist


@transaction.atomic
def add_to(shortlist: Shortlist, *, commenters: Collection[int], by: User) -> list[ShortlistEntry]:
    """Put people (primary keys) chosen by ``by`` on the list; who is on it stays as they are.

    They are measured at the moment the list was made for. Raises ShortlistRefused, naming them,
    where somebody is not above the bar, and as ``make_shortlist``.
    """
    gate.require()
    _check_person(by)
    locked = _locked(shortlist)
    criteria = Criteria.from_json(locked.criteria)
    found = measured(sorted(set(commenters)), criteria.window, criteria.weights)
    _check_all_eligible(commenters, found, criteria)
    return _enter(locked, found, Entrance.CHOSEN, by=by)


@transaction.atomic
def draw_into(shortlist: Shortlist, *, draw: Draw, by: User) -> list[ShortlistEntry]:
    """Draw people by lot: among everybody above the bar, and among the newcomers.

    The seed and how many were drawn are kept with the list. Raises ShortlistRefused without a seed,
    and as ``add_to``.
    """
    gate.require()
    _check_person(by)
    if not draw.seed.strip():
        raise ShortlistRefused(_("A draw needs a seed, so that it can be done again and checked."))
    locked = _locked(shortlist)
    criteria = Criteria.from_json(locked.criteria)
    there = set(locked.entries.values_list("commenter_id", flat=True))
    seed = draw.seed.strip()[:LONGEST_SEED]
    above = lots.drawn_above_the_bar(criteria, seats=draw.seats, seed=seed, without=there)
    there |= {each.commenter for each in above}
    new = lots.drawn_newcomers(criteria, seats=draw.newcomers, seed=seed, without=there)
    made = _enter(locked, above, Entrance.LOTTERY, by=by)
    made += _enter(locked, new, Entrance.NEWCOMER, by=by)
    drawn = {"seed": seed, "above_the_bar": len(above), "newcomers": len(new)}
    locked.criteria = {**locked.criteria, "draws": [*locked.criteria.get("draws", []), drawn]}
    locked.save(update_fields=["criteria"])
    record("shortlist.drawn", on=locked, by=by, detail=drawn)
    return made


@transaction.atomic
def remove_from(entry: ShortlistEntry, *, by: User) -> None:
    """Take somebody off the list. ``put_back`` undoes it."""
    locked = _locked(entry.shortlist)
    if ShortlistEntry.objects.filter(pk=entry.pk, shortlist=locked).delete()[0]:
        record("shortlist.removed", on=locked, by=by, detail={"people": 1})


@transaction.atomic
def put_back(shortlist: Shortlist, *, commenter: int, entrance: str, by: User) -> ShortlistEntry:
    """Undo ``remove_from``: the same person by the same door, measured at the list's own moment.

    Raises ShortlistRefused where nothing is known of them any more, and as ``add_to``.
    """
    gate.require()
    _check_person(by)
    locked = _locked(shortlist)
    if entrance != Entrance.NEWCOMER:
        criteria = Criteria.from_json(locked.criteria)
        found = measured([commenter], criteria.window, criteria.weights)
    else:
        found = lots.as_newcomers([commenter], Criteria.from_json(locked.criteria))
    made = _enter(locked, found, Entrance(entrance), by=by)
    if not made:
        raise ShortlistRefused(_("Nothing is known of this person any more, or they are back."))
    return made[0]


@transaction.atomic
def extend(shortlist: Shortlist, *, until: datetime, by: User) -> Shortlist:
    """Keep the list until ``until``. Raises ShortlistRefused and ValidationError as ``make``."""
    basis = gate.require()
    _check_person(by)
    locked = _locked(shortlist)
    _check_last_day(until, no_later=basis.valid_until)
    before, locked.expires_at = locked.expires_at, until
    locked.save(update_fields=["expires_at"])
    record("shortlist.extended", on=locked, by=by, detail={"from": before, "until": until})
    return locked


@transaction.atomic
def withdraw(shortlist: Shortlist, *, by: User) -> Shortlist:
    """Its purpose is over: everybody on it is let go at once. Needs no basis."""
    locked = _locked(shortlist)
    gone = locked.entries.all().delete()[0]
    locked.withdrawn_at, locked.withdrawn_by = now(), by
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("shortlist.withdrawn", on=locked, by=by, detail={"people": gone})
    return locked


def expire(at: datetime) -> int:
    """Let go of everybody on lists whose last day has passed; how many people."""
    total = 0
    for shortlist in Shortlist.objects.over(at).filter(entries__isnull=False).distinct():
        with transaction.atomic():
            gone = shortlist.entries.all().delete()[0]
            record("shortlist.expired", on=shortlist, by=SYSTEM, detail={"people": gone})
        total += gone
    return total


def _locked(shortlist: Shortlist) -> Shortlist:
    """The list, ours until the transaction ends. Raises ShortlistRefused when it is over."""
    locked = Shortlist.objects.select_for_update().get(pk=shortlist.pk)
    if locked.withdrawn_at is not None or locked.expires_at <= now():
        raise ShortlistRefused(_("This shortlist’s purpose is over. Make a new one."))
    return locked


def _enter(
    shortlist: Shortlist, found: Iterable[Candidate], entrance: Entrance, *, by: User
) -> list[ShortlistEntry]:
    """Write entries for those of ``found`` who are not on the list."""
    there = set(shortlist.entries.values_list("commenter_id", flat=True))
    new = [
        ShortlistEntry(
            shortlist=shortlist,
            commenter_id=each.commenter,
            entrance=entrance,
            score=each.measure.score,
            **each.measure.terms,
            weeks=len(each.facts.weeks),
            comments=each.facts.comments,
        )
        for each in found
        if each.commenter not in there
    ]
    made = ShortlistEntry.objects.bulk_create(new)
    if made:
        detail = {"people": len(made), "entrance": entrance.value}
        record("shortlist.added", on=shortlist, by=by, detail=detail)
    return made


def _check_person(by: User) -> None:
    """No job and no program chooses people: somebody with a name and an open account does."""
    if not isinstance(by, User) or by.pk is None or not by.is_active:
        raise ShortlistRefused(_("A shortlist is made by a named person."))


def _check_last_day(expires_at: datetime, *, no_later: date) -> None:
    if expires_at <= now():
        raise ValidationError({"expires_at": _("The last day must lie ahead.")})
    if in_copenhagen(expires_at).date() > no_later:
        raise ValidationError(
            {
                "expires_at": _("The legal basis ends on %(day)s; the list cannot outlive it.")
                % {"day": date_format(no_later)}
            }
        )


def _check_all_eligible(
    wanted: Collection[int], found: Collection[Candidate], criteria: Criteria
) -> None:
    may = finding.eligible(found, criteria)
    not_now = sorted(set(wanted) - may)
    if not_now:
        names = [str(person) for person in finding.people(not_now).values()]
        raise ShortlistRefused(
            ngettext(
                "%(names)s is not above the bar at the moment this list is made for.",
                "%(names)s are not above the bar at the moment this list is made for.",
                len(not_now),
            )
            % {"names": ", ".join(names) or _("Somebody you chose")}
        )

"""Who said yes to the panel, each by the way they came, and what they told about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from demo.world import AREAS, INTERESTS, Panelist, cast
from panel.accounts.actions import citizen_for
from panel.conversations.models import Commenter
from panel.core.clock import now
from panel.members.actions import Told, claim, tell
from panel.members.joining import join_through_door
from panel.members.models import Area, ConsentText, Interest, Member

AGE_OF_THE_SILENT = 45


def join(person: Panelist, *, key: Mapping[str, str]) -> Member:
    """``person`` joins now; ``key`` is what a door (an invitation's link) left in their session."""
    user = citizen_for(person.email)
    text = ConsentText.objects.current(person.language)
    if text is None:
        raise LookupError(f"No consent text is published in {person.language!r}.")
    member = join_through_door(
        dict(key),
        user,
        text=text,
        birth_year=_birth_year(person, now()),
        has_turned_fifteen=False,
    )
    told = _told(person)
    if told != Told():
        tell(member, told=told, by=user)
    if person.claims:
        theirs = Commenter.objects.get(external_id=cast[person.claims])
        claim(member, commenter=theirs, by=user)
    return member


def _birth_year(person: Panelist, moment: datetime) -> int:
    """Some year of their age band; the product looks at it and keeps none."""
    age = int(person.age_band[:2]) + 3 if person.age_band else AGE_OF_THE_SILENT
    return moment.year - age


def _told(person: Panelist) -> Told:
    names = {area.slug: area.name for area in AREAS}
    interests = tuple(INTERESTS[at][0] for at in person.interests)
    return Told(
        age_band=person.age_band,
        area=Area.objects.get(name=names[person.area]) if person.area else None,
        gender=person.gender,
        interests=tuple(Interest.objects.filter(name__in=interests)) if interests else (),
    )

"""Shortlists as the demo's staff made them: most of them picked, some drawn by lot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from demo.world import cast
from panel.accounts.models import User
from panel.channels.models import Channel
from panel.conversations.models import Commenter
from panel.core.clock import now
from panel.engagement.actions import Draw, add_to, draw_into, make_shortlist
from panel.engagement.criteria import Criteria
from panel.engagement.models import Shortlist
from panel.engagement.reports.finding import candidates, eligible
from panel.engagement.reports.leaders import measured
from panel.invitations.models import Invitation

PURPOSE = "Spørge folk, der ofte deltager, om de vil være med i panelet"
KEPT_FOR = timedelta(days=90)
READ_AT_MOST = 200


def shortlist(
    channel: Channel,
    *,
    name: str,
    people: int,
    wanted: Sequence[str] = (),
    without: Collection[str] = (),
    draw: Draw | None = None,
    by: User,
) -> Shortlist:
    """``people`` of today's candidates: first those ``wanted``, then from the top; then the draw.

    ``wanted`` and ``without`` are keys of the cast. Nobody is chosen who is not above the bar, or
    who was asked before.
    """
    criteria = Criteria(at=now(), channel=channel.slug)
    made = make_shortlist(
        name=name, purpose=PURPOSE, expires_at=now() + KEPT_FOR, criteria=criteria, by=by
    )
    first = _eligible(criteria, _keys(channel, wanted))
    barred = {*first, *_keys(channel, without), *_asked_before(channel)}
    top = [each.commenter for each in candidates(criteria, limit=READ_AT_MOST)]
    others = [key for key in _eligible(criteria, top) if key not in barred]
    add_to(made, commenters=[*first, *others][:people], by=by)
    if draw:
        draw_into(made, draw=draw, by=by)
    return made


def _eligible(criteria: Criteria, keys: Sequence[int]) -> list[int]:
    """Those of ``keys`` (commenters) who are above the bar, in the same order."""
    found = measured(keys, criteria.window, criteria.weights)
    may = eligible(found, criteria)
    return [key for key in keys if key in may]


def _keys(channel: Channel, names: Collection[str]) -> list[int]:
    """The commenters' primary keys for keys of the cast, in order; who is not there is left out."""
    ids = [cast[name] for name in names]
    found = Commenter.objects.filter(channel=channel, external_id__in=ids)
    known = dict(found.values_list("external_id", "pk"))
    return [known[each] for each in ids if each in known]


def _asked_before(channel: Channel) -> set[int]:
    asked = Invitation.objects.filter(commenter__channel=channel)
    return set(asked.values_list("commenter_id", flat=True))

"""Who objected never comes back: by no file, no edit, no rename, no restored backup (P5).

A machine does everything that may be done to comments and people, in any order, over two channels
that know the same people and one that does not. ``MEDSPIL_FAULTS`` is the share of 100,000 steps; a
tenth by default. A backup is a savepoint and a restore the way back to it: the database forgets,
the log of objections does not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.basis.models import Objection, Route
from panel.channels.incoming import IncomingAuthor, IncomingComment, IncomingRemoval
from panel.channels.models import Channel
from panel.conversations.intake import counting
from panel.conversations.intake.batch import Intake
from panel.conversations.models import Comment, Commenter
from panel.engagement import actions as finding
from panel.engagement.criteria import Criteria
from panel.engagement.models import Shortlist, ShortlistEntry
from panel.engagement.reports.finding import candidates, eligible
from panel.invitations import actions as inviting
from panel.invitations.actions.answers import find
from panel.invitations.actions.invitations import give_link
from panel.invitations.models import Invitation, Template
from panel.invitations.sealing import seal
from panel.privacy.objecting import object_for, replay
from tests.factories.accounts import staff_with
from tests.factories.panel import approved_template, open_gate

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.1"))
STEPS = int(100_000 * SHARE)
STEPS_AN_EXAMPLE = 100

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SCOPES = {"page": "network:1", "export": "network:1", "other": "network:2"}
PEOPLE, COMMENTS, POSTS = 6, 36, 5
# The dearest step: a few lists an example leave time for more of everything else.
MOST_LISTS = 4

# (scope, the network's id): who a person is, wherever they write.
Person = tuple[str, str]


@dataclass(slots=True)
class Town:
    """What every example begins with; made once."""

    channels: dict[str, Channel]
    maker: User
    releaser: User
    template: Template
    steps: int = 0
    objections: int = 0
    met: set[str] = field(default_factory=set)


TOWN: list[Town] = []


class Objecting(RuleBasedStateMachine):
    """Everything that may bring somebody back, and the one thing that must not happen."""

    places = st.sampled_from(sorted(SCOPES))
    numbers = st.lists(st.integers(0, COMMENTS - 1), min_size=1, max_size=8)
    one = st.integers(0, COMMENTS - 1)
    people = st.integers(0, PEOPLE - 1)

    def __init__(self) -> None:
        super().__init__()
        self.town = TOWN[0]
        self.objected: set[Person] = set()
        self.names: dict[Person, int] = {}
        self.texts: dict[tuple[str, int], int] = {}
        self.seen: dict[str, set[int]] = {slug: set() for slug in SCOPES}
        self.runs: dict[str, Intake] = {}
        self.backups: list[str] = []
        self.tokens: list[str] = []
        self.lists = 0

    @initialize()
    def begin(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        Path(settings.OBJECTION_LOG).unlink(missing_ok=True)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    # --- What comes in ----------------------------------------------------------------------------

    @rule(slug=places, numbers=numbers, goes_on=st.booleans())
    def import_file(self, slug: str, numbers: list[int], goes_on: bool) -> None:
        """A file, or the next part of one that was begun before somebody objected."""
        self._did("import")
        self._take(slug, numbers, goes_on=goes_on)

    @rule(slug=places)
    def re_import(self, slug: str) -> None:
        """Everything that ever came in, once more."""
        self._did("re-import")
        self._take(slug, sorted(self.seen[slug]))

    @rule(slug=places, number=one)
    def edit(self, slug: str, number: int) -> None:
        self._did("edit")
        self.texts[slug, number] = self.texts.get((slug, number), 0) + 1
        self._take(slug, [number])

    @rule(slug=places, who=people)
    def rename(self, slug: str, who: int) -> None:
        self._did("rename")
        person = (SCOPES[slug], f"u{who}")
        self.names[person] = self.names.get(person, 0) + 1
        self._take(slug, [number for number in range(COMMENTS) if number % PEOPLE == who][:2])

    @rule(slug=places, number=one)
    def remove(self, slug: str, number: int) -> None:
        """The network takes a comment away."""
        self._did("remove")
        gone = IncomingRemoval(external_id=f"c{number}", removed_at=self._now())
        Intake(self.town.channels[slug], at=self._now()).take([[gone]])

    # --- What we do with it -----------------------------------------------------------------------

    @rule()
    def score(self) -> None:
        self._did("score")
        found = candidates(Criteria(at=NOON), limit=50)
        who = Commenter.objects.in_bulk([each.commenter for each in found])
        assert len(who) == len(found)

    @rule()
    def count_anew(self) -> None:
        self._did("count")
        counting.rebuild()

    @precondition(lambda self: self.lists < MOST_LISTS)
    @rule(seats=st.integers(1, 3))
    def shortlist(self, seats: int) -> None:
        self._did("shortlist")
        self.lists += 1
        criteria = Criteria(at=NOON)
        may = sorted(eligible(candidates(criteria, limit=20), criteria))[:seats]
        made = finding.make_shortlist(
            name="Liste",
            purpose="Panelet",
            expires_at=NOON + timedelta(days=30),
            criteria=criteria,
            by=self.town.maker,
        )
        if may:
            finding.add_to(made, commenters=may, by=self.town.maker)

    @precondition(lambda self: self.lists and ShortlistEntry.objects.exists())
    @rule()
    def invite(self) -> None:
        self._did("invite")
        made = Shortlist.objects.filter(entries__isnull=False).latest("pk")
        by = self.town.maker
        campaign = inviting.make(name="Runde", template=self.town.template, shortlist=made, by=by)
        inviting.submit(campaign, by=by)
        inviting.release(campaign, seen=seal(campaign), by=self.town.releaser)
        for invitation in campaign.invitations.all():
            self.tokens.append(give_link(invitation))

    # --- What somebody says -----------------------------------------------------------------------

    @rule(place=st.integers(0, 100))
    def object(self, place: int) -> None:
        people = list(Commenter.objects.select_related("channel").order_by("pk"))
        if people:
            self._object(people[place % len(people)], Route.STAFF)

    @precondition(lambda self: bool(self.tokens))
    @rule(place=st.integers(0, 50))
    def object_by_the_link(self, place: int) -> None:
        invitation = find(self.tokens[place % len(self.tokens)])
        if invitation is not None and invitation.commenter is not None:
            self._object(invitation.commenter, Route.INVITATION)

    # --- What happens to the machine --------------------------------------------------------------

    @precondition(lambda self: len(self.backups) < 4)
    @rule()
    def back_up(self) -> None:
        self._did("back up")
        self.backups.append(transaction.savepoint())

    @precondition(lambda self: bool(self.backups))
    @rule(place=st.integers(0, 3))
    def restore(self, place: int) -> None:
        """Back to an older state, as after a crash; then, before the site opens, the replay."""
        self._did("restore")
        del self.backups[place % len(self.backups) + 1 :]
        transaction.savepoint_rollback(self.backups[-1])
        self.runs.clear()
        replay()

    # --- What must hold after every step ----------------------------------------------------------

    @invariant()
    def nobody_is_back(self) -> None:
        known = Commenter.objects.values_list("channel__scope", "external_id")
        assert self.objected.isdisjoint(known)

    def _object(self, commenter: Commenter, route: Route) -> None:
        self._did("object")
        self.town.objections += 1
        person = (commenter.channel.scope, commenter.external_id)
        object_for(commenter, route=route)
        self.objected.add(person)
        gone = [slug for slug, scope in SCOPES.items() if scope == person[0]]
        texts = Comment.objects.filter(channel__slug__in=gone, external_id__in=_theirs(person[1]))
        assert not texts.exclude(commenter=None).exists()
        assert not texts.filter(is_counted=True).exists()
        left = Invitation.objects.filter(commenter=None)
        assert not left.exclude(token="").exists()
        assert not left.exclude(email="").exists()
        assert not left.exclude(token_hash=None).exists()
        assert Objection.objects.count() == len(self.objected)

    def _take(self, slug: str, numbers: list[int], *, goes_on: bool = False) -> None:
        channel = self.town.channels[slug]
        if not goes_on or slug not in self.runs:
            self.runs[slug] = Intake(channel, at=self._now())
        self.seen[slug].update(numbers)
        entries = [[self._comment(slug, number)] for number in numbers]
        self.runs[slug].take(entries)

    def _comment(self, slug: str, number: int) -> IncomingComment:
        who = f"u{number % PEOPLE}"
        named = self.names.get((SCOPES[slug], who), 0)
        return IncomingComment(
            external_id=f"c{number}",
            text=f"Kommentar {slug} {number} {self.texts.get((slug, number), 0)}",
            written_at=NOON - timedelta(days=3 * number, hours=number % 7),
            post_external_id=f"p{number % POSTS}",
            parent_external_id=f"c{number - 1}" if number % 3 == 2 else "",
            author=IncomingAuthor(external_id=who, name=f"Navn {who} {named}"),
            seen_at=self._now(),
        )

    def _now(self) -> datetime:
        """Every step is a second later than the one before."""
        return NOON + timedelta(seconds=self.town.steps)

    def _did(self, what: str) -> None:
        self.town.steps += 1
        self.town.met.add(what)


def _theirs(external_id: str) -> list[str]:
    who = int(external_id.removeprefix("u"))
    return [f"c{number}" for number in range(COMMENTS) if number % PEOPLE == who]


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Path) -> Iterator[Town]:
    """Channels, two people who may decide, an approved text, and a basis."""
    settings.OBJECTION_LOG = tmp_path / "objections.log"
    with time_machine.travel(NOON, tick=False):
        open_gate()
        maker, releaser = staff_with(Role.COMMS), staff_with(Role.EDITOR)
        made = Town(
            channels={
                slug: Channel.objects.create(slug=slug, name=slug, kind="byhand", scope=scope)
                for slug, scope in SCOPES.items()
            },
            maker=maker,
            releaser=releaser,
            template=approved_template(by=staff_with(Role.COMMS), approver=releaser),
        )
        TOWN[:] = [made]
        yield made
        TOWN.clear()


@pytest.mark.faults
@pytest.mark.timeout(max(900, int(STEPS / 10)))
def test_who_objected_never_comes_back(town: Town) -> None:
    """In as many steps as asked for, each kind of them met, and often objected to."""
    while town.steps < STEPS:
        examples = -(-(STEPS - town.steps) // STEPS_AN_EXAMPLE)
        run_state_machine_as_test(
            Objecting,
            settings=how(
                max_examples=examples,
                stateful_step_count=STEPS_AN_EXAMPLE,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert town.met == {
        *("import", "re-import", "edit", "rename", "remove", "score", "count"),
        *("shortlist", "invite", "object", "back up", "restore"),
    }
    assert town.objections > STEPS / 100

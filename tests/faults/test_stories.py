"""What is live was approved, to the letter, by somebody who is no author of it (S7).

A machine does everything that can touch a page, in any order, by any of six people, with the right
to and without: Wagtail's own ways (its screens call the same actions), ours, and writing to the
database past both. It keeps its own book of who wrote what and who said yes to it.
``MEDSPIL_FAULTS`` is the share of 50,000 steps; a tenth by default, and in ``run.py test``, half of
it on each database. A failure names its MEDSPIL_SEED: with it in the environment, the same steps
come first. Wagtail's write API is not among our addresses, so there is nothing of it to
try (``tests/test_permission_matrix.py``).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import randrange
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed
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
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Revision

from cms.publishing import actions, sweeping
from cms.publishing.models import State
from cms.review import actions as review
from cms.review.actions import Refused
from cms.review.models import Approval
from cms.review.moves import MoveRefused
from cms.review.permissions import may_approve
from cms.stories.models import StoryIndexPage, StoryPage, Teaser
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.channels.models import Channel
from panel.core.clock import now
from panel.outbox.moves import Refused as Stopped
from tests.factories.accounts import staff_with
from tests.factories.pages import home
from tests.factories.stories import channel, stories, story

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.1"))
STEPS = int(50_000 * SHARE)
STEPS_AN_EXAMPLE = 100
# Where Hypothesis takes no chances, as in CI, it still takes others in each round.
SEED = int(os.environ.get("MEDSPIL_SEED", 0 if how().derandomize else randrange(2**32)))
MOST_PAGES = 7

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
Words = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Yes:
    """Somebody said yes to these words, for this time."""

    words: Words
    by: int
    hands: frozenset[int]
    due_at: datetime


@dataclass(slots=True)
class Newsroom:
    """What every example begins with; made once."""

    people: list[User]
    editors: list[User]
    channel: Channel
    indexes: list[StoryIndexPage]
    clock: Any
    steps: int = 0
    lives: int = 0
    met: set[str] = field(default_factory=set)
    ok: Counter[str] = field(default_factory=Counter)

    def undone(self) -> set[str]:
        """What was tried and never succeeded; publishing past approval never does."""
        return self.met - set(self.ok) - {"publish", "publish older", "import"}


ROOM: list[Newsroom] = []


def words_of(page: Any) -> Words:
    """What a reader sees of it, as this book keeps it."""
    teasers = sorted((row.channel_id, row.text) for row in page.teasers.all())
    body = [str(block.value) for block in page.body]
    return (page.title, page.slug, page.lead, page.kind, tuple(body), tuple(teasers))


class Publishing(RuleBasedStateMachine):
    """Everything that can touch a page, and the one thing that must hold."""

    places = st.integers(0, MOST_PAGES - 1)
    # Mostly those who write: where editors have a hand in everything, nothing is ever approved.
    people = st.sampled_from([0, 0, 0, 1, 1, 1, 2, 3, 4, 5])
    anybody = st.integers(0, 5)
    deciders = st.sampled_from([1, 2, 3, 4, 5])
    minutes = st.sampled_from([None, 5, 30, 120])

    def __init__(self) -> None:
        super().__init__()
        self.room = ROOM[0]
        self.hands: dict[int, set[int]] = {}
        self.said: dict[int, list[Yes]] = {}
        self.live: dict[int, Words] = {}
        self.shown: set[int] = set()
        self.made = self.turn = 0

    @initialize()
    def begin(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.room.clock.move_to(NOON)
        for editor in self.room.editors:
            editor.is_active = True
        # One is still to come, so that there is something to hold back.
        for who, minutes in ((0, None), (1, None), (2, 120)):
            self.write(who)
            self.submit_and_approve(who, minutes)
        # And one waits for an answer.
        self.write(0)
        self.submit(len(self.hands) - 1, 0, 120)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    # --- Writing ----------------------------------------------------------------------------------

    @precondition(lambda self: self.made < MOST_PAGES)
    @rule(who=people)
    def write(self, who: int) -> None:
        with self._try("write"):
            self.made += 1
            by = self.room.people[who]
            page = story(by=by, title=f"Historie {self.made}")
            self.hands[page.pk] = {by.pk}

    @rule(place=places, who=people, what=st.sampled_from(["title", "lead", "body", "slug"]))
    def edit(self, place: int, who: int, what: str) -> None:
        new = f"ny {self.turn}"
        value: Any = [("text", f"<p>{new}</p>")] if what == "body" else new.replace(" ", "-")
        self._rewrite("edit", place, who, **{what: value})

    @rule(place=places, who=people)
    def save_without_a_change(self, place: int, who: int) -> None:
        self._rewrite("save", place, who)

    @rule(place=places, who=people)
    def write_a_teaser(self, place: int, who: int) -> None:
        with self._try("teaser"):
            page, by = self._page(place), self.room.people[who]
            draft = page.get_latest_revision_as_object()
            draft.teasers = [Teaser(channel=self.room.channel, text=f"Tekst {self.turn}")]
            draft.save_revision(user=by)
            self._touched(page, by)

    @rule(place=places)
    def save_by_itself(self, place: int) -> None:
        """The editor saves over the newest version while somebody types."""
        with self._try("autosave"):
            page = self._page(place)
            newest = page.latest_revision
            draft = page.get_latest_revision_as_object()
            draft.lead = f"Tastet {self.turn}"
            draft.save_revision(user=newest.user, overwrite_revision=newest)
            self._touched(page, newest.user)

    @rule(place=places, who=people, back=st.integers(0, 5))
    def restore(self, place: int, who: int, back: int) -> None:
        with self._try("restore"):
            page, by = self._page(place), self.room.people[who]
            versions = list(page.revisions.order_by("-pk"))
            old = versions[back % len(versions)]
            old.as_object().save_revision(user=by, previous_revision=old)
            self._touched(page, by)

    @rule(place=places, locked=st.booleans())
    def lock(self, place: int, locked: bool) -> None:
        with self._try("lock"):
            page = self._page(place)
            page.locked = locked
            page.save(update_fields=["locked"])

    # --- Asking and saying ------------------------------------------------------------------------

    @rule(place=places, who=people, minutes=minutes)
    def submit(self, place: int, who: int, minutes: int | None) -> None:
        with self._try("submit"):
            page, by = self._page(place), self.room.people[who]
            actions.submit(page, due_at=self._at(minutes), patience=60, by=by)
            self.hands[page.pk].add(by.pk)

    @rule(place=places, who=anybody, honest=st.sampled_from([True, True, False]))
    def approve(self, place: int, who: int, honest: bool) -> None:
        with self._try("approve"):
            approval = self._open(place)
            page = StoryPage.objects.get(pk=approval.page_id)
            self._approve(page, approval, who, honest=honest)

    @rule(place=places, who=people, other=people)
    def hold_for_a_moment(self, place: int, who: int, other: int) -> None:
        with self._try("hold for a moment"):
            approval = self._open(place)
            actions.hold_back(approval, why="Regn", by=self.room.people[who])
            sweeping.sweep()
            actions.go_on(approval, by=self.room.people[other])

    @rule(place=places, minutes=minutes, out=st.booleans())
    def submit_and_approve(self, place: int, minutes: int | None, out: bool = False) -> None:
        """The usual way, which chance alone would seldom find, until it is out."""
        with self._try("submit and approve"):
            page, by = self._page(place), self.room.people[0]
            approval = actions.submit(page, due_at=self._at(minutes), by=by)
            self.hands[page.pk].add(by.pk)
            free = [who for who in (2, 3, 4, 5) if may_approve(self.room.people[who], approval)]
            self._approve(page, approval, free[0], honest=True)
            if out:
                self.room.clock.shift(timedelta(minutes=minutes or 0))
                sweeping.sweep()

    @rule(place=places, who=deciders, verb=st.sampled_from([review.reject, review.ask_for_changes]))
    def refuse(self, place: int, who: int, verb: Any) -> None:
        with self._try(verb.__name__):
            verb(self._open(place), note="Nej", by=self.room.people[who])

    @rule(place=places, who=people)
    def take_back(self, place: int, who: int) -> None:
        with self._try("take back"):
            review.take_back(self._open(place), by=self.room.people[who])

    @rule(place=places, who=people, minutes=minutes)
    def move_in_time(self, place: int, who: int, minutes: int | None) -> None:
        with self._try("move in time"):
            approval, by = self._open(place), self.room.people[who]
            actions.move(approval, due_at=self._at(minutes), why="Regn", by=by)
            self.hands[approval.page_id or 0].add(by.pk)

    @rule(place=places, who=people, verb=st.sampled_from([actions.hold_back, actions.cancel]))
    def stop(self, place: int, who: int, verb: Any) -> None:
        with self._try(verb.__name__):
            verb(self._open(place), why="Regn", by=self.room.people[who])

    @rule(place=places, who=people)
    def go_on(self, place: int, who: int) -> None:
        with self._try("go on"):
            held = Approval.objects.open().filter(publications__state=State.HELD)
            actions.go_on(self._one(held, place), by=self.room.people[who])

    @rule(who=people, on=st.booleans())
    def pause(self, who: int, on: bool) -> None:
        with self._try("pause" if on else "end pause"):
            by = self.room.people[who]
            if on:
                actions.pause(reason="Storm", by=by)
            else:
                actions.end_pause(by=by)

    @rule(minutes=st.sampled_from([0, 0, 1, 10, 45, 200]))
    def time_passes(self, minutes: int) -> None:
        with self._try("time"):
            self.room.clock.shift(timedelta(minutes=minutes))
            sweeping.sweep()
            sweeping.replace_who_left()
            sweeping.close_late()

    @rule(which=st.integers(0, 1), active=st.booleans())
    def come_and_go(self, which: int, active: bool) -> None:
        with self._try("leave"):
            editor = self.room.editors[which]
            editor.is_active = active
            editor.save(update_fields=["is_active"])

    # --- Wagtail's other ways ---------------------------------------------------------------------

    @rule(place=places, who=people, unasked=st.booleans())
    def publish_by_hand(self, place: int, who: int, unasked: bool) -> None:
        with self._try("publish"):
            version = self._page(place).latest_revision
            by = self.room.people[who]
            PublishPageRevisionAction(version, user=by).execute(skip_permission_checks=unasked)

    @rule(place=places, back=st.integers(0, 5))
    def publish_an_older_version(self, place: int, back: int) -> None:
        with self._try("publish older"):
            versions = list(self._page(place).revisions.order_by("-pk"))
            versions[back % len(versions)].publish()

    @rule(who=people, below=st.booleans())
    def publish_in_bulk(self, who: int, below: bool) -> None:
        """The stories themselves, or the page above with all that is below it."""
        with self._try("bulk"):
            index = StoryIndexPage.objects.get(pk=self.room.indexes[0].pk)
            PublishBulkAction.execute_action(
                [index] if below else self._pages(),
                include_descendants=True,
                user=self.room.people[who],
            )

    @rule(place=places, who=people, minutes=st.sampled_from([-5, 30]))
    def schedule_the_other_way(self, place: int, who: int, minutes: int) -> None:
        with self._try("wagtail's schedule"):
            page, by = self._page(place), self.room.people[who]
            draft = page.get_latest_revision_as_object()
            draft.go_live_at = now() + timedelta(minutes=minutes)
            version = draft.save_revision(user=by)
            self._touched(page, by)
            Revision.objects.filter(pk=version.pk).update(approved_go_live_at=draft.go_live_at)

    @rule(times=st.integers(1, 2))
    def run_the_other_schedule(self, times: int) -> None:
        with self._try("publish_scheduled"):
            for _time in range(times):
                call_command("publish_scheduled")

    @rule(place=places, who=people)
    def take_down(self, place: int, who: int) -> None:
        with self._try("take down"):
            page = self._one(StoryPage.objects.live(), place)
            UnpublishPageAction(page, user=self.room.people[who]).execute()

    @rule(place=places, who=people, to=st.integers(0, 1), unasked=st.booleans())
    def move_in_the_tree(self, place: int, who: int, to: int, unasked: bool) -> None:
        with self._try("move"):
            page = self._page(place)
            index = StoryIndexPage.objects.get(pk=self.room.indexes[to].pk)
            action = MovePageAction(page, index, pos="last-child", user=self.room.people[who])
            action.execute(skip_permission_checks=unasked)

    @precondition(lambda self: self.made < MOST_PAGES)
    @rule(place=places, who=people, keep=st.booleans(), versions=st.booleans())
    def copy(self, place: int, who: int, keep: bool, versions: bool) -> None:
        """With every version, as Wagtail's screens do it, and without."""
        with self._try("copy"):
            page, by = self._page(place), self.room.people[who]
            copied = CopyPageAction(
                page,
                update_attrs={"slug": f"kopi-{self.turn}"},
                keep_live=keep,
                copy_revisions=versions,
                user=by,
            ).execute(skip_permission_checks=True)
            self._descends(copied, page, by)

    @precondition(lambda self: self.made < MOST_PAGES)
    @rule(place=places)
    def alias(self, place: int) -> None:
        with self._try("alias"):
            page = self._page(place)
            made = page.create_alias(update_slug=f"alias-{self.turn}")
            self._descends(made, page, None)

    @rule(place=places, who=people)
    def make_an_alias_a_page(self, place: int, who: int) -> None:
        with self._try("convert alias"):
            by = self.room.people[who]
            page = self._one(StoryPage.objects.filter(alias_of__isnull=False), place)
            ConvertAliasPageAction(page, user=by).execute(skip_permission_checks=True)
            self._touched(page, by)

    @precondition(lambda self: self.made < MOST_PAGES)
    @rule(place=places, alias=st.booleans())
    def translate(self, place: int, alias: bool) -> None:
        with self._try("translate"):
            page = self._page(place)
            other = self.room.indexes[1 if page.locale_id == self.room.indexes[0].locale_id else 0]
            if page.has_translation(other.locale):
                raise _Nothing
            made = page.copy_for_translation(other.locale, alias=alias)
            self._descends(made, page, None)

    @rule(place=places, whole=st.booleans())
    def write_past_everything(self, place: int, whole: bool) -> None:
        """An import, a shell: the live row is written as if nobody had to be asked."""
        with self._try("import"):
            page = self._page(place)
            page.title, page.live = f"Smuglet {self.turn}", True
            page.save(**({} if whole else {"update_fields": ["title", "live"]}))

    @precondition(lambda self: self.made < MOST_PAGES)
    @rule(live=st.booleans())
    def bring_in_a_page(self, live: bool) -> None:
        with self._try("bring in"):
            self.made += 1
            index = StoryIndexPage.objects.get(pk=self.room.indexes[0].pk)
            page = StoryPage(title="Hentet", slug=f"hentet-{self.turn}", lead="x", live=live)
            index.add_child(instance=page)
            self.hands[page.pk] = set()

    @rule(place=places)
    def smuggle_into_a_version(self, place: int) -> None:
        """Past Wagtail, into what was approved."""
        with self._try("smuggle"):
            version = self._page(place).latest_revision
            version.content["title"] = f"Smuglet {self.turn}"
            version.save(update_fields=["content"])

    @rule(place=places, who=people, really=st.sampled_from([False, False, False, True]))
    def delete(self, place: int, who: int, really: bool) -> None:
        with self._try("delete"):
            page = self._page(place)
            if really:
                page.delete(user=self.room.people[who])
                self.made -= 1

    # --- What must hold after every step ----------------------------------------------------------

    @invariant()
    def what_is_live_was_approved(self) -> None:
        showing = StoryPage.objects.live().prefetch_related("teasers")
        live = {page.pk: words_of(page) for page in showing}
        shown = dict(
            Approval.objects.filter(published_at__isnull=False).values_list("pk", "page_id")
        )
        # The same words may be shown again by another yes; and be gone again before this looks.
        new = {page for approval, page in shown.items() if approval not in self.shown}
        for key, words in live.items():
            if self.live.get(key) == words and key not in new:
                continue
            found = [yes for yes in self.said.get(key, []) if yes.words == words]
            assert any(yes.by not in yes.hands and yes.due_at <= now() for yes in found), words
            self.room.lives += 1
        # Everybody begins anew: this version is approved and live.
        self.hands |= {page: set() for page in new if page is not None}
        self.live, self.shown = live, set(shown)

    # --- The book ---------------------------------------------------------------------------------

    @contextmanager
    def _try(self, what: str) -> Iterator[None]:
        """One step. What is refused changes nothing; whatever else goes wrong fails the test."""
        self.room.steps += 1
        self.turn += 1
        self.room.met.add(what)
        try:
            with transaction.atomic():
                yield
        except (Refused, MoveRefused, Stopped, PermissionDenied, ValidationError, _Nothing):
            return
        self.room.ok[what] += 1

    def _pages(self) -> list[StoryPage]:
        return list(StoryPage.objects.filter(alias_of__isnull=True).order_by("pk"))

    def _page(self, place: int) -> StoryPage:
        pages = self._pages()
        if not pages or pages[place % len(pages)].latest_revision is None:
            raise _Nothing
        return pages[place % len(pages)]

    def _open(self, place: int) -> Approval:
        approval: Approval = self._one(Approval.objects.open(), place)
        return approval

    def _one(self, among: Any, place: int) -> Any:
        found = list(among.order_by("pk"))
        if not found:
            raise _Nothing
        return found[place % len(found)]

    def _approve(self, page: StoryPage, approval: Approval, who: int, *, honest: bool) -> None:
        # Wagtail takes the live row for the draft where it knows of no change.
        version: Any = page.latest_revision
        seen = approval.seal if honest else "0" * 64
        review.approve(approval, seen=seen, by=self.room.people[who])
        assert honest
        self.said.setdefault(page.pk, []).append(
            Yes(
                words_of(version.as_object()),
                self.room.people[who].pk,
                frozenset(self.hands[page.pk]),
                min(row.due_at for row in approval.publications.all() if row.due_at),
            )
        )

    def _rewrite(self, what: str, place: int, who: int, **fields: Any) -> None:
        with self._try(what):
            page, by = self._page(place), self.room.people[who]
            draft = page.get_latest_revision_as_object()
            for name, value in fields.items():
                setattr(draft, name, value)
            draft.save_revision(user=by)
            self._touched(page, by)

    def _touched(self, page: StoryPage, by: User | None) -> None:
        if by is not None:
            self.hands[page.pk].add(by.pk)

    def _descends(self, made: Any, page: StoryPage, by: User | None) -> None:
        self.made += 1
        self.hands[made.pk] = set(self.hands[page.pk]) | ({by.pk} if by else set())

    def _at(self, minutes: int | None) -> datetime | None:
        return now() + timedelta(minutes=minutes) if minutes else None


class _Nothing(Exception):
    """There is nothing to do it to."""


@pytest.fixture
def room(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """Two who write, three editors, and one who may everything else."""
    monkeypatch.setattr(sweeping, "clock", now)
    with time_machine.travel(NOON, tick=False) as clock:
        editors = [staff_with(Role.EDITOR, name=f"Editor {number}") for number in range(3)]
        writers = [staff_with(Role.COMMS, name=f"Skribent {number}") for number in range(2)]
        root = User.objects.create_superuser("root@example.org", name="Rita Rod")
        indexes = [stories("da"), stories("en")]
        made = Newsroom([*writers, *editors, root], editors, channel(), indexes, clock)
        assert home("en").live
        ROOM[:] = [made]
        yield made
        ROOM.clear()


@pytest.mark.faults
@pytest.mark.timeout(max(1800, int(STEPS / 5)))
def test_what_is_live_was_approved(room: Newsroom) -> None:
    """In as many steps as asked for, and more until each kind of them was met and done once."""
    most = 2 * STEPS + 5_000
    for number in count(SEED):
        if room.steps >= STEPS and (not room.undone() or room.steps >= most):
            break
        # Chance draws which moves an example may make: few examples would leave some out.
        examples = max(25, -(-(STEPS - room.steps) // STEPS_AN_EXAMPLE))
        print(f"MEDSPIL_SEED={number}")
        run_state_machine_as_test(
            seed(number)(Publishing),
            settings=how(
                max_examples=examples,
                stateful_step_count=STEPS_AN_EXAMPLE,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert room.undone() == set()
    assert room.lives > room.steps / 500

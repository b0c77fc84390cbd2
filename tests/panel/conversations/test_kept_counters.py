"""Whatever happens, in whatever order: the counters kept along the way are those made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.accounts.models import User
from panel.audit.actions import SYSTEM
from panel.basis.models import Objection, Route
from panel.channels.incoming import IncomingAuthor, IncomingRemoval
from panel.channels.models import Channel
from panel.conversations import actions
from panel.conversations.intake.batch import Intake
from panel.conversations.models import Comment, Commenter, Post
from panel.core.crypto import keyed_hash
from tests.factories.conversations import START, ChannelFactory, said
from tests.panel.conversations.rows import assert_kept_is_rebuilt

NUMBERS = st.integers(0, 9)
PEOPLE = st.sampled_from(["anna", "bo", "carl", None])

comments = st.builds(
    said,
    NUMBERS,
    st.sampled_from(["Enig", "Uenig", "@Bo", "👍", "Noget tredje"]),
    by=PEOPLE,
    post=st.sampled_from(["", "p1", "p2"]),
    to=st.sampled_from(["", "c0", "c1", "c2", "c5"]),
    at=st.integers(0, 40).map(lambda day: START + timedelta(days=day)),
)
pages = st.builds(
    lambda number, name, is_page: said(number, by=IncomingAuthor(name, name.capitalize(), is_page)),
    NUMBERS,
    st.sampled_from(["anna", "bo"]),
    st.sampled_from([True, False, None]),
)
removals = st.builds(IncomingRemoval, NUMBERS.map(lambda number: f"c{number}"), st.just(START))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.lists(comments | pages | removals, max_size=6)),
        st.tuples(st.just("take"), st.lists(comments, min_size=4, max_size=12)),
        st.tuples(st.just("hide"), NUMBERS),
        st.tuples(st.just("show"), NUMBERS),
        st.tuples(st.just("compete"), st.sampled_from(["", "p1", "p2"])),
        st.tuples(st.just("object"), st.sampled_from(["anna", "bo"])),
        st.tuples(st.just("retain"), st.sampled_from(["anna", "carl"])),
    ),
    min_size=1,
    max_size=9,
)


class Town:
    """One channel and the people who do things to it; what cannot be done just now is let be."""

    def __init__(self, channel: Channel, clerk: User) -> None:
        self.channel = channel
        self.clerk = clerk
        self.days = 0

    def do(self, verb: str, what: Any) -> None:
        self.days += 1
        doing: Callable[[Any], None] = getattr(self, verb)
        doing(what)

    def take(self, items: list[Any]) -> None:
        run = Intake(self.channel, at=START + timedelta(days=self.days))
        run.take([(item,) for item in items])

    def hide(self, number: int) -> None:
        for comment in Comment.objects.filter(external_id=f"c{number}").present():
            actions.hide(comment, rule="Hold en god tone", by=self.clerk)

    def show(self, number: int) -> None:
        for comment in Comment.objects.filter(external_id=f"c{number}", hidden_at__isnull=False):
            actions.show_again(comment, by=self.clerk)

    def compete(self, name: str) -> None:
        for post in Post.objects.filter(external_id=name):
            actions.mark_competition(post, is_competition=not post.is_competition, by=self.clerk)

    def object(self, name: str) -> None:
        keys = list(Commenter.objects.filter(external_id=name).values_list("pk", flat=True))
        mark = keyed_hash("objection", f"{self.channel.scope}:{name}")
        with actions.holding_channels_of(keys):
            Objection.objects.get_or_create(subject_hash=mark, defaults={"route": Route.WEBSITE})
            actions.forget(keys, by=SYSTEM)

    def retain(self, name: str) -> None:
        keys = list(Commenter.objects.filter(external_id=name).values_list("pk", flat=True))
        actions.forget(keys, by=SYSTEM, keep_words=False)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(happened=steps)
def test_counters_kept_along_the_way_are_those_made_anew(
    clerk: User, happened: list[tuple[str, Any]]
):
    with undone():
        town = Town(ChannelFactory(), clerk)
        for verb, what in happened:
            town.do(verb, what)
        assert_kept_is_rebuilt(town.channel)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(happened=steps)
def test_who_objected_is_never_known_again(clerk: User, happened: list[tuple[str, Any]]):
    with undone():
        town = Town(ChannelFactory(), clerk)
        gone: set[str] = set()
        for verb, what in happened:
            town.do(verb, what)
            gone |= {what} if verb == "object" else set()
            assert not Commenter.objects.filter(external_id__in=gone).exists()

"""What comes in becomes rows, the same ones in any order and however often."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panel.basis.models import Objection, Route
from panel.channels.incoming import IncomingAuthor, IncomingComment, IncomingPost, IncomingRemoval
from panel.channels.models import Channel
from panel.conversations.intake.batch import Intake
from panel.conversations.models import Comment, Commenter, Department, Post
from panel.core.crypto import keyed_hash
from tests.factories.conversations import START, ChannelFactory, said, take
from tests.panel.conversations.rows import everything

LATER = START + timedelta(days=30)


@pytest.fixture
def channel(db: None) -> Channel:
    return ChannelFactory()


def comment(number: int = 1) -> Comment:
    return Comment.objects.get(external_id=f"c{number}")


def test_a_comment_becomes_a_row_with_its_author_and_post(channel: Channel):
    outcome = take(channel, said(1, "Lygten er ude", likes=3, url="https://example.dk/1"))
    row = comment()
    assert (outcome.added, outcome.updated, outcome.unchanged) == (1, 0, 0)
    assert (row.text, row.likes, row.url) == ("Lygten er ude", 3, "https://example.dk/1")
    assert (row.commenter.name, row.post.external_id) == ("Anna", "p1")
    assert row.written_at == START + timedelta(minutes=1)


def test_the_same_again_changes_nothing(channel: Channel):
    take(channel, said(1), at=START)
    outcome = take(channel, said(1), at=LATER)
    assert (outcome.added, outcome.updated, outcome.unchanged) == (0, 0, 1)
    assert comment().seen_at == START


def test_an_edit_is_an_update(channel: Channel):
    take(channel, said(1, "Før"), at=START)
    outcome = take(channel, said(1, "Efter"), at=LATER)
    assert outcome.updated == 1
    assert (comment().text, comment().seen_at) == ("Efter", LATER)


def test_an_older_version_that_comes_late_changes_nothing(channel: Channel):
    take(channel, said(1, "Ny", seen_at=LATER), said(2))
    outcome = take(channel, said(1, "Gammel", seen_at=START))
    assert (comment().text, outcome.unchanged) == ("Ny", 1)


def test_a_dated_version_that_says_the_same_still_moves_the_date(channel: Channel):
    take(channel, said(1, "Ny", seen_at=START))
    outcome = take(channel, said(1, "Ny", seen_at=LATER))
    take(channel, said(1, "Midt imellem", seen_at=START + timedelta(days=1)))
    assert (comment().text, comment().seen_at, outcome.unchanged) == ("Ny", LATER, 1)


def test_what_a_later_source_does_not_say_stays(channel: Channel):
    take(channel, said(1, likes=3, url="https://example.dk/1"), at=START)
    outcome = take(channel, said(1, by=None, post=""), at=LATER)
    assert (comment().likes, comment().commenter.name, comment().post.external_id) == (
        3,
        "Anna",
        "p1",
    )
    assert outcome.unchanged == 1


def test_one_id_twice_in_a_batch_counts_once(channel: Channel):
    outcome = take(channel, said(1, "Aaa"), said(1, "Bbb"), said(1, "Aaa"))
    assert (outcome.added, outcome.unchanged) == (1, 2)
    assert comment().text == "Bbb"


def test_a_name_follows_the_newest_source(channel: Channel):
    take(channel, said(1, by=IncomingAuthor("a", "Anna Hansen")), at=LATER)
    take(channel, said(2, by=IncomingAuthor("a", "Anna Før")), at=START)
    take(channel, said(3, by=IncomingAuthor("a", "")), at=LATER + timedelta(days=1))
    assert Commenter.objects.get().name == "Anna Hansen"


def test_a_source_that_does_not_say_page_leaves_a_page_a_page(channel: Channel):
    take(channel, said(1, by=IncomingAuthor("k", "Kommunen", is_page=True)), at=START)
    take(channel, said(2, by=IncomingAuthor("k", "Kommunen")), at=LATER)
    assert Commenter.objects.get().is_page


def test_a_comment_without_an_author_is_kept(channel: Channel):
    take(channel, said(1, by=None))
    assert comment().commenter is None
    assert not Commenter.objects.exists()


def test_who_objected_leaves_no_trace_but_the_words(channel: Channel):
    mark = keyed_hash("objection", f"{channel.scope}:anna")
    Objection.objects.create(subject_hash=mark, route=Route.WEBSITE)
    take(channel, said(1, "Hej"), said(2, by="bo"))
    assert comment().text == "Hej"
    assert comment().commenter is None
    assert [each.name for each in Commenter.objects.all()] == ["Bo"]


def test_who_objected_stays_away_when_the_words_change(channel: Channel):
    mark = keyed_hash("objection", f"{channel.scope}:anna")
    Objection.objects.create(subject_hash=mark, route=Route.WEBSITE)
    take(channel, said(1, "Hej"), at=START)
    take(channel, said(1, "Hej igen"), at=LATER)
    assert (comment().text, comment().commenter) == ("Hej igen", None)


def test_a_post_named_before_it_comes_is_filled_in_later(channel: Channel):
    take(channel, said(1))
    assert Post.objects.get().text == ""
    take(channel, IncomingPost("p1", "Salt på vejene", START, "Veje", reach=900))
    post = Post.objects.get()
    assert (post.text, post.posted_at, post.department.name, post.reach) == (
        "Salt på vejene",
        START,
        "Veje",
        900,
    )


def test_a_topic_finds_its_department_by_name_or_short_name(channel: Channel):
    Department.objects.create(slug="boern", name="Børn og Unge")
    take(
        channel,
        IncomingPost("p1", topic="børn OG unge"),
        IncomingPost("p2", topic="BOERN"),
        IncomingPost("p3", topic="Ældre & Øvrige"),
    )
    assert list(Department.objects.order_by("slug").values_list("slug", "name")) == [
        ("aeldre-oevrige", "Ældre & Øvrige"),
        ("boern", "Børn og Unge"),
    ]
    assert Post.objects.filter(department__slug="boern").count() == 2


def test_a_text_taken_for_a_topic_does_not_make_a_thousand_departments(channel: Channel):
    take(channel, *[IncomingPost(f"p{n}", topic=f"Emne {n}") for n in range(150)])
    assert Department.objects.count() == 100


def test_a_department_that_a_person_chose_outranks_the_file(channel: Channel):
    roads = Department.objects.create(slug="veje", name="Veje")
    take(channel, IncomingPost("p1", topic="Skoler"))
    Post.objects.update(department=roads, is_department_chosen=True)
    take(channel, IncomingPost("p1", "Ny tekst", topic="Skoler"))
    post = Post.objects.get()
    assert (post.text, post.department) == ("Ny tekst", roads)


def test_nothing_that_no_database_keeps_gets_through(channel: Channel):
    outcome = take(
        channel,
        said(1, "nul\0 og halv \ud83d", by=IncomingAuthor("a", "Na\0vn\n\nsen")),
        said(2, likes=-1, url="javascript:alert(1)"),
        IncomingComment("", "uden id", START),
        IncomingComment("x" * 300, "for langt id", START),
        IncomingComment("nul\0", "nul i id", START),
    )
    assert comment(1).text == "nul\ufffd og halv \ufffd"
    assert comment(1).commenter.name == "Na\ufffdvn sen"
    assert (comment(2).likes, comment(2).url) == (None, "")
    assert [place for place, _reason in outcome.unfit] == [2, 3, 4]
    assert (outcome.added, Comment.objects.count()) == (2, 2)


def test_the_number_of_statements_does_not_grow(channel: Channel):
    def statements(first: int, last: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            take(channel, *[said(n, by=f"p{n % 7}", to=f"c{n - 1}") for n in range(first, last)])
        return len(context)

    statements(1, 10)
    assert statements(100, 110) == statements(1000, 1400)


def test_what_goes_along_stands_or_falls_with_the_rows(channel: Channel):
    def fail(outcome: object) -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        Intake(channel).take([(said(1),)], then=fail)
    assert not Comment.objects.exists()


def a_page() -> list[Any]:
    """A page's life: threads, answers, copies, unknown posts, edits, pages, removals."""
    draw = random.Random(4)
    items: list[Any] = [
        IncomingPost(f"p{n}", f"Opslag {n}", START, draw.choice(["Veje", "Skoler", None]))
        for n in range(5)
    ]
    written = []
    for n in range(120):
        author = draw.choice(["anna", "bo", "carl", "ditte", None])
        by = IncomingAuthor("side", "Kommunen", is_page=True) if n % 11 == 0 else author
        written.append(
            said(
                n,
                draw.choice(["", "Enig", "👍", f"Noget om {n}"]),
                by=by,
                post=draw.choice(["", f"p{n % 5}", f"p{n % 7}"]),
                to=f"c{draw.randrange(n)}" if n and draw.random() < 0.5 else "",
                likes=draw.choice([None, n]),
            )
        )
    edited = [replace(each, text=f"Rettet {each.text}", likes=n) for n, each in enumerate(written)]
    gone = [IncomingRemoval(f"c{n}", START) for n in range(0, 120, 17)]
    odd = [IncomingRemoval("p3", START), IncomingRemoval("ukendt", START)]
    return [*items, *written, *edited[::13], *gone, *odd]


@pytest.mark.parametrize("seed", range(4))
def test_shuffled_repeated_and_cut_into_pieces_ends_in_the_same_rows(db: None, seed: int):
    items = a_page()
    whole, pieces = ChannelFactory(), ChannelFactory()
    take(whole, *items, at=START)
    draw = random.Random(seed)
    shuffled = draw.sample(items, len(items)) + draw.choices(items, k=40)
    run = Intake(pieces, at=START)
    while shuffled:
        size = draw.randint(1, 40)
        run.take([(item,) for item in shuffled[:size]])
        shuffled = shuffled[size:]
    assert everything(pieces) == everything(whole)


@pytest.mark.parametrize("size", [1, 7, 400])
def test_the_same_file_again_in_any_order_adds_and_changes_nothing(channel: Channel, size: int):
    items = a_page()
    take(channel, *items, at=START)
    before = everything(channel)
    again = Intake(channel, at=LATER)
    random.Random(size).shuffle(items)
    for place in range(0, len(items), size):
        assert again.take([(item,) for item in items[place : place + size]]).added == 0
    assert everything(channel) == before


def test_comparing_says_what_taking_would_do_and_writes_nothing(channel: Channel):
    items = a_page()[:-9]
    take(channel, *items[:40], at=START)
    before = everything(channel)
    entries = [(item,) for item in items]
    told = Intake(channel, at=LATER).compare(entries)
    assert everything(channel) == before
    assert told == Intake(channel, at=LATER).take(entries)


def test_comparing_knows_an_id_it_met_in_an_earlier_batch(channel: Channel):
    run = Intake(channel)
    assert run.compare([(said(1),)]).added == 1
    assert run.compare([(said(1),), (said(2),)]).added == 1

"""Those the measure's promises are about: what each does, at every size, and what it comes to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from demo.world import AUTHORS, ROLES, cast
from demo.world.archetypes import REGULARS
from panel.channels.incoming import IncomingComment
from panel.engagement.measures import Standing, score, standing
from tests.demo.year import BARE, PAGES, SIZES, UNTIL, Year, texts, who, year

pytestmark = pytest.mark.parametrize(
    "found",
    [
        *(pytest.param((size, 1, UNTIL), id=str(size)) for size in SIZES),
        pytest.param((4_000, 2, UNTIL), id="another seed"),
        pytest.param((2_000, 1, datetime(2027, 4, 2, 22, 30, tzinfo=UTC)), id="another end"),
    ],
    indirect=True,
)


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Year:
    size, seed, until = request.param
    return year(size, seed, until)


def span(comments: list[IncomingComment]) -> timedelta:
    return comments[-1].written_at - comments[0].written_at


def test_everybody_in_the_cast_is_there_under_their_name(found: Year) -> None:
    wrote = {who(one) for one in found.comments.values()}
    posted = {post.author.external_id for post in found.posts.values() if post.author}
    assert set(cast.values()) <= wrote | posted
    assert {role.name for role in ROLES} == {author.name for author in AUTHORS.values()}


def test_the_flooder_writes_three_hundred_times_in_two_weeks_under_one_post(found: Year) -> None:
    comments = found.by("flooder")
    assert len(comments) == max(30, min(300, round(len(found.comments) * 0.15)))
    assert span(comments) < timedelta(days=14)
    assert {one.post_external_id for one in comments} == {found.marks.posts["flood"]}
    assert len(set(texts(comments))) == len(comments)
    assert len(found.facts("flooder").weeks) == 2


def test_the_steady_one_writes_twelve_times_in_ten_weeks_under_five_departments(
    found: Year,
) -> None:
    facts = found.facts("steady")
    assert (facts.comments, len(facts.weeks), len(facts.topics)) == (12, 10, 5)


def test_the_flooder_ranks_far_below_the_steady_one(found: Year) -> None:
    assert score(found.facts("flooder")).score < 0.5 * score(found.facts("steady")).score
    assert standing(found.facts("steady")) is Standing.ABOVE_BAR
    assert standing(found.facts("flooder")) is not Standing.ABOVE_BAR


def test_critic_and_praiser_do_the_same_and_say_the_opposite(found: Year) -> None:
    critic, praiser = found.by("critic"), found.by("praiser")
    assert [pattern(one) for one in critic] == [pattern(one) for one in praiser]
    assert not set(texts(critic)) & set(texts(praiser))


def pattern(comment: IncomingComment) -> tuple[object, ...]:
    return (comment.written_at, comment.post_external_id, comment.parent_external_id)


@pytest.mark.parametrize("days_later", [0, 1, 3, 40])
def test_critic_and_praiser_score_the_same_to_the_bit(found: Year, days_later: int) -> None:
    later = Year(
        found.until + timedelta(days=days_later),
        found.posts,
        found.comments,
        found.removals,
        found.marks,
        found.answers,
    )
    critic, praiser = later.facts("critic"), later.facts("praiser")
    assert critic == praiser
    assert score(critic) == score(praiser)
    assert critic.answered_by == critic.answered == 2


def test_the_campaigner_pastes_one_text_under_post_after_post(found: Year) -> None:
    comments = found.by("campaigner")
    assert len(set(texts(comments))) == 1
    assert len(comments) == len({one.post_external_id for one in comments}) >= 8
    assert standing(found.facts("campaigner")) is Standing.TOO_FEW_COMMENTS


def test_two_friends_answer_each_other_and_nobody_else(found: Year) -> None:
    pair = {cast["friend-a"], cast["friend-b"]}
    for key in ("friend-a", "friend-b"):
        answered = [one for one in found.by(key) if one.parent_external_id]
        assert {who(found.comments[one.parent_external_id]) for one in answered} == pair - {
            cast[key]
        }
        facts = found.facts(key)
        assert (facts.answered, facts.answered_by) == (1, 1)
        gained = score(facts)
        assert gained.dialogue + gained.answering < 12


def test_helpers_answer_somebody_else_every_time_on_many_topics(found: Year) -> None:
    for key in ("helper-1", "helper-2", "helper-3"):
        facts = found.facts(key)
        answers = found.by(key)
        assert all(one.parent_external_id for one in answers)
        assert facts.answered == len(answers) >= 5
        assert len(facts.topics) >= 4
        assert standing(facts) is Standing.ABOVE_BAR


def test_regulars_are_there_most_of_the_year(found: Year) -> None:
    for key in REGULARS:
        comments = found.by(key)
        assert span(comments) > timedelta(days=200)
        assert len({found.topic(one) for one in comments}) >= 4
        assert standing(found.facts(key)) is not Standing.NOTHING_COUNTED


def test_the_newcomer_is_new(found: Year) -> None:
    comments = found.by("newcomer")
    assert len(comments) == 4
    assert comments[0].written_at > found.until - timedelta(days=14)


def test_the_one_timer_came_once(found: Year) -> None:
    assert len(found.by("one-timer")) == 1


def test_the_competitor_writes_under_competitions_only(found: Year) -> None:
    comments = found.by("competitor")
    assert len(comments) >= 3
    assert {one.post_external_id for one in comments} == set(found.marks.competitions)
    assert standing(found.facts("competitor")) is Standing.NOTHING_COUNTED


def test_the_tagger_never_writes_a_sentence(found: Year) -> None:
    comments = found.by("tagger")
    assert len(comments) >= 4
    assert all(BARE.fullmatch(text) for text in texts(comments))
    assert standing(found.facts("tagger")) is Standing.NOTHING_COUNTED


def test_the_one_gone_quiet_was_eager_half_a_year_ago(found: Year) -> None:
    comments = found.by("gone-quiet")
    assert len(comments) >= 5
    assert comments[-1].written_at < found.until - timedelta(days=181)


def test_the_rule_breaker_is_out_once_three_comments_are_hidden(found: Year) -> None:
    hidden = found.marks.hidden
    assert {who(found.comments[one]) for one in hidden} == {cast["rule-breaker"]}
    assert standing(found.facts("rule-breaker")) is not Standing.HIDDEN
    assert standing(found.facts("rule-breaker", hidden=len(hidden))) is Standing.HIDDEN


def test_pages_say_that_they_are_pages(found: Year) -> None:
    flags = {who(one): one.author.is_page for one in found.comments.values() if one.author}
    assert {author for author, is_page in flags.items() if is_page} <= PAGES
    assert flags[cast["club"]]


def test_the_lamps_and_the_salt_are_asked_about_by_citizens(found: Year) -> None:
    for mark, key in (("duevej", "lamp-asker"), ("blomsterkvarteret", "salt-asker")):
        post = found.posts[found.marks.posts[mark]]
        assert post.author == AUTHORS[key]
        assert post.topic == "vej-og-park"

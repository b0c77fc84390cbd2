"""What is written down: complete, filled in, in both languages, and naming nobody twice."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cms.stories.models import Kind
from demo.filling.newsroom import SOON, TEN_WEEKS, Newsroom
from demo.pictures import PICTURES
from demo.world import (
    AREAS,
    DEPARTMENTS,
    INTERESTS,
    LANGUAGES,
    LETTERS,
    MUNICIPALITY,
    PAGE_KEYS,
    ROLES,
    STAFF,
    Letter,
    Told,
    html,
    page,
    pages,
    panelists,
    stories,
    thoughts,
)
from demo.world.cast import author_id
from demo.world.names import POOLS, citizen_name
from demo.world.pages import Block, Bullets, Call, Cards, Heading, PageText, Paragraph, Titled
from demo.world.people import WRITTEN
from demo.world.sheets import read_lists
from demo.world.topics import STANCES, TOPICS, VISITOR
from panel.invitations.wording import faults, reminder_faults, reply_faults, subject_faults
from panel.members.models import AgeBand, Door, Gender
from tests.demo.year import SIZES, year

SLOTS = {"{vej}", "{nabovej}", "{by}", "{i by}", "{skole}", "{dato}", "{fornavn}"}


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_empty_and_no_slot_is_left_open(size: int) -> None:
    found = year(size)
    written = [one.text for one in found.comments.values()]
    posted = [post.text or "" for post in found.posts.values()]
    assert all(text.strip() for text in (*written, *posted))
    assert not [text for text in (*written, *posted) if "{" in text or "}" in text or "|" in text]


def test_topics_use_no_unknown_slot() -> None:
    for topic in TOPICS.values():
        sayings = [one for stance in STANCES for one in topic.sayings[stance]]
        said = [text for one in sayings for text in (one.text, *one.answers, *one.official)]
        slots = set(re.findall(r"\{[^}]*\}", " ".join((*topic.posts, *topic.visitors, *said))))
        assert slots <= SLOTS, topic.key


def test_every_post_of_a_topic_has_something_to_say_under_it() -> None:
    for topic in TOPICS.values():
        variants = [str(number + 1) for number in range(len(topic.posts))]
        for variant in (*variants, *([VISITOR] if topic.visitors else [])):
            fitting = [one for stance in STANCES for one in topic.fitting(stance, variant)]
            assert len(fitting) >= 10, (topic.key, variant)


def test_sayings_fit_posts_there_are() -> None:
    for topic in TOPICS.values():
        known = {str(number + 1) for number in range(len(topic.posts))}
        known |= {VISITOR} if topic.visitors else set()
        for stance in STANCES:
            for one in topic.sayings[stance]:
                assert one.fits <= known, one.text


def test_topics_belong_to_departments_there_are_and_every_month_has_some() -> None:
    slugs = {department.slug for department in DEPARTMENTS}
    assert {topic.department for topic in TOPICS.values()} == slugs | {""}
    for slug in (*slugs, ""):
        for month in range(1, 13):
            assert [
                topic
                for topic in TOPICS.values()
                if topic.department == slug and topic.weight and month in topic.months
            ]


def test_every_topic_has_a_post_for_each_of_its_months() -> None:
    for topic in TOPICS.values():
        for month in topic.months:
            assert any(not months or month in months for months in topic.post_months), topic.key


def test_no_text_is_written_twice_in_a_list() -> None:
    for sheet in ("talk", "cast"):
        for name, texts in read_lists(sheet).items():
            assert len(set(texts)) == len(texts), name


def test_no_two_citizens_have_the_same_name_or_id() -> None:
    count = 60_000
    names = {citizen_name(number) for number in range(count)}
    assert len(names) == count
    assert len({author_id(number) for number in range(count)}) == count
    assert not names & {role.name for role in ROLES}
    assert not names & {staff.name for staff in STAFF}


def test_name_pools_hold_nobody_twice_and_share_no_surname() -> None:
    surnames = [name for pool in POOLS for name in pool.last]
    assert len(set(surnames)) == len(surnames)
    for pool in POOLS:
        assert len(set(pool.first)) == len(pool.first)
    written = {role.name.split()[-1] for role in ROLES} | {staff.last_name for staff in STAFF}
    assert not written & set(surnames)


def test_areas_add_up_to_the_municipality() -> None:
    assert sum(area.people for area in AREAS) == MUNICIPALITY.population
    streets = [street for area in AREAS for street in area.streets]
    assert len(set(streets)) == len(streets)
    assert all(len(area.streets) >= 2 for area in AREAS)


def test_addresses_cannot_exist() -> None:
    staff = [staff.email for staff in STAFF]
    departments = [department.email for department in DEPARTMENTS]
    members = [member.email for member in panelists(100)]
    for address in (MUNICIPALITY.email, MUNICIPALITY.dpo_email, *staff, *departments, *members):
        assert address.endswith(".example")
    assert MUNICIPALITY.phone.startswith("00")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PAGE_KEYS)
def test_every_page_is_there_in_every_language(key: str, language: str) -> None:
    text = page(key, language)
    assert text.title
    assert text.description
    assert 0 < len(text.lead) <= 400
    assert all(text.parts.values())


@pytest.mark.parametrize("key", PAGE_KEYS)
def test_pages_say_the_same_in_both_languages(key: str) -> None:
    danish, english = (page(key, language) for language in LANGUAGES)
    assert danish.parts.keys() == english.parts.keys()
    assert danish.facts.keys() == english.facts.keys()
    for part, blocks in danish.parts.items():
        assert [shape(block) for block in blocks] == [shape(block) for block in english.parts[part]]


def shape(block: Block) -> tuple[object, ...]:
    match block:
        case Bullets(items, numbered):
            return (Bullets, len(items), numbered)
        case Heading(_, level):
            return (Heading, level)
        case Cards(_, cards):
            return (Cards, *(key for key, _ in cards))
        case Call(goal=goal):
            return (Call, goal)
    return (type(block),)


def running(text: PageText) -> list[str]:
    """All words of a page that may hold links."""
    found = [text.lead]
    for block in (block for part in text.parts.values() for block in part):
        match block:
            case Paragraph(words) | Titled(text=words):
                found.append(words)
            case Bullets(items):
                found.extend(items)
    return found


def test_links_lead_to_pages_there_are() -> None:
    for text in (one for language in LANGUAGES for one in pages(language)):
        for goal in re.findall(r"\]\(([^)]+)\)", " ".join(running(text))):
            kind, _, rest = goal.partition(":")
            if kind == "address":
                assert reverse(rest)
            else:
                assert (kind == "page" and rest in PAGE_KEYS) or kind in {"tel", "mailto"}, goal


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["privacy", "panel"])
def test_who_reads_of_saying_no_is_led_to_the_page_for_it(key: str, language: str) -> None:
    assert "](address:privacy:how_to_object)" in " ".join(running(page(key, language)))


def test_running_text_becomes_html_with_everything_else_escaped() -> None:
    blocks = (
        Paragraph("Fish & chips <now> **boldly** [here we are](page:home)"),
        Bullets(("one", "two"), numbered=True),
    )
    assert html(blocks, lambda goal: f'data-goal="{goal}"') == (
        '<p>Fish &amp; chips &lt;now&gt; <b>boldly</b> <a data-goal="page:home">here we are</a></p>'
        "<ol><li>one</li><li>two</li></ol>"
    )


def test_a_heading_is_no_running_text() -> None:
    with pytest.raises(TypeError, match="Heading"):
        html((Heading("Big", 1),), str)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.language)
def test_the_invitation_can_be_approved(letter: Letter) -> None:
    assert faults(letter.body) == []
    assert subject_faults(letter.subject) == []
    assert reminder_faults(letter.reminder_subject, letter.reminder) == {"subject": [], "text": []}
    assert reply_faults(letter.reply) == []
    assert letter.name


def test_staff_have_a_role_each_and_one_a_department() -> None:
    assert [staff.role for staff in STAFF] == [
        "comms",
        "editor",
        "editor",
        "specialist",
        "analyst",
        "administrator",
    ]
    slugs = {department.slug for department in DEPARTMENTS}
    assert {staff.department for staff in STAFF} <= slugs | {""}
    assert len({staff.email for staff in STAFF}) == len(STAFF)


@pytest.mark.parametrize("count", [0, 3, len(WRITTEN), 64, 400])
def test_there_are_as_many_members_as_asked_for_and_no_two_alike(count: int) -> None:
    members = panelists(count)
    assert len(members) == count
    assert len({member.email for member in members}) == count
    assert len({member.name for member in members}) == count
    assert members == panelists(count)


def test_members_tell_only_what_a_profile_can_hold() -> None:
    areas = {area.slug for area in AREAS}
    for member in panelists(300):
        assert member.age_band in ("", *AgeBand.values)
        assert member.gender in ("", *Gender.values)
        assert member.door in Door.values
        assert member.area in ("", *areas)
        assert all(0 <= number < len(INTERESTS) for number in member.interests)
        assert member.email.isascii()
        assert member.days_ago > 0


def test_members_who_claim_comments_bear_the_name_they_were_written_under() -> None:
    names = {role.key: role.name for role in ROLES}
    claims = [member for member in panelists() if member.claims]
    assert len(claims) >= 3
    assert all(names[member.claims] == member.name for member in claims)


def test_some_members_told_nothing() -> None:
    told = [(m.age_band, m.gender, m.area, m.interests) for m in panelists(300)]
    assert 10 < told.count(("", "", "", ())) < 60


DANISH = {told.key: told for told in stories("da")}


@pytest.mark.parametrize("told", stories("da"), ids=lambda told: told.key)
def test_a_story_is_about_something_there_is_and_comes_to_something_we_can_do(told: Told) -> None:
    assert len(told.page.title) <= 90
    assert 0 < len(told.page.lead) <= 400
    assert told.page.parts["body"]
    assert Kind(told.facts["kind"])
    assert told.facts.get("place", "midtbyen") in {area.slug for area in AREAS}
    assert told.facts.get("picture", "harbour") in PICTURES
    assert told.state == SOON or hasattr(Newsroom, f"_{told.state.replace('-', '_')}")
    assert told.days_ago <= TEN_WEEKS
    assert len(told.facts.get("teaser", "")) <= 500


def test_no_two_stories_have_the_same_address_or_title() -> None:
    for language in LANGUAGES:
        told = stories(language)
        assert len({one.page.slug for one in told}) == len(told)
        assert len({one.page.title for one in told}) == len(told)


@pytest.mark.parametrize("told", stories("en"), ids=lambda told: told.key)
def test_a_translation_says_what_the_danish_story_says(told: Told) -> None:
    danish = DANISH[told.key]
    assert told.page.slug != danish.page.slug
    assert danish.state in ("live", "revised")
    kinds = [[type(block) for block in one.page.parts["body"]] for one in (told, danish)]
    assert set(kinds[0]) == set(kinds[1])
    assert ("caption" in told.facts) == ("caption" in danish.facts)


def test_ideas_become_stories_there_are_and_are_the_same_as_others_there_are() -> None:
    found = {one.key: one for one in thoughts()}
    for one in found.values():
        assert one.text
        assert one.photo in ("", *PICTURES)
        assert not one.email or one.email.endswith(".example")
        assert bool(one.other) == (one.becomes in ("used", "told", "merged"))
        assert not one.other or one.other in (found if one.becomes == "merged" else DANISH)
        assert bool(one.why) == (one.becomes == "declined")

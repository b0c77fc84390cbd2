"""One click gives everything, in words and for machines (P7)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from panel.accounts.models import User
from panel.conversations.models import Commenter
from panel.members.actions import Told, claim, tell
from panel.members.models import Area, Interest, Member
from panel.privacy import by_address
from panel.privacy.declarations import all_declared
from panel.privacy.exporting import SECRET, Export, export, export_commenter
from tests.conftest import SignedIn
from tests.factories.accounts import with_totp
from tests.factories.conversations import (
    ChannelFactory,
    CommenterFactory,
    CommentFactory,
    PostFactory,
    said,
    take,
)
from tests.factories.panel import a_member, open_gate, shortlist_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mette(member: User) -> Member:
    joined = a_member(member)
    told = Told(
        age_band="40-49",
        area=Area.objects.create(name="Havnen"),
        interests=[Interest.objects.create(name="Cykelstier"), Interest.objects.create(name="Vej")],
    )
    tell(joined, told=told, by=member)
    return joined


@pytest.fixture
def anna(mette: Member) -> Commenter:
    """The member's own comments, with an answer to and from somebody else."""
    channel = ChannelFactory(name="Byens side")
    take(
        channel,
        said(1, "Lygten er gået", by="anna"),
        said(2, "Ja, her også", by="bo", to="c1"),
        said(3, "Tak, Bo", by="anna", to="c2"),
    )
    person = Commenter.objects.get(name="Anna")
    claim(mette, commenter=person, by=mette.user)
    return person


def values(answer: Export) -> dict[str, list[dict[str, Any]]]:
    return {
        section.label: [
            dict(zip((c.name for c in section.columns), row, strict=True)) for row in section.rows
        ]
        for section in answer.sections
    }


def test_every_personal_field_with_a_path_to_somebody_is_in_it(mette: Member) -> None:
    told = {
        (section.label, column.name)
        for section in export(mette.user).sections
        for column in section.columns
    }
    declared = {
        (table.label, name)
        for table in all_declared()
        if (table.about or table.model in by_address.rows_of([]))
        and not table.model._meta.auto_created
        for name in table.data.personal
    }
    assert told == declared


def test_what_a_member_told_is_in_it_in_words(mette: Member) -> None:
    with translation.override("en"):
        found = values(export(mette.user))

    assert found["accounts.User"][0]["email"] == "mette@example.dk"
    profile = found["members.Profile"][0]
    assert (profile["age_band"], profile["area"]) == ("40–49", "Havnen")
    assert profile["interests"] == ["Cykelstier", "Vej"]
    assert found["members.Consent"][0]["answer"] == "Yes"


def test_comments_they_claimed_are_in_it_and_others_are_not_named(anna: Commenter) -> None:
    answer = export(anna.claim.member.user)
    found = values(answer)

    assert [row["text"] for row in found["conversations.Comment"]] == ["Lygten er gået", "Tak, Bo"]
    assert found["conversations.Exchange"][0]["answered"] != "Bo"
    with translation.override("da"):
        page = str([section.shown for section in answer.filled])
    assert "'Bo'" not in page


def test_somebody_elses_comments_are_not_in_it(mette: Member) -> None:
    CommentFactory(post=PostFactory(), text="Ikke hendes")

    assert "Ikke hendes" not in str(export(mette.user))


def test_who_only_comments_gets_what_they_wrote_wherever_they_are_the_same(
    anna: Commenter,
) -> None:
    open_gate()
    elsewhere = CommenterFactory(
        channel=ChannelFactory(scope=anna.channel.scope), external_id=anna.external_id
    )
    CommentFactory(post=PostFactory(channel=elsewhere.channel), commenter=elsewhere, text="Også")

    answer = export_commenter(anna)

    written = [row["text"] for row in values(answer)["conversations.Comment"]]
    assert sorted(written) == ["Lygten er gået", "Også", "Tak, Bo"]
    assert values(answer)["accounts.User"] == values(answer)["members.Profile"] == []
    assert len(answer.scores.of) == 2


def test_what_opens_an_account_is_not_shown(mette: Member) -> None:
    with_totp(mette.user)
    found = values(export(mette.user))

    for label, name in SECRET:
        assert mette.user.password not in str(found[label])
        assert "secret" not in str(found[label][0][name])


def test_the_score_adds_up_in_words(anna: Commenter) -> None:
    open_gate()
    score = export(anna.claim.member.user).scores.of[0]

    assert score.total == sum(term.points for term in score.terms)
    assert [term.name for term in score.terms] == ["regularity", "breadth", "dialogue", "answering"]
    assert score.channel == "Byens side"
    assert score.note


def test_a_closed_gate_gives_no_score_and_says_why(anna: Commenter) -> None:
    scores = export(anna.claim.member.user).scores

    assert scores.of == ()
    assert scores.why_none


def test_who_claimed_nothing_is_told_so(mette: Member) -> None:
    open_gate()
    assert export(mette.user).scores.why_none


def test_it_takes_as_many_queries_for_much_as_for_little(
    anna: Commenter, clerk: User, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    open_gate()
    user = anna.claim.member.user
    with django_assert_max_num_queries(60) as little:
        export(user)
    post = PostFactory(channel=anna.channel)
    for _each in range(20):
        CommentFactory(post=post, commenter=anna)
    shortlist_of(anna, by=clerk)

    with django_assert_num_queries(len(little)):
        export(user)


# --- On the page and as a file --------------------------------------------------------------------


def opened(browser: Client) -> zipfile.ZipFile:
    answer = browser.get(reverse("privacy:my_data_file"))
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_the_page_shows_it(anna: Commenter, signed_in: SignedIn) -> None:
    page = signed_in(anna.claim.member.user).get(reverse("privacy:my_data")).content.decode()

    for words in ("mette@example.dk", "Havnen", "Lygten er gået", "Anna"):
        assert words in page


def test_the_file_holds_all_for_people_and_machines(anna: Commenter, signed_in: SignedIn) -> None:
    post = PostFactory(channel=anna.channel)
    for number in range(40):
        CommentFactory(post=post, commenter=anna, text=f"Bemærkning {number}")

    archive = opened(signed_in(anna.claim.member.user))

    page = archive.read("mine-data.html").decode()
    data = json.loads(archive.read("mine-data.json"))
    comments = next(each for each in data["data"] if each["table"] == "conversations.Comment")
    assert len(comments["rows"]) == 42
    assert comments["purpose"]
    assert comments["retention"]
    assert comments["source"]
    assert data["recipients"]
    assert "Bemærkning 39" in page
    assert not re.search(r"(src|href)=|url\(", page), "it must need nothing from anywhere"


def test_words_of_a_comment_are_text_and_nothing_else(anna: Commenter, signed_in: SignedIn) -> None:
    attack = "<script>alert(1)</script>"
    CommentFactory(post=PostFactory(channel=anna.channel), commenter=anna, text=attack)
    browser = signed_in(anna.claim.member.user)

    assert attack not in browser.get(reverse("privacy:my_data")).content.decode()
    assert attack not in opened(browser).read("mine-data.html").decode()


@pytest.mark.parametrize("name", ["privacy:my_data", "privacy:my_data_file"])
def test_only_members_get_any(
    name: str, member: User, clerk: User, stranger: Client, signed_in: SignedIn
) -> None:
    assert reverse("account_login") in stranger.get(reverse(name))["Location"]
    for user in (member, clerk):
        assert signed_in(user).get(reverse(name))["Location"] == reverse("members:join")


def test_everything_is_headed_by_what_it_is_to_the_person(mette: Member) -> None:
    headings = {section.label: section.title for section in export(mette.user).sections}
    assert headings["accounts.User"] == "Your account"
    assert headings["members.Profile"] == "What you told about yourself"
    assert len(set(headings.values())) == len(headings)

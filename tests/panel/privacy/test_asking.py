"""Staff answer a citizen who asks: find, look, confirm."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.audit.models import Event
from panel.basis.models import Objection
from panel.conversations.models import Comment, Commenter
from panel.members.actions import claim
from panel.members.models import Member
from panel.privacy.asking import FOUND_AT_MOST, find
from tests.conftest import SignedIn
from tests.factories.accounts import UserFactory
from tests.factories.conversations import CommenterFactory, CommentFactory, PostFactory
from tests.factories.panel import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo() -> Commenter:
    person: Commenter = CommenterFactory(name="Bo Lind", external_id="psid-1")
    CommentFactory(
        post=PostFactory(channel=person.channel),
        commenter=person,
        external_id="1001_2002",
        url="https://network.example/posts/1001?comment_id=2002",
        text="Lygten er gået",
    )
    return person


@pytest.mark.parametrize(
    "words",
    [
        "lind",
        " Bo Lind ",
        "https://network.example/posts/1001?comment_id=2002",
        "https://m.network.example/story?id=1001&comment_id=2002",
        "https://network.example/1001_2002/",
    ],
)
def test_a_commenter_is_found_by_name_or_by_a_comment(words: str, bo: Commenter) -> None:
    CommenterFactory(name="En anden")
    assert find(words).people == (bo,)


@pytest.mark.parametrize("words", ["", "  ", "Ingen", "https://network.example/posts/9", "a@b.dk"])
def test_nobody_is_found_by_what_is_not_theirs(words: str, bo: Commenter, clerk: User) -> None:
    assert not find(words)


def test_an_address_finds_a_citizen_s_account_and_only_in_full(clerk: User) -> None:
    user = UserFactory(email="mette@example.dk")

    assert find("METTE@example.dk").accounts == (user,)
    assert not find("mette@")
    assert not find(clerk.email)


def test_many_with_one_name_are_not_all_shown() -> None:
    for _each in range(FOUND_AT_MOST + 3):
        CommenterFactory(name="Anna")

    found = find("anna")

    assert len(found.people) == FOUND_AT_MOST
    assert found.is_more


def test_a_clerk_objects_for_somebody_in_two_steps(
    bo: Commenter, clerk: User, signed_in: SignedIn
) -> None:
    browser = signed_in(clerk)
    listed = browser.post(reverse("asking:index"), {"who": "Lind"}).content.decode()
    assert reverse("asking:person", args=[bo.public_id]) in listed
    shown = browser.get(reverse("asking:person", args=[bo.public_id])).content.decode()
    assert reverse("asking:object", args=[bo.public_id]) in shown
    browser.get(reverse("asking:object", args=[bo.public_id]))
    assert Commenter.objects.filter(pk=bo.pk).exists(), "looking does nothing"

    browser.post(reverse("asking:object", args=[bo.public_id]))

    assert Objection.objects.get().route == "staff"
    assert Comment.objects.get().text == "Lygten er gået"
    assert not Commenter.objects.exists()
    told = dict(Event.objects.filter(by_id=clerk.pk).values_list("what", "on_type"))
    assert told["person.looked_up"] == "conversations.commenter"
    assert told["objection.noted"] == "basis.objection"


def test_a_clerk_gets_a_copy_for_somebody_in_two_steps(
    bo: Commenter, clerk: User, signed_in: SignedIn
) -> None:
    CommentFactory(post=PostFactory(channel=bo.channel), text="Ikke hans")
    claim(a_member(), commenter=bo, by=clerk)
    browser = signed_in(clerk)
    page = reverse("asking:copy", args=[bo.public_id])
    assert page in browser.get(reverse("asking:person", args=[bo.public_id])).content.decode()
    assert browser.get(page).status_code == 200
    assert not Event.objects.filter(what="person.copied").exists()

    answer = browser.post(page)

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    data = archive.read("mine-data.json").decode()
    assert "Lygten er gået" in data
    assert "Ikke hans" not in data
    assert bo.claim.member.user.email not in data, "staff do not learn who the member is"
    assert "no-store" in answer["Cache-Control"]
    assert Event.objects.get(what="person.copied").by_id == clerk.pk


def test_a_clerk_erases_somebody_in_two_steps(
    bo: Commenter, clerk: User, signed_in: SignedIn
) -> None:
    browser = signed_in(clerk)
    page = reverse("asking:erase", args=[bo.public_id])
    assert browser.get(page).status_code == 200
    assert Commenter.objects.filter(pk=bo.pk).exists()

    assert browser.post(page, follow=True).status_code == 200

    assert not Commenter.objects.exists()
    assert Comment.objects.get().text == ""


def test_an_administrator_erases_an_account_with_its_comments(
    bo: Commenter, administrator: User, signed_in: SignedIn
) -> None:
    member = a_member()
    claim(member, commenter=bo, by=member.user)
    browser = signed_in(administrator)
    page = reverse("asking:erase_account", args=[member.user.public_id])
    assert member.user.email in browser.get(page).content.decode()

    browser.post(page)

    assert not Member.objects.exists()
    assert not Commenter.objects.exists()


def test_an_empty_question_and_an_empty_answer_say_what_to_do(
    clerk: User, signed_in: SignedIn
) -> None:
    browser = signed_in(clerk)
    for who in ("", "Ingen"):
        assert browser.post(reverse("asking:index"), {"who": who}).status_code == 200


def test_a_page_and_a_colleague_cannot_be_chosen(clerk: User, signed_in: SignedIn) -> None:
    page = CommenterFactory(page=True)
    browser = signed_in(clerk)

    assert browser.get(reverse("asking:person", args=[page.public_id])).status_code == 404
    where = reverse("asking:erase_account", args=[clerk.public_id])
    assert browser.post(where).status_code == 404


@pytest.mark.parametrize("name", ["index", "person", "copy", "object", "erase", "erase_account"])
def test_others_do_not_come_in(
    name: str,
    bo: Commenter,
    specialist: User,
    analyst: User,
    member: User,
    stranger: Client,
    signed_in: SignedIn,
) -> None:
    page = reverse(f"asking:{name}", args=[] if name == "index" else [bo.public_id])
    for browser in (signed_in(specialist), signed_in(analyst), signed_in(member), stranger):
        for answer in (browser.get(page), browser.post(page, {"who": "Lind"})):
            assert answer.status_code in (302, 403)
            assert b"Bo Lind" not in answer.content
    assert Commenter.objects.filter(pk=bo.pk).exists()

"""What a restored backup brings back goes again; and the command that erases."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from panel.accounts.models import User
from panel.conversations.models import Commenter
from panel.core import erasures
from panel.core.clock import now
from panel.members.actions import claim, leave
from panel.members.models import Member
from panel.privacy.erasing import erase_commenter, replay
from tests.factories.accounts import UserFactory
from tests.factories.conversations import CommenterFactory, CommentFactory, PostFactory
from tests.factories.panel import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Member:
    """A member who said that some comments are theirs."""
    member = a_member()
    claim(member, commenter=CommenterFactory(), by=member.user)
    return member


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, settings: Any) -> None:
    settings.OBJECTION_LOG = tmp_path / "objections.log"


def test_who_left_after_the_backup_leaves_again(clerk: User) -> None:
    leave(a_member(UserFactory(email="vaek@example.dk")), by=clerk)
    back = UserFactory(email="vaek@example.dk", joined_at=now() - timedelta(days=9))
    stays = UserFactory()

    told = StringIO()
    call_command("replay_erasures", stdout=told)

    assert "1 accounts" in told.getvalue()
    assert not User.objects.filter(pk=back.pk).exists()
    assert User.objects.filter(pk=stays.pk).exists()


def test_who_was_erased_after_the_backup_is_erased_again(clerk: User) -> None:
    first: Commenter = CommenterFactory(external_id="person-9", name="Dorte")
    erase_commenter(first, by=clerk)
    back = CommenterFactory(channel=first.channel, external_id="person-9")
    CommentFactory(
        post=PostFactory(channel=first.channel),
        commenter=back,
        written_at=now() - timedelta(days=5),
    )

    assert replay().commenters == 1
    assert replay().commenters == 0


def test_who_came_back_by_themselves_stays(clerk: User) -> None:
    leave(a_member(UserFactory(email="igen@example.dk")), by=clerk)
    again = a_member(UserFactory(email="igen@example.dk"))
    first: Commenter = CommenterFactory(external_id="person-9")
    erase_commenter(first, by=clerk)
    back = CommenterFactory(channel=first.channel, external_id="person-9")
    CommentFactory(
        post=PostFactory(channel=first.channel),
        commenter=back,
        written_at=now() + timedelta(days=1),
    )

    assert (replay().accounts, replay().commenters) == (0, 0)
    assert Member.objects.get() == again


def test_the_log_names_nobody_and_survives_a_cut_line(clerk: User) -> None:
    leave(a_member(UserFactory(email="vaek@example.dk")), by=clerk)
    log = Path(settings.OBJECTION_LOG).with_name(erasures.NAME)
    assert "vaek" not in log.read_text()
    with log.open("a") as file:
        file.write("0123")

    assert len(erasures.read()) == 1
    assert log.stat().st_mode & 0o077 == 0


# --- The command ----------------------------------------------------------------------------------


def test_the_command_erases_a_member(person: Member) -> None:
    call_command("erase", "--email", person.user.email.upper(), "--yes", stdout=StringIO())

    assert not Member.objects.exists()
    assert not Commenter.objects.filter(claim__isnull=False).exists()


def test_the_command_erases_a_commenter(person: Member) -> None:
    commenter = Commenter.objects.get(claim__member=person)
    where = (commenter.channel.slug, commenter.external_id)

    call_command("erase", "--commenter", *where, "--yes", stdout=StringIO())

    assert not Commenter.objects.filter(pk=commenter.pk).exists()
    assert Member.objects.exists()


@pytest.mark.parametrize(
    "who", [["--email", "ingen@example.dk"], ["--commenter", "ingen", "x"]], ids=["mail", "comment"]
)
def test_the_command_says_who_is_not_there(who: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("erase", *who, "--yes")


def test_the_command_asks_first(person: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "n")

    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase", "--email", person.user.email)
    assert Member.objects.exists()

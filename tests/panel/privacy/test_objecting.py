"""One step, one transaction, for good: and nobody has to remember it after a restore."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from panel.basis import log
from panel.basis.models import Objection, Route
from panel.channels.models import Channel
from panel.conversations.models import Comment, Commenter
from panel.privacy import objecting
from panel.privacy.objecting import hash_of, object_for
from panel.privacy.replaying import catch_up
from panel.privacy.tasks import apply_forgotten_objections
from tests.factories.conversations import CommenterFactory, CommentFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def objection_log(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "objections.log"
    settings.OBJECTION_LOG = path
    return path


@pytest.fixture
def person() -> Commenter:
    made: Commenter = CommenterFactory(name="Ida Indsigelse")
    CommentFactory(post=PostFactory(channel=made.channel), commenter=made, text="Mine ord")
    return made


def test_the_words_stay_by_nobody(person: Commenter) -> None:
    object_for(person, route=Route.STAFF)
    assert not Commenter.objects.exists()
    comment = Comment.objects.get()
    assert (comment.text, comment.commenter, comment.is_counted) == ("Mine ord", None, False)


def test_the_same_person_goes_from_every_channel_that_knows_them(person: Commenter) -> None:
    export = Channel.objects.create(
        slug="export", name="Eksport", kind="byhand", scope=person.channel.scope
    )
    CommenterFactory(channel=export, external_id=person.external_id)
    elsewhere = CommenterFactory(external_id=person.external_id)
    object_for(person, route=Route.STAFF)
    assert list(Commenter.objects.all()) == [elsewhere]


def test_a_fault_on_the_way_leaves_everything_as_it_was(
    person: Commenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object, **_how: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(objecting, "let_go", breaks)
    with pytest.raises(RuntimeError):
        object_for(person, route=Route.STAFF)
    assert Commenter.objects.get() == person
    assert not Objection.objects.exists()
    # They said no, and the log heard it: the next round does what this one could not.
    monkeypatch.undo()
    assert catch_up() == 1
    assert not Commenter.objects.exists()


@pytest.mark.parametrize(
    "way",
    [
        lambda: call_command("replay_objections"),
        catch_up,
        lambda: apply_forgotten_objections.func(),
        lambda: call_command("migrate", verbosity=0),
    ],
    ids=["command", "action", "job", "migrate"],
)
def test_a_restored_backup_gets_the_objections_back(
    way: Callable[[], object], person: Commenter
) -> None:
    log.append([hash_of(person)])
    way()
    assert not Commenter.objects.exists()
    assert Objection.objects.get().route == Route.REPLAY


def test_catching_up_twice_changes_nothing(person: Commenter) -> None:
    object_for(person, route=Route.STAFF)
    assert (catch_up(), list(log.read())) == (0, [hash_of(person)])


def test_a_log_that_was_lost_is_written_anew(person: Commenter, objection_log: Path) -> None:
    object_for(person, route=Route.STAFF)
    objection_log.unlink()
    assert catch_up() == 0
    assert list(log.read()) == [hash_of(person)]

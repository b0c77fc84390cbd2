"""Erased is erased: in every table, file, session and cache (P6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.utils.encoding import force_str
from django_tasks_db.models import DBTaskResult

from panel.accounts.models import User
from panel.audit.models import Event
from panel.conversations.models import Comment, Commenter, FileImport, ImportFault, ImportState
from panel.core.clock import now
from panel.invitations.models import Invitation, Way
from panel.jobs.models import DeadLetter
from panel.members.actions import Told, claim, tell
from panel.members.models import Consent, Interest, Member
from panel.privacy.declarations import Declared, all_declared
from panel.privacy.erasing import CannotErase, erase_commenter, erase_user
from tests.conftest import SignedIn
from tests.factories.accounts import UserFactory, with_totp
from tests.factories.conversations import CommenterFactory, CommentFactory, PostFactory, said, take
from tests.factories.panel import a_member, open_gate, running_campaign

pytestmark = pytest.mark.django_db

CANARY = "kanariefugl"
SHORTEST_TEXT = 30
# Told by Wagtail about colleagues, who are not erased.
OF_STAFF = {
    *("wagtailusers.UserProfile", "wagtailcore.APIToken", "wagtailcore.PageSubscription"),
    *("wagtailadmin.EditingSession", "wagtailadmin.FormState", "account.EmailConfirmation"),
}


@pytest.fixture
def person(clerk: User, editor: User, signed_in: SignedIn) -> Member:
    """A member with everything a citizen can have here, and the comments they said are theirs."""
    open_gate()
    anna: Commenter = CommenterFactory(name="Anna", external_id=f"{CANARY}-id-anna")
    channel = anna.channel
    take(
        channel,
        said(1, by="bo"),
        said(2, by=None, to="c1"),
        said(3, "Jeg er enig", by="bo", to="c2"),
    )
    Comment.objects.filter(external_id="c2").update(commenter=anna)
    post = PostFactory(channel=channel, author=anna)
    CommentFactory(post=post, commenter=anna, hidden=True, hidden_by=clerk)
    CommentFactory(post=post, commenter=anna)
    call_command("rebuild_counters")
    campaign = running_campaign(anna, made_by=clerk, released_by=editor)
    campaign.invitations.update(way=Way.EMAIL)
    member = a_member(with_totp(UserFactory()))
    tell(member, told=Told(interests=[Interest.objects.create(name="Veje")]), by=member.user)
    claim(member, commenter=anna, by=member.user)
    signed_in(member.user)
    return member


def rows_about(table: Declared, member: Member) -> Any:
    keys = [member.user_id]
    if table.about is Commenter:
        keys = list(Commenter.objects.filter(claim__member=member).values_list("pk", flat=True))
    return table.model._base_manager.filter(**{table.to_person(): keys})


def put_canaries(member: Member) -> set[str]:
    """A word of its own into every personal field that can hold one; the tables that have rows."""
    filled = set()
    tables = [table for table in all_declared() if table.about]
    for table in tables:
        rows = rows_about(table, member)
        if rows.exists():
            filled.add(table.label)
            for name in table.data.personal:
                _sing(rows, table.model._meta.get_field(name), f"{CANARY}-{table.label}-{name}")
    return filled


def _sing(rows: Any, field: Any, word: str) -> None:
    room = field.max_length is None or field.max_length >= SHORTEST_TEXT
    if isinstance(field, JSONField):
        rows.update(**{field.name: {"word": word}})
    elif isinstance(field, CharField | TextField) and room and not field.choices:
        each = {"email": f"{word}@example.dk"}.get(field.name, word)[: field.max_length]
        rows.update(**{field.name: each})


def put_canaries_beside(member: Member, clerk: User) -> Path:
    """And where no declaration leads from the row to somebody."""
    member.user.refresh_from_db()
    address = member.user.email
    commenter = Commenter.objects.get(claim__member=member)
    place = Path(settings.UPLOAD_ROOT) / "imports" / f"{CANARY}.csv"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"{commenter.name};{commenter.external_id}")
    held = FileImport.objects.create(
        channel=commenter.channel,
        name="kommentarer.csv",
        path=f"imports/{CANARY}.csv",
        size=1,
        sha256="0",
        state=ImportState.CHECKED,
        guess={"samples": [[commenter.name]]},
    )
    ImportFault.objects.create(
        file_import=held, line=1, code="id", values={"value": commenter.external_id}
    )
    trace = f'Key (external_id)=({commenter.external_id}) of "{commenter.name}" to {address}'
    DeadLetter.objects.create(
        task_path="a.b",
        tries=1,
        failed_at=now(),
        error=trace,
        trace=trace,
        arguments={"args": [commenter.name]},
    )
    DBTaskResult.objects.create(
        args_kwargs={"args": [address], "kwargs": {}},
        task_path="a.b",
        backend_name="default",
        exception_class_path="",
        traceback=trace,
    )
    apps.get_model("wagtailcore", "ModelLogEntry")._base_manager.create(
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(member.user_id),
        label=address,
        action="wagtail.edit",
        timestamp=now(),
        user=clerk,
    )
    browser = Client()
    session = browser.session
    session["accounts.email_code"] = {"id": "x", "email": address}
    session.save()
    cache.set(f"hello:{address}", f"{address}")
    return place


def dump() -> str:
    """Every table of the database, and every file, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found.append(f"{table}: {cursor.fetchall()}")
    for root in (settings.UPLOAD_ROOT, settings.MEDIA_ROOT):
        files = (path for path in Path(root).rglob("*") if path.is_file())
        found += [f"{path}: {force_str(path.read_bytes(), errors='replace')}" for path in files]
    return "\n".join(found)


def songs(text: str) -> list[str]:
    """Each place a canary is heard, with what stands around it."""
    return list(_songs(text))


def _songs(text: str) -> Iterator[str]:
    at = text.find(CANARY)
    while at >= 0:
        yield text[max(0, at - 80) : at + 80]
        at = text.find(CANARY, at + 1)


def test_no_canary_sings_after_a_person_is_erased(
    person: Member, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    filled = put_canaries(person)
    place = put_canaries_beside(person, clerk)
    missing = {table.label for table in all_declared() if table.about} - filled - OF_STAFF
    assert missing == {"accounts.User_groups", "accounts.User_user_permissions"} & missing
    assert len(songs(dump())) > 25, "the canaries must be heard before"

    with django_capture_on_commit_callbacks(execute=True):
        erased = erase_user(person.user, by=clerk)

    assert (erased.commenters, erased.accounts, erased.files) == (1, 1, 1)
    assert songs(dump()) == []
    assert not place.exists()


def test_what_the_declarations_promise_is_what_happens(person: Member, clerk: User) -> None:
    erase_user(person.user, by=clerk)

    assert {line.member for line in Consent.objects.all()} == {None}
    invitation = Invitation.objects.get()
    assert (invitation.commenter, invitation.email, invitation.token_hash) == (None, "", None)
    assert Commenter.objects.get().name == "Bo"
    assert Comment.objects.filter(commenter=None).exclude(removed_at=None).count() == 3


def test_the_trail_says_that_and_by_whom_but_not_whom(person: Member, clerk: User) -> None:
    email, name = person.user.email, person.user.name
    erase_user(person.user, by=clerk)

    assert Event.objects.filter(what="person.erased", by_id=clerk.pk).count() == 2
    told = str(list(Event.objects.values_list("detail", "on_id")))
    assert email not in told
    assert name not in told


def test_their_open_browser_is_nobody_s(person: Member, clerk: User, signed_in: SignedIn) -> None:
    browser = signed_in(person.user)
    other = signed_in(clerk)

    erase_user(person.user, by=clerk)

    assert browser.get("/min-side/").status_code == 302
    assert other.get("/admin/").status_code == 200


def test_a_colleague_is_not_erased_but_ended(clerk: User, administrator: User) -> None:
    with pytest.raises(CannotErase):
        erase_user(clerk, by=administrator)


def test_the_same_comments_do_not_come_back_in_a_file(person: Member, clerk: User) -> None:
    commenter = Commenter.objects.get(claim__member=person)
    channel = commenter.channel
    take(channel, said(77, "Skal væk", by="carla"))

    erase_commenter(Commenter.objects.get(name="Carla"), by=clerk)
    take(channel, said(77, "Skal væk", by="carla"))

    assert not Comment.objects.filter(text="Skal væk").exists()


def test_a_running_import_of_the_channel_ends(person: Member, clerk: User) -> None:
    place = put_canaries_beside(person, clerk)
    FileImport.objects.update(
        state=ImportState.RUNNING, started_at=now(), token="12345678123456781234567812345678"
    )

    erase_commenter(Commenter.objects.get(claim__member=person), by=clerk)

    held = FileImport.objects.get()
    assert (held.state, held.token, held.path) == (ImportState.CANCELLED, None, "")
    assert not place.exists()


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, settings: Any) -> None:
    settings.OBJECTION_LOG = tmp_path / "objections.log"

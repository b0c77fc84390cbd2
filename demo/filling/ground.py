"""The ground the demo stands on: whether a database is the demo's own, and emptying it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from wagtail.documents import signal_handlers as documents
from wagtail.documents.models import Document
from wagtail.images import signal_handlers as images
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.tasks import delete_file_from_storage_task

from cms.media.models import Picture
from cms.stories import private
from cms.stories.models import StoryIdea
from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.audit.models import Event
from panel.basis.models import ObjectionKey
from panel.channels.models import Channel
from panel.conversations.models import Comment, FileImport
from panel.jobs.models import Slot, Worker
from panel.members.models import ConsentText, Member

BEGUN, FILLED = "demo.begun", "demo.filled"
DEMO = ("demo", "ternesund")

# What came with the product, or belongs to processes that are running now.
KEPT = (ConsentText, ObjectionKey, Slot, Worker)
# The apps beside panel's that are emptied whole.
NEWS = ("cms.stories", "cms.review", "cms.publishing")
# By what a database shows that somebody works with it.
SIGNS = (User, Channel, Comment, Member, Picture, Document)
# Tables that are not emptied whole, and whose numbers stand in approvals and in the trail.
COUNTED = (User, Page, Picture)
HOMES_DEPTH = 2


class NotOurs(Exception):
    """The database holds what the demo did not put there; the message says what, and a way out."""


def is_ours() -> bool:
    """Whether this database was filled by the demo, or begun to be: the trail says so."""
    return Event.objects.filter(what__in=(BEGUN, FILLED)).exists()


def make_sure_it_is_ours() -> None:
    """Raises NotOurs for a database that is neither empty nor the demo's."""
    if is_ours():
        return
    found = {model._meta.verbose_name_plural: model._base_manager.count() for model in SIGNS}
    found["pages"] = Page.objects.filter(depth__gt=HOMES_DEPTH).count()
    held = ", ".join(f"{number} {name}" for name, number in found.items() if number)
    if held:
        raise NotOurs(
            f"This database holds {held}, and the demo did not put them there. Nothing was "
            "changed. Give the demo a database of its own: DATABASE_URL=sqlite:///var/demo.sqlite3"
        )


@transaction.atomic
def begin(**numbers: int) -> None:
    """Write into the trail that what follows is the demo's: it may be emptied from now on."""
    record(BEGUN, on=DEMO, by=SYSTEM, detail=numbers)


@transaction.atomic
def finish(**numbers: int) -> None:
    """Write into the trail that the demo is whole."""
    record(FILLED, on=DEMO, by=SYSTEM, detail=numbers)


def empty() -> None:
    """Delete all that the demo and those who played with it have made, pictures and files too.

    Numbers begin at 1 again, so that the next filling is the same to the last key.
    """
    photos = list(StoryIdea.objects.exclude(photo="").values_list("photo", flat=True))
    files = [each.file for each in FileImport.objects.filter(is_uploaded=True).exclude(path="")]
    with files_go_at_once(), transaction.atomic():
        # First the pages: they point into what is emptied whole.
        _empty_site()
        _run(connection.ops.sql_flush(no_style(), list(_tables()), reset_sequences=True))
        ConsentText.objects.exclude(published_by_id=None, published_at__isnull=False).delete()
        User.objects.all().delete()
        counted = [
            {"table": model._meta.db_table, "column": model._meta.pk.column} for model in COUNTED
        ]
        _run(connection.ops.sequence_reset_by_name_sql(no_style(), counted))
        # What is left of them is counted: there, the next number is the one after.
        _run(connection.ops.sequence_reset_sql(no_style(), COUNTED))
    for file in files:
        file.unlink(missing_ok=True)
    for photo in photos:
        private.storage().delete(photo)


@contextmanager
def files_go_at_once() -> Iterator[None]:
    """Files of what is deleted are gone with the commit, and not when a worker comes to it.

    Otherwise the next filling's would have to take other names, which approvals are bound to.
    """
    with ExitStack() as stack:
        for handlers in (images, documents):
            stack.enter_context(patch.object(handlers, "delete_file_from_storage_task", _AtOnce))
        yield


class _AtOnce:
    """In place of Wagtail's job: it is called, not put in the queue."""

    enqueue = staticmethod(delete_file_from_storage_task.call)


def _tables() -> Iterator[str]:
    """The tables of ours that are emptied whole; nothing outside them points into them.

    Those of stories are among them: their pages are gone before.
    """
    for config in apps.get_app_configs():
        if config.name.startswith("panel.") or config.name in NEWS:
            for model in config.get_models(include_auto_created=True):
                if model is not User and model not in KEPT:
                    yield model._meta.db_table
    yield DBTaskResult._meta.db_table


def _empty_site() -> None:
    """Pages below the home pages, everything said about any page, and the library."""
    for page in Page.objects.filter(depth=HOMES_DEPTH + 1):
        page.refresh_from_db()
        page.delete()
    kinds = (Revision, PageLogEntry, ModelLogEntry)
    Page.objects.update(latest_revision=None, live_revision=None)
    for kind in kinds:
        kind.objects.all().delete()
    for file in (*Picture.objects.all(), *Document.objects.all()):
        file.delete()


def _run(statements: list[str]) -> None:
    # PostgreSQL empties no table whose keys it has yet to look at.
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

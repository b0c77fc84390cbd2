"""The ground the demo stands on: whether a database is the demo's own, and emptying it."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from wagtail.documents.models import Document
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from cms.media.models import Picture
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
# By what a database shows that somebody works with it.
SIGNS = (User, Channel, Comment, Member, Picture, Document)
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
    files = [each.file for each in FileImport.objects.filter(is_uploaded=True).exclude(path="")]
    with transaction.atomic():
        _run(connection.ops.sql_flush(no_style(), list(_tables()), reset_sequences=True))
        _empty_site()
        ConsentText.objects.exclude(published_by_id=None, published_at__isnull=False).delete()
        User.objects.all().delete()
        users = {"table": User._meta.db_table, "column": User._meta.pk.column}
        _run(connection.ops.sequence_reset_by_name_sql(no_style(), [users]))
    for file in files:
        file.unlink(missing_ok=True)


def _tables() -> Iterator[str]:
    """The tables of ours that are emptied whole; nothing outside them points into them."""
    for config in apps.get_app_configs():
        if config.name.startswith("panel."):
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

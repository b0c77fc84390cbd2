"""Many stories at once, copied row by row from one that went the whole way: for tests of thousands.

Making one takes a tenth of a second and more, nearly all of it in asking and approving.
"""

from __future__ import annotations

import copy
import uuid
from typing import Any

from django.db import connection, models, transaction
from wagtail.models import Page, Revision

from cms.publishing.models import Publication
from cms.review.models import Approval
from cms.review.sealing import digest, seal
from cms.stories.models import StoryPage

AT_ONCE = 200


class Pattern:
    """A story that was approved and waits, as it is now: what becomes of it later is its own."""

    def __init__(self, approval: Approval) -> None:
        self.approval = Approval.objects.select_related("revision").get(pk=approval.pk)
        self.page = Page.objects.get(pk=approval.page_id)
        self.rows = list(Publication.objects.filter(approval=approval))

    def copies(self, how_many: int) -> list[Approval]:
        """So many like it, each with a title, an address and a seal of its own."""
        made: list[Approval] = []
        while len(made) < how_many:
            made += self._some(min(AT_ONCE, how_many - len(made)))
        return made

    @transaction.atomic
    def _some(self, how_many: int) -> list[Approval]:
        pages = _pages(self.page, how_many)
        _story_rows(self.page, pages)
        version = self.approval.revision
        assert version is not None
        versions = _new(Revision, [_version(version, page) for page in pages])
        for page, of_it in zip(pages, versions, strict=True):
            page.latest_revision_id = of_it.pk
        models.QuerySet(Page).bulk_update(pages, ["latest_revision"])
        both = zip(pages, versions, strict=True)
        made = _new(Approval, [_approval(self.approval, *each) for each in both])
        _new(Publication, [_fresh(row, approval=each) for each in made for row in self.rows])
        return made


def _pages(original: Page, how_many: int) -> list[Any]:
    parent = original.get_parent()
    last, made = parent.get_last_child(), []
    for _number in range(how_many):
        name = uuid.uuid4().hex[:12]
        last = _fresh(
            original,
            path=last._inc_path(),
            translation_key=uuid.uuid4(),
            title=f"Historie {name}",
            draft_title=f"Historie {name}",
            slug=f"historie-{name}",
            url_path=f"{parent.url_path}historie-{name}/",
            latest_revision=None,
        )
        made.append(last)
    Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + how_many)
    return _new(Page, made)


def _story_rows(original: Page, pages: list[Any]) -> None:
    """The half of a story that is not a page's: Django makes no two-table rows in bulk."""
    table = StoryPage._meta.db_table
    columns = [field.column for field in StoryPage._meta.local_concrete_fields][1:]
    named = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (page_ptr_id, {named})"  # noqa: S608 - our own names
            f" SELECT %s, {named} FROM {table} WHERE page_ptr_id = %s",
            [(page.pk, original.pk) for page in pages],
        )


def _version(version: Revision, page: Any) -> Revision:
    content = copy.deepcopy(version.content)
    content |= {
        "pk": page.pk,
        "path": page.path,
        "title": page.title,
        "draft_title": page.title,
        "slug": page.slug,
        "url_path": page.url_path,
        "translation_key": str(page.translation_key),
        "teasers": [each | {"pk": None, "page": page.pk} for each in content["teasers"]],
    }
    return _fresh(version, object_id=str(page.pk), object_str=page.title, content=content)


def _approval(approval: Approval, page: Any, version: Revision) -> Approval:
    what = approval.contents | {"title": page.title, "slug": page.slug}
    return _fresh(
        approval,
        page=page,
        revision=version,
        title=page.title,
        contents=what,
        content_hash=digest(what),
        seal=seal(what, approval.plan),
    )


def _fresh(row: Any, **fields: Any) -> Any:
    """Another row like it, not saved yet."""
    known = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in fields
    }
    return type(row)(**known, **fields)


def _new(model: type[models.Model], rows: list[Any]) -> list[Any]:
    return models.QuerySet(model).bulk_create(rows)

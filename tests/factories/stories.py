"""Stories, and the page they are found on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from cms.publishing.actions import submit
from cms.review import actions
from cms.review.models import Approval
from cms.stories.models import StoryIndexPage, StoryPage, Teaser
from panel.accounts.models import User
from panel.channels.actions import add_channel
from panel.channels.models import Channel
from panel.conversations.models import Department
from panel.core.clock import now
from panel.members.models import Area
from tests.factories.pages import block, home, publish


def stories(language: str = "da") -> StoryIndexPage:
    """The page of stories, published."""
    found = StoryIndexPage.objects.filter(locale__language_code=language).first()
    if found is not None:
        return found
    if language == "da":
        return publish(StoryIndexPage(title="Historier"), home("da"))
    translated = stories("da").copy_for_translation(home(language).locale)
    translated.title = "Stories"
    translated.save_revision().publish()
    return StoryIndexPage.objects.get(pk=translated.pk)


def department(name: str = "Teknik og Miljø") -> Department:
    """One of the town hall's."""
    return Department.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]


def area(name: str = "Havnebyen") -> Area:
    """A part of the town."""
    return Area.objects.get_or_create(name=name)[0]


def story(
    *, by: User, title: str = "Nye cykelstativer ved stationen", language: str = "da", **fields: Any
) -> StoryPage:
    """A draft written by ``by``."""
    index = stories(language)
    fields.setdefault("lead", "Nu er der plads til 200 cykler.")
    fields.setdefault("body", [block("text", "<p>De står ved spor 1.</p>")])
    page = StoryPage(title=title, live=False, owner=by, locale=index.locale, **fields)
    index.refresh_from_db()
    index.add_child(instance=page)
    page.save_revision(user=by)
    return StoryPage.objects.get(pk=page.pk)


def teaser(
    page: StoryPage, channel: Channel, text: str = "Læs om stativerne", *, by: User, **fields: Any
) -> None:
    """What is written about ``page`` on ``channel``, in a new version."""
    draft = page.get_latest_revision_as_object()
    draft.teasers.add(Teaser(channel=channel, text=text, **fields))
    draft.save_revision(user=by)


def rewrite(page: StoryPage, *, by: User | None, **fields: Any) -> Any:
    """A new version with ``fields`` as they are given, as the editor saves it."""
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision(user=by)


def approved(page: StoryPage, *, asked_by: User, by: User) -> Approval:
    """Asked for and approved, not published yet."""
    approval = actions.ask(page, plan=[], by=asked_by)
    return actions.approve(approval, seen=approval.seal, by=by)


def put_live(page: StoryPage, *, asked_by: User, by: User) -> StoryPage:
    """On the site, the way the go-live loop does it."""
    approval = approved(page, asked_by=asked_by, by=by)
    with transaction.atomic():
        actions.use(approval, at=now())
        revision = approval.revision
        assert revision is not None
        revision.publish()
    return StoryPage.objects.get(pk=page.pk)


def channel(slug: str = "opslagstavlen", name: str = "Opslagstavlen") -> Channel:
    """A place we post by hand."""
    found = Channel.objects.filter(slug=slug).first()
    return found or add_channel(kind="byhand", slug=slug, name=name, by=None)


def scheduled(
    page: StoryPage, *, asked_by: User, by: User, due_at: datetime | None = None, patience: int = 60
) -> Approval:
    """Approved, to go out at ``due_at``; without one, as soon as the loop looks."""
    approval = submit(page, due_at=due_at, patience=patience, by=asked_by)
    return actions.approve(approval, seen=approval.seal, by=by)

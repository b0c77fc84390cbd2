"""What the demo's stories promise, for the test that has filled one."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

from django.core.management import call_command

from cms.publishing import watching
from cms.publishing.models import Notice, Publication
from cms.publishing.models import State as Out
from cms.publishing.reports.asked import waiting_for
from cms.review.models import Approval, State
from cms.stories.mix.counting import reminder
from cms.stories.models import IdeaState, Kind, Source, StoryIdea, StoryPage
from demo.filling.newsroom import SOON
from demo.filling.soon import IN
from demo.world import stories
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.audit.reports import verify
from panel.channels.models import Kind as ChannelKind
from panel.conversations.models import Department
from panel.core.clock import in_copenhagen, now
from panel.outbox.models import Pause


def all_is_in_order() -> None:
    """Every state there is, over ten weeks, and nothing on the site that nobody approved."""
    assert {*Approval.objects.values_list("state", flat=True)} == {*State.values}
    # Nothing is sent to a network: the demo's municipality posts by hand.
    states = {*Out.values} - {Out.QUEUED, Out.FAILED}
    assert {*Publication.objects.values_list("state", flat=True)} == states
    assert {*StoryIdea.objects.values_list("state", flat=True)} == {*IdeaState.values}
    _live_ones_are_told_honestly()
    _everybody_has_something_to_do()
    _ideas_have_led_somewhere()


def _live_ones_are_told_honestly() -> None:
    live = StoryPage.objects.live()
    assert live.filter(locale__language_code="da").count() >= 24
    assert watching.look() == watching.compare() == 0
    assert {*live.values_list("kind", flat=True)} == {*Kind.values}
    assert live.values("department").distinct().count() == Department.objects.count()
    assert live.values("place").distinct().count() >= 12
    for story in live:
        approval = Approval.objects.get(page=story, state=State.PUBLISHED)
        assert approval.asked_at < approval.decided_at < approval.published_at
        revised = Approval.objects.filter(page=story, state=State.SUPERSEDED).exists()
        assert revised or story.first_published_at == approval.published_at
        assert now() - timedelta(days=75) < approval.published_at <= now()
        # In the morning, the afternoon or the evening by the clock on the wall, whichever it was.
        assert 7 <= in_copenhagen(approval.published_at).hour < 18
    translated = live.filter(locale__language_code="en")
    assert translated.count() == len(stories("en"))
    for story in translated:
        danish = story.get_translations().live().get().specific
        assert (story.department, story.place, story.kind) == (
            *(danish.department, danish.place, danish.kind),
        )
    # There is something to be reminded of, and not of everything.
    assert 0 < len(reminder(now())) < 3


def _everybody_has_something_to_do() -> None:
    editors = User.objects.filter(groups__name=Role.EDITOR.value)
    assert editors.count() == 2
    assert all(waiting_for(editor) for editor in editors)
    assert len({len(waiting_for(editor)) for editor in editors}) == 2
    assert Approval.objects.filter(state=State.ASKED, needed_by=None).count() >= 3
    # One that was live before shows what is new in it.
    assert Approval.objects.filter(state=State.ASKED, page__live=True).exists()
    byhand = Publication.objects.filter(channel__kind=ChannelKind.BYHAND)
    assert byhand.filter(state=Out.READY).count() == 1
    assert byhand.filter(state=Out.OUT, posted_by__isnull=False).exclude(url="").exists()
    ahead = Publication.objects.filter(state__in=(Out.WAITING, Out.HELD), due_at__isnull=False)
    assert all(row.due_at > now() for row in ahead)
    assert Pause.objects.get().ended_at
    assert Notice.objects.unsent().count() < 20


def _ideas_have_led_somewhere() -> None:
    ideas = StoryIdea.objects
    assert {*ideas.values_list("source", flat=True)} == {*Source.values}
    assert ideas.get(state=IdeaState.NEW, people_know=True).photo.size
    assert ideas.get(state=IdeaState.TOLD).story.live
    assert not ideas.get(state=IdeaState.USED).story.live
    assert ideas.get(state=IdeaState.MERGED).duplicate_of.state == IdeaState.TOLD
    assert ideas.unanswered().exists()
    assert ideas.overdue(in_copenhagen(now()).date()).exists()


def one_goes_live_soon_after_every_start() -> None:
    """However often the demo is started, and whatever became of the one before."""
    address = next(told.page.slug for told in stories("da") if told.state == SOON)
    before = StoryPage.objects.count()
    for _start in range(2):
        asked = now().replace(microsecond=0)
        told = StringIO()
        call_command("demo", "--soon", stdout=told)
        assert address in told.getvalue()
        story = StoryPage.objects.get(slug=address)
        assert not story.live
        approval = Approval.objects.get(page=story)
        assert approval.state == State.APPROVED
        assert approval.decided_by_id not in approval.authors
        row = approval.publications.get(channel__kind=ChannelKind.SITE)
        assert timedelta() <= row.due_at - asked - IN < timedelta(seconds=20)
    assert StoryPage.objects.count() == before + 1
    assert verify().faults == ()
    User.objects.filter(groups__name=Role.EDITOR.value).update(is_active=False)
    told = StringIO()
    call_command("demo", "--soon", stdout=told)
    assert told.getvalue().startswith("No story goes live in two minutes: ")

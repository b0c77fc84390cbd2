"""Filling the demo: the same every time, all of it there, and nobody else's data touched."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image as Canvas
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.media.models import Picture
from cms.pages import frame, kept
from cms.pages.models import HomePage, MunicipalitySettings, PlainPage
from cms.publishing.models import Publication
from cms.review.models import Approval
from cms.stories.models import StoryIdea, StoryPage
from demo.filling import NotOurs, fill, library, morning
from demo.filling.ground import empty, files_go_at_once, is_ours, make_sure_it_is_ours
from demo.filling.moments import Diary
from demo.world import STAFF, cast
from panel.accounts import second_factor
from panel.accounts.models import User
from panel.accounts.roles import roles_of
from panel.audit.models import Event, Head
from panel.audit.reports import verify
from panel.basis import gate
from panel.basis.models import Objection
from panel.channels.models import Channel
from panel.conversations.models import Comment, Commenter, FileImport, Post
from panel.core.clock import COPENHAGEN, now
from panel.invitations.models import Campaign, CampaignState, Invitation, OpenLink
from panel.jobs.models import DeadLetter
from panel.members.models import Claim, Door, Member
from panel.privacy.retaining import retain
from tests.demo import news
from tests.factories.accounts import UserFactory
from tests.factories.pages import publish

COMMENTS = 400
HALF_ANSWERED = {"joined", "declined", "lapsed", "opened", "unsure", "sent", "withdrawn"}
UNTIL = morning(now())


@pytest.fixture(autouse=True)
def _plain_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real ones take a second each, and have tests of their own."""
    for drawn in (library.jpeg, library._logo):
        drawn.cache_clear()
    monkeypatch.setattr(library, "draw", lambda name: Canvas.new("RGB", (320, 200), "#14505c"))


@pytest.fixture(autouse=True)
def _folders_of_its_own(settings: Any, tmp_path: Path) -> None:
    """A file left by another test would give a new one another name, and approvals another seal."""
    settings.MEDIA_ROOT, settings.UPLOAD_ROOT = tmp_path / "media", tmp_path / "uploads"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Two fillings of one moment bear one stamp: no process sees that twice but this one."""
    frame.forget()
    kept.forget()


def filled(comments: int = COMMENTS, seed: int = 1) -> list[str]:
    said: list[str] = []
    fill(comments=comments, seed=seed, until=UNTIL, say=said.append)
    return said


def digest() -> str:
    """Everything a visitor could read, and the trail's last seal, which stands for its events."""
    rows = (
        Comment.objects.order_by("pk").values_list(
            "pk", "external_id", "text", "commenter__external_id", "is_counted", "hidden_at"
        ),
        Post.objects.order_by("external_id").values_list(
            "external_id", "text", "department__slug", "is_competition"
        ),
        Member.objects.order_by("pk").values_list(
            "pk", "user__email", "door", "joined_at", "profile__age_band", "profile__area__name"
        ),
        Invitation.objects.order_by("pk").values_list(
            *("pk", "state", "way", "email", "commenter__external_id"),
            *("sent_at", "reminded_at", "answered_at"),
        ),
        Page.objects.order_by("url_path").values_list("url_path", "title", "search_description"),
        HomePage.objects.order_by("url_path").values_list("welcome", "lead", "picture_alt"),
        Approval.objects.order_by("pk").values_list("title", "state", "seal", "published_at"),
        Publication.objects.order_by("pk").values_list("state", "text", "due_at", "out_at"),
        StoryIdea.objects.order_by("pk").values_list("text", "state", "answer_due"),
        Head.objects.values_list("sequence", "hash"),
    )
    return hashlib.sha256(repr([list(each) for each in rows]).encode()).hexdigest()


# --- Time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        (datetime(2026, 11, 20, 14, 30, tzinfo=UTC), datetime(2026, 11, 20, 6, tzinfo=COPENHAGEN)),
        (datetime(2026, 11, 20, 4, 59, tzinfo=UTC), datetime(2026, 11, 19, 6, tzinfo=COPENHAGEN)),
        (datetime(2026, 6, 30, 4, 0, tzinfo=UTC), datetime(2026, 6, 30, 6, tzinfo=COPENHAGEN)),
    ],
)
def test_the_year_ends_on_the_last_morning(moment: datetime, ends: datetime):
    assert morning(moment) == ends


def test_the_diary_never_goes_back_in_time():
    diary, seen = Diary(UNTIL), list[tuple[str, datetime]]()
    earlier, later = diary.days_ago(3), diary.days_ago(2)
    diary.note(later, lambda: seen.append(("later", now())))
    diary.note(later, lambda: diary.note(earlier, lambda: seen.append(("too late", now()))))
    diary.note(UNTIL + timedelta(days=1), lambda: seen.append(("last", now())))
    diary.note(earlier, lambda: seen.append(("earlier", now())))
    diary.play()
    assert seen == [("earlier", earlier), ("later", later), ("too late", later), ("last", UNTIL)]
    assert now() > UNTIL


# --- The same every time --------------------------------------------------------------------------


@pytest.mark.timeout(400)  # the whole demo, twice
@pytest.mark.django_db
def test_filling_again_gives_the_same_and_takes_away_what_visitors_left(
    django_capture_on_commit_callbacks: Any, settings: Any
):
    with django_capture_on_commit_callbacks(execute=True):
        filled()
    first = digest()
    UserFactory(email="gaest@example.dk")
    home = HomePage.objects.get(locale__language_code="da")
    publish(PlainPage(title="Gæstens side", slug="gaest"), home)
    Comment.objects.filter(text__contains="lampe").update(text="rettet")
    assert digest() != first
    # Files go when that is certain; a new one would have to take another name before.
    with files_go_at_once(), django_capture_on_commit_callbacks(execute=True):
        empty()
    assert not list((settings.MEDIA_ROOT / "original_images").iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        filled()
    assert digest() == first
    assert not User.objects.filter(email="gaest@example.dk").exists()
    assert Picture.objects.count() == len(library.PICTURES) + 1


# --- What is there --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_everything_is_there_and_in_order(client: Client):
    told = filled()
    assert told[-1].startswith("There are ")
    assert mail.outbox == []
    assert verify().faults == ()
    assert list(Event.objects.order_by("sequence").values_list("at", flat=True)) == sorted(
        Event.objects.values_list("at", flat=True)
    )
    assert gate.is_open()
    assert not DeadLetter.objects.exists()
    assert not any(retain(at=UNTIL, dry_run=True).values())
    assert Comment.objects.filter(channel__slug="facebook-side").count() == COMMENTS
    assert Comment.objects.filter(
        hidden_at__isnull=False, hidden_by__name="Mikkel Sandholt"
    ).exists()
    assert Post.objects.filter(is_competition=True).count() >= 3
    _people_are_in_order()
    _asking_is_in_order()
    _pages_are_in_order(client)
    news.all_is_in_order()
    news.one_goes_live_soon_after_every_start()


def _people_are_in_order() -> None:
    for person in STAFF:
        user = User.objects.get(email=person.email)
        assert {role.value for role in roles_of(user)} == {person.role}
        assert user.emailaddress_set.get().verified
        assert second_factor.is_set_up(user)
    assert Member.objects.count() == 64
    assert set(Member.objects.values_list("door", flat=True)) == set(Door.values)
    claimed = {cast[key] for key in ("helper-1", "regular-1", "regular-2")}
    assert set(Claim.objects.values_list("commenter__external_id", flat=True)) == claimed
    assert not Commenter.objects.filter(external_id=cast["objector"]).exists()
    assert Objection.objects.count() == 1


def _asking_is_in_order() -> None:
    states = dict(Campaign.objects.values_list("name", "state"))
    assert states == {
        "Første runde": CampaignState.ENDED,
        "Anden runde": CampaignState.RUNNING,
        "Plakat på biblioteket": CampaignState.WAITING,
        "Vinterrunden": CampaignState.DRAFT,
    }
    second = Invitation.objects.filter(campaign__name="Anden runde")
    counts = Counter(second.values_list("state", flat=True))
    assert {*counts} >= HALF_ANSWERED
    reminded = second.filter(reminded_at__isnull=False)
    assert {*reminded.values_list("way", flat=True)} == {"letter", "email"}
    assert {*reminded.values_list("reminder", flat=True)} == {"sent"}
    link = OpenLink.objects.get(campaign__name="Anden runde")
    assert link.opened > link.joined > 0
    cards = FileImport.objects.get()
    assert (cards.state, cards.added, cards.refused) == ("done", 9, 3)


def _pages_are_in_order(client: Client) -> None:
    owner = MunicipalitySettings.load()
    owner.full_clean()
    pages = Page.objects.filter(depth__gt=1).specific()
    assert len(pages) == 16 + StoryPage.objects.count()
    for page in pages:
        page.full_clean()
        assert isinstance(page, StoryPage) or page.get_translations().count() == 1
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))
        status = 200 if page.live else 404
        assert client.get(page.get_url()).status_code == status, page.url_path
    assert "Du ved noget om Ternesund" in client.get("/").content.decode()
    assert "You know things about Ternesund" in client.get("/en/").content.decode()


# --- Nobody else's data ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_database_that_is_not_the_demo_s_is_left_alone(member: User):
    with pytest.raises(NotOurs, match=r"holds 1 .*database of its own"):
        filled()
    assert list(User.objects.all()) == [member]
    assert not is_ours()


@pytest.mark.django_db
def test_a_filling_that_was_cut_off_can_be_done_again(monkeypatch: pytest.MonkeyPatch):
    def cut_off(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("demo.filling.talk.take_in", cut_off)
        with pytest.raises(KeyboardInterrupt):
            filled(comments=200)
    assert Channel.objects.exists()
    make_sure_it_is_ours()
    empty()
    assert not Channel.objects.exists()


@pytest.mark.django_db
def test_the_command_fills_and_lists_the_staff():
    out = StringIO()
    call_command("demo", "--comments=200", "--seed=3", stdout=out)
    listed = StringIO()
    call_command("demo", "--accounts", stdout=listed)
    assert out.getvalue().endswith(listed.getvalue())
    for person in STAFF:
        assert person.email in listed.getvalue()
    assert "Department specialist" in listed.getvalue()
    assert Event.objects.get(what="demo.filled").detail == {"comments": 200, "seed": 3}
    assert Comment.objects.filter(channel__slug="facebook-side").count() == 200


@pytest.mark.django_db
def test_the_command_says_when_there_is_nobody_to_list():
    with pytest.raises(CommandError, match=r"manage\.py demo"):
        call_command("demo", "--accounts")


def test_the_command_wants_a_year_s_worth_of_comments():
    with pytest.raises(CommandError, match="at least 200 comments"):
        call_command("demo", "--comments=10")


def test_the_command_refuses_a_server_s_settings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")
    with pytest.raises(CommandError, match="for a laptop"):
        call_command("demo")

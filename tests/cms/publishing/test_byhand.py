"""What a person posts: everything ready to copy, a mark that can be taken back, two reminders."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.media.cleaning import Remade
from cms.media.models import Picture
from cms.publishing import actions, sweeping, tasks
from cms.publishing.models import Notice, Publication, State, What
from cms.stories.models import Pictures, StoryPage
from panel.accounts.models import User
from panel.core.clock import COPENHAGEN, now
from tests.cms.publishing.planned import in_english, says
from tests.conftest import SignedIn
from tests.factories.pages import block, picture
from tests.factories.stories import channel, scheduled, story, teaser

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=COPENHAGEN)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's."""
    monkeypatch.setattr(sweeping, "clock", now)


@pytest.fixture
def ready(clerk: User, editor: User, specialist: User) -> Publication:
    """Live since ten o'clock, to be posted by hand."""
    in_english(clerk, editor, specialist)
    with time_machine.travel(TEN, tick=True):
        page = story(by=clerk, picture=picture(), picture_alt="Cykler under et halvtag")
        teaser(page, channel(), by=clerk)
        approval = scheduled(page, asked_by=clerk, by=editor)
        sweeping.sweep()
    return Publication.objects.get(approval=approval, channel=channel())


def at(**later: float) -> Any:
    return time_machine.travel(TEN + timedelta(**later), tick=True)


def told(user: User) -> list[str]:
    letters = Notice.objects.filter(to=user, what__startswith="post").order_by("pk")
    return list(letters.values_list("what", flat=True))


def test_reminded_after_an_hour_and_once_more_the_next_morning(ready: Publication, clerk: User):
    assert told(clerk) == [What.POST]
    with at(minutes=59):
        assert tasks.remind_to_post.func() == 0
    with at(minutes=61):
        assert tasks.remind_to_post.func() == 1
        assert tasks.remind_to_post.func() == 0
    with at(hours=21, minutes=30):  # half past seven
        assert tasks.remind_to_post.func() == 0
    with at(hours=22, minutes=5):
        assert tasks.remind_to_post.func() == 1
    with at(hours=46, minutes=5):
        assert tasks.remind_to_post.func() == 0

    assert told(clerk) == [What.POST, What.POST_AGAIN, What.POST_STILL]


def test_nobody_is_reminded_of_what_is_posted(ready: Publication, clerk: User):
    with at(minutes=30):
        actions.mark_posted(ready, by=clerk)
    with at(minutes=61):
        assert actions.prompt() == 0


def test_nobody_is_reminded_of_old_news(ready: Publication):
    with at(days=4):
        assert actions.prompt() == 0


def test_a_reminder_counts_from_when_it_really_went_live(clerk: User, editor: User):
    with time_machine.travel(TEN, tick=True):
        page = story(by=clerk)
        teaser(page, channel(), by=clerk)
        scheduled(page, asked_by=clerk, by=editor)
    with at(minutes=50):
        sweeping.sweep()
    with at(minutes=70):
        assert actions.prompt() == 0
    with at(minutes=111):
        assert actions.prompt() == 1


def test_where_the_author_has_left_who_approved_is_reminded(
    ready: Publication, clerk: User, editor: User
):
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    with at(minutes=61):
        actions.prompt()

    assert told(editor) == [What.POST_AGAIN]


# --- The page -------------------------------------------------------------------------------------


def address(row: Publication, name: str = "by_hand") -> str:
    return reverse(f"outgoing:{name}", args=[row.pk])


def file_of(row: Publication, shown: Picture | None = None) -> str:
    return reverse("outgoing:picture", args=[row.pk, (shown or Picture.objects.get()).pk])


def state(row: Publication) -> str:
    return Publication.objects.get(pk=row.pk).state


def test_everything_is_ready_to_copy(ready: Publication, clerk: User, signed_in: SignedIn):
    said = says(signed_in(clerk), address(ready))

    link = StoryPage.objects.get(pk=ready.approval.page_id).full_url
    assert f"Læs om stativerne\n\n{link}</textarea>" in said
    assert f'value="{link}"' in said
    assert 'value="Cykler under et halvtag"' in said
    assert file_of(ready) in said
    assert said.count("data-copy=") == 3


def test_the_picture_is_drawn_for_posting(ready: Publication, clerk: User, signed_in: SignedIn):
    answer = signed_in(clerk).get(file_of(ready))

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == (
        'attachment; filename="nye-cykelstativer-ved-stationen.jpg"'
    )
    drawn = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert drawn.size == (800, 600)
    assert not drawn.getexif()


def test_another_picture_than_the_approved_one_is_not_offered(
    ready: Publication, clerk: User, signed_in: SignedIn
):
    shown = Picture.objects.get()
    canvas = io.BytesIO()
    Image.new("RGB", (400, 300)).save(canvas, "JPEG")
    shown.file = Remade(canvas.getvalue())
    shown.save()
    browser = signed_in(clerk)

    assert browser.get(file_of(ready)).status_code == 404
    assert file_of(ready) not in says(browser, address(ready))


def test_several_pictures_are_saved_one_by_one(clerk: User, editor: User, signed_in: SignedIn):
    lead, other, elsewhere = picture(), picture("Stativerne"), picture("En anden")
    image = {"image": other.pk, "alt_text": "Tomme stativer", "decorative": False}
    page = story(
        by=clerk,
        picture=lead,
        picture_alt="Cykler",
        body=[block("picture", {"image": image, "caption": ""})],
    )
    teaser(page, channel(), by=clerk, pictures=Pictures.ALL)
    scheduled(StoryPage.objects.get(pk=page.pk), asked_by=clerk, by=editor)
    with at(minutes=61):
        sweeping.sweep()
    row = Publication.objects.get(channel__kind="byhand")
    browser = signed_in(clerk)

    said = says(browser, address(row))

    assert said.index(file_of(row, lead)) < said.index(file_of(row, other))
    assert 'value="Tomme stativer"' in said
    assert said.count("data-copy=") == 4
    answer = browser.get(file_of(row, other))
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert (
        answer["Content-Disposition"]
        == 'attachment; filename="nye-cykelstativer-ved-stationen-2.jpg"'
    )
    assert browser.get(file_of(row, elsewhere)).status_code == 404


def test_mark_as_posted_and_take_it_back(ready: Publication, clerk: User, signed_in: SignedIn):
    browser = signed_in(clerk)
    form = {"url": " https://example.org/opslag/1 "}

    said = browser.post(address(ready, "posted"), form, follow=True).content.decode()
    assert "Karen Klerk noted on" in said
    assert 'href="https://example.org/opslag/1"' in said
    assert state(ready) == State.OUT
    twice = browser.post(address(ready, "posted"), {}, follow=True).content.decode()
    assert "Somebody was quicker than you" in twice

    said = browser.post(address(ready, "not_posted"), follow=True).content.decode()
    assert "It is still to be posted." in said
    assert state(ready) == State.READY
    twice = browser.post(address(ready, "not_posted"), follow=True).content.decode()
    assert "Nobody has marked it as posted." in twice


@pytest.mark.parametrize("url", ["javascript:alert(1)", "opslag 1", "https://" + "a" * 600])
def test_an_address_that_is_none_is_refused(
    url: str, ready: Publication, clerk: User, signed_in: SignedIn
):
    answer = signed_in(clerk).post(address(ready, "posted"), {"url": url}, follow=True)

    assert "This is no address." in answer.content.decode()
    assert state(ready) == State.READY


def test_it_will_not_be_posted(ready: Publication, clerk: User, signed_in: SignedIn):
    browser = signed_in(clerk)
    assert "It cannot be undone." in says(browser, address(ready, "give_up"))
    browser.post(address(ready, "give_up"), {"why": " "})
    assert state(ready) == State.READY

    answer = browser.post(address(ready, "give_up"), {"why": "Siden er lukket"}, follow=True)

    assert "not posted: Siden er lukket" in answer.content.decode()
    assert state(ready) == State.CANCELLED


def test_before_it_is_live_it_is_not_to_be_posted(
    clerk: User, editor: User, signed_in: SignedIn, specialist: User
):
    in_english(clerk)
    page = story(by=clerk)
    teaser(page, channel(), by=clerk)
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=now() + timedelta(hours=2))
    row = Publication.objects.get(approval=approval, channel=channel())

    said = says(signed_in(clerk), address(row))

    assert "Do not post it yet" in said
    assert address(row, "posted") not in said


def test_the_first_page_leads_to_it_the_moment_it_is_ready(
    ready: Publication, clerk: User, editor: User, specialist: User, signed_in: SignedIn
):
    home = reverse("wagtailadmin_home")
    assert "To post by hand now (1)" in says(signed_in(clerk), home)
    assert address(ready) in says(signed_in(editor), home)
    assert address(ready) not in says(signed_in(specialist), home)

    actions.mark_posted(ready, by=clerk)

    assert "To post by hand now" not in says(signed_in(clerk), home)


def test_one_s_own_come_first_on_the_first_page(
    ready: Publication, clerk: User, editor: User, colleague: User, signed_in: SignedIn
):
    page = story(by=colleague, title="Nyere, men min")
    teaser(page, channel(), by=colleague)
    scheduled(page, asked_by=colleague, by=editor)
    sweeping.sweep()

    said = says(signed_in(colleague), reverse("wagtailadmin_home"))

    assert said.index("Nyere, men min") < said.index("Nye cykelstativer")


def test_a_specialist_reads_and_marks_nothing(
    ready: Publication, specialist: User, signed_in: SignedIn, stranger: Client
):
    browser = signed_in(specialist)
    assert address(ready, "posted") not in says(browser, address(ready))
    for name in ("posted", "not_posted", "give_up"):
        answer = browser.post(address(ready, name), {"why": "x"})
        assert answer["Location"] == reverse("wagtailadmin_home")
    assert state(ready) == State.READY
    assert stranger.get(address(ready))["Location"].startswith("/konto/login/")


def test_what_is_on_the_site_is_not_posted_by_hand(
    ready: Publication, clerk: User, signed_in: SignedIn
):
    on_site = Publication.objects.exclude(pk=ready.pk).get()

    assert signed_in(clerk).get(address(on_site)).status_code == 404

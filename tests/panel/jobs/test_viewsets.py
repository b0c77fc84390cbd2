"""The staff page about background work, and the alarm on every staff page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from panel.core.clock import now
from panel.jobs.heart import SharedClock
from panel.jobs.leases import claim_next
from panel.jobs.models import DeadLetter, LetterState, Worker
from panel.jobs.queue import enqueue
from panel.jobs.worker import sign_in
from tests.panel.jobs import sample

pytestmark = pytest.mark.django_db

ALARM = 'class="worker-alarm"'
INDEX = "/admin/jobs/"


def test_a_clerk_sees_who_works_what_runs_and_what_was_given_up(signed_in, clerk, letter):
    enqueue(sample.break_down)
    enqueue(sample.note)
    claim_next(sign_in(SharedClock()), at=now())
    page = signed_in(clerk).get(INDEX).content.decode()

    assert "Broken: no luck" in page
    assert "Break" in page
    assert Worker.objects.get().host in page
    assert ALARM not in page


def test_an_empty_page_says_that_there_is_nothing_to_do(signed_in, clerk):
    page = signed_in(clerk).get(INDEX + "?state=open")

    assert page.status_code == 200
    assert "jobs-figures" in page.content.decode()


def test_filters_show_what_became_of_them(signed_in, clerk, letter):
    found = signed_in(clerk).get(INDEX + "results/?state=discarded").content.decode()

    assert "Broken" not in found


def test_the_list_costs_the_same_however_long_it_is(
    signed_in, clerk, letter, django_assert_max_num_queries
):
    client = signed_in(clerk)
    for number in range(30):
        letter.pk, letter.task_id = None, f"00000000-0000-0000-0000-{number:012}"
        letter.save()
    client.get(INDEX)

    with django_assert_max_num_queries(25):
        client.get(INDEX)


@pytest.mark.parametrize("person", ["specialist", "analyst"])
def test_others_may_not_look(request, signed_in, letter, person):
    client = signed_in(request.getfixturevalue(person))

    assert client.get(INDEX).status_code in (302, 403)
    assert client.get(f"{INDEX}{letter.pk}/").status_code in (302, 403)
    assert client.post(f"{INDEX}{letter.pk}/run-again/").status_code in (302, 403)
    assert DeadLetter.objects.get().is_open


@pytest.mark.parametrize("path", ["", "1/", "1/run-again/", "1/discard/"])
def test_a_stranger_and_a_member_are_sent_away(stranger, signed_in, member, letter, path):
    for client in (stranger, signed_in(member)):
        assert client.get(INDEX + path).status_code in (302, 403)
        assert client.post(INDEX + path).status_code in (302, 403)
    assert DeadLetter.objects.get().is_open


def test_a_clerk_reads_what_went_wrong_and_decides_nothing(signed_in, clerk, letter):
    client = signed_in(clerk)
    page = client.get(f"{INDEX}{letter.pk}/").content.decode()

    assert "Traceback" in page
    assert "/run-again/" not in page
    assert client.post(f"{INDEX}{letter.pk}/run-again/").status_code in (302, 403)
    assert client.post(f"{INDEX}{letter.pk}/discard/", {"reason": "x"}).status_code in (302, 403)
    assert DeadLetter.objects.get().is_open


def test_an_administrator_runs_it_again_once(signed_in, administrator, letter):
    client = signed_in(administrator)
    assert "/run-again/" in client.get(f"{INDEX}{letter.pk}/").content.decode()

    for _ in range(2):
        answer = client.post(f"{INDEX}{letter.pk}/run-again/", follow=True)
        assert answer.status_code == 200
    assert DeadLetter.objects.get().state == LetterState.RUN_AGAIN
    assert len(answer.context["messages"]) == 1


def test_looking_is_not_deciding(signed_in, administrator, letter):
    assert signed_in(administrator).get(f"{INDEX}{letter.pk}/run-again/").status_code == 405
    assert DeadLetter.objects.get().is_open


def test_an_administrator_discards_it_with_a_reason(signed_in, administrator, letter):
    client = signed_in(administrator)
    refused = client.post(f"{INDEX}{letter.pk}/discard/", {"reason": ""})
    assert refused.status_code == 422
    assert DeadLetter.objects.get().is_open

    page = client.post(f"{INDEX}{letter.pk}/discard/", {"reason": "Opslaget er væk"}, follow=True)
    assert "Opslaget er væk" in page.content.decode()
    assert DeadLetter.objects.get().state == LetterState.DISCARDED


def test_text_from_an_error_is_shown_as_text(signed_in, administrator, letter):
    DeadLetter.objects.update(error="<script>alert(1)</script>", trace="<img src=x>")
    client = signed_in(administrator)

    for path in (INDEX, f"{INDEX}{letter.pk}/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x>" not in page


def test_the_menu_shows_it_to_who_may_look(signed_in, clerk, specialist):
    assert INDEX in signed_in(clerk).get(reverse("wagtailadmin_home")).content.decode()
    assert INDEX not in signed_in(specialist).get(reverse("wagtailadmin_home")).content.decode()


def test_every_staff_page_has_the_alarm_when_nobody_has_worked_for_a_minute(signed_in, specialist):
    client = signed_in(specialist)
    assert ALARM in client.get(reverse("wagtailadmin_home")).content.decode()

    worker = sign_in(SharedClock())
    assert ALARM not in client.get(reverse("wagtailadmin_home")).content.decode()

    Worker.objects.filter(pk=worker.pk).update(
        started_at=now() - timedelta(hours=1), beat_at=now() - timedelta(seconds=61)
    )
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ALARM in page
    assert "manage.py work" in page


def test_the_alarm_asks_once_in_several_seconds(settings, signed_in, clerk, monkeypatch):
    settings.JOBS_ALARM_SECONDS = 3600.0
    asked = []
    monkeypatch.setattr("panel.jobs.components.last_beat", lambda: asked.append(1))
    client = signed_in(clerk)
    for _ in range(3):
        client.get(reverse("wagtailadmin_home"))

    assert len(asked) <= 2  # twice only when the hour struck in between


def test_the_alarm_has_nothing_inline(signed_in, clerk):
    page = signed_in(clerk).get(reverse("wagtailadmin_home")).content.decode()
    alarm = page[page.index("<aside") : page.index("</aside>")]

    assert "style=" not in alarm
    assert "<script" not in alarm
    assert "onclick" not in alarm

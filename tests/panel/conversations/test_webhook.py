"""The address networks call: only they, never twice, and answered when it is kept."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from panel.channels.models import Channel, Hearing, Refused
from panel.conversations import views
from panel.conversations.intake import events
from panel.conversations.models import Comment, Delivery, Post, Strange
from panel.conversations.retention import drop_given_up_of, drop_old_deliveries
from panel.core.clock import now
from tests.factories.outbox import facebook_channel
from tests.panel.channels.facebook.test_events import AT, COMMENT, delivery

pytestmark = pytest.mark.django_db
ADDRESS = "/webhooks/facebook/"
SECRET = "hemmeligheden"


@pytest.fixture(autouse=True)
def _secrets(settings: Any) -> None:
    settings.FACEBOOK_APP_SECRET = SECRET
    settings.FACEBOOK_VERIFY_TOKEN = "ordet"


@pytest.fixture
def page() -> Channel:
    return facebook_channel(external_id="100200300")


def tell(body: bytes, *, secret: str = SECRET, client: Client | None = None) -> Any:
    signature = hmac.digest(secret.encode(), body, "sha256").hex()
    return (client or Client(enforce_csrf_checks=True)).post(
        ADDRESS,
        body,
        content_type="application/json",
        headers={"X-Hub-Signature-256": f"sha256={signature}"},
    )


def ask(**words: str) -> Any:
    query = {"mode": "subscribe", "challenge": "1158201444", "verify_token": "ordet"} | words
    return Client().get(ADDRESS, {f"hub.{name}": value for name, value in query.items()})


def test_who_knows_the_word_gets_the_challenge_back():
    answer = ask()
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "words",
    [{"verify_token": "andet"}, {"mode": "unsubscribe"}, {"challenge": "<script>"}, {"mode": ""}],
)
def test_who_does_not_gets_nothing(words: dict[str, str]):
    assert ask(**words).status_code == 403
    assert Refused.objects.get().times == 1


def test_without_a_word_agreed_on_nobody_knows_it(settings: Any):
    settings.FACEBOOK_VERIFY_TOKEN = ""
    assert ask(verify_token="").status_code == 403


def test_what_is_signed_is_kept_and_read_later(page: Channel):
    assert tell(delivery(COMMENT)).status_code == 200
    assert not Comment.objects.exists()

    assert events.read() == 1

    comment = Comment.objects.get()
    assert (comment.text, comment.channel) == (COMMENT["message"], page)
    assert comment.commenter is not None
    assert comment.commenter.name == "Bo Borger"
    kept = Delivery.objects.get()
    # What is read stands where comments stand, and nowhere else.
    assert bytes(kept.body) == b""
    assert Hearing.objects.get(channel=page).told_at


@pytest.mark.parametrize("secret", ["", "en anden", SECRET + " "])
def test_what_somebody_else_signed_is_refused_and_counted(secret: str):
    for _time in range(3):
        assert tell(delivery(COMMENT), secret=secret).status_code == 403
    assert not Delivery.objects.exists()
    refused = Refused.objects.get()
    assert (refused.kind, refused.times) == ("facebook", 3)


@pytest.mark.parametrize("signature", ["", "sha256=", "æøå", "sha1=abc", "sha256=" + "0" * 64])
def test_a_signature_may_look_like_anything(signature: str):
    headers = {"X-Hub-Signature-256": signature}
    answer = Client().post(ADDRESS, b"{}", content_type="application/json", headers=headers)
    assert answer.status_code == 403


def test_without_a_secret_nothing_is_signed_right(settings: Any):
    settings.FACEBOOK_APP_SECRET = ""
    assert tell(delivery(COMMENT), secret="").status_code == 403


def test_what_comes_again_is_kept_once(page: Channel):
    for _time in range(3):
        assert tell(delivery(COMMENT)).status_code == 200
    assert Delivery.objects.count() == 1
    events.read()
    assert tell(delivery(COMMENT)).status_code == 200
    assert events.read() == 0
    assert Comment.objects.count() == 1


def test_too_much_at_once_is_refused_before_it_is_kept():
    assert tell(b" " * (views.MOST_BYTES + 1)).status_code == 413
    assert tell(b" " * views.MOST_BYTES).status_code == 200
    assert Delivery.objects.count() == 1


def test_nothing_but_asking_and_telling():
    assert Client().put(ADDRESS).status_code == 405


def test_keeping_takes_one_statement(django_assert_num_queries: Any):
    client = Client()
    with django_assert_num_queries(1):
        tell(delivery(COMMENT), client=client)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1, 1, 0)])
def test_in_any_order_it_ends_the_same(page: Channel, order: tuple[int, ...]):
    said = [
        delivery(COMMENT),
        delivery(COMMENT | {"verb": "edited", "message": "Rettet"}, at=int(AT.timestamp()) + 5),
        delivery(
            COMMENT | {"comment_id": "1_9", "parent_id": "1_2", "message": "Svar"},
            at=int(AT.timestamp()) + 6,
        ),
    ]
    for number in order:
        tell(said[number])
        events.read()
    first, answer = Comment.objects.order_by("external_id")
    assert (first.text, answer.text, answer.parent) == ("Rettet", "Svar", first)


def test_what_is_gone_before_it_came_never_shows(page: Channel):
    gone = {"item": "comment", "verb": "remove", "comment_id": "1_2", "post_id": COMMENT["post_id"]}
    tell(delivery(gone, at=int(AT.timestamp()) + 9))
    events.read()
    tell(delivery(COMMENT))
    events.read()
    comment = Comment.objects.get()
    assert (comment.text, comment.commenter, comment.removed_at) == (
        "",
        None,
        AT + timedelta(seconds=9),
    )


def test_a_post_comes_with_its_words(page: Channel):
    tell(delivery(COMMENT | {"item": "status", "message": "Ny bro"}))
    events.read()
    post = Post.objects.get()
    assert (post.text, post.external_id) == ("Ny bro", COMMENT["post_id"])


def test_what_no_channel_is_for_is_counted_and_let_go(page: Channel):
    Channel.objects.update(is_active=False)
    tell(delivery(COMMENT, COMMENT))
    events.read()
    assert not Comment.objects.exists()
    assert Strange.objects.get(name="page/unknown").times == 2
    assert bytes(Delivery.objects.get().body) == b""


def test_what_nobody_knows_is_counted_over_time(page: Channel):
    for number in range(3):
        tell(delivery({"item": "hologram", "verb": "zap"}, at=int(AT.timestamp()) + number))
        events.read()
    assert Strange.objects.get().times == 3


def test_what_cannot_be_read_is_put_aside_and_holds_up_nothing(page: Channel):
    tell(b"nonsense")
    tell(delivery(COMMENT))
    events.read()
    assert Comment.objects.count() == 1
    aside = Delivery.objects.given_up().get()
    assert (aside.code, bytes(aside.body)) == ("json", b"nonsense")


def test_what_breaks_us_is_tried_five_times_alone(
    page: Channel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    real = events.listener_for

    class Breaks:
        def heard(self, body: bytes) -> Any:
            if b"Boom" in body:
                raise ZeroDivisionError("Bo Borger")
            listener = real("facebook")
            assert listener
            return listener.heard(body)

    monkeypatch.setattr(events, "listener_for", lambda kind: Breaks())
    tell(delivery(COMMENT | {"message": "Boom"}))
    tell(delivery(COMMENT | {"comment_id": "1_5"}))
    with time_machine.travel(datetime(2026, 11, 20, 12, 0, tzinfo=UTC), tick=False) as clock:
        for _try in range(events.TRIES + 2):
            events.read()
            clock.shift(timedelta(hours=1))
    assert Comment.objects.get().external_id == "1_5"
    aside = Delivery.objects.given_up().get()
    assert (aside.tries, aside.code) == (events.TRIES, "ZeroDivisionError")
    assert "Bo Borger" not in caplog.text


def test_a_database_that_is_away_says_nothing_against_a_delivery(
    page: Channel, monkeypatch: pytest.MonkeyPatch
):
    def gone(*_args: Any, **_words: Any) -> None:
        raise OperationalError

    tell(delivery(COMMENT))
    with monkeypatch.context() as patch:
        patch.setattr(events, "Intake", gone)
        with pytest.raises(OperationalError):
            events.read()
    assert Delivery.objects.get().tries == 0
    assert events.read() == 1


def test_nul_and_half_characters_come_in_as_something_readable(page: Channel):
    body = json.dumps(
        json.loads(delivery(COMMENT | {"message": "a\0b", "from": {"id": "77", "name": "B\ud800"}}))
    )
    tell(body.encode())
    events.read()
    comment = Comment.objects.get()
    assert comment.text == "a�b"


def test_marks_go_after_days_and_what_failed_after_weeks(page: Channel):
    tell(delivery(COMMENT))
    tell(b"nonsense")
    events.read()
    assert drop_old_deliveries() == 0
    with time_machine.travel(now() + timedelta(days=4)):
        assert drop_old_deliveries() == 1
    with time_machine.travel(now() + timedelta(days=15)):
        assert drop_old_deliveries() == 1


def test_what_failed_goes_when_somebody_is_erased(page: Channel):
    tell(b"nonsense")
    events.read()
    assert drop_given_up_of([page.pk]) == 1

"""A code by e-mail that proves an address."""

from __future__ import annotations

import re
import threading
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory

from panel.accounts import codes
from panel.accounts.models import EmailCode, User

pytestmark = pytest.mark.django_db

ADDRESS = "Mette@Example.DK"


@pytest.fixture
def browser(rf: RequestFactory) -> HttpRequest:
    return _browser(rf)


def _browser(rf: RequestFactory, ip: str = "10.0.0.1") -> Any:
    request: Any = rf.post("/tag-del/", REMOTE_ADDR=ip)
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore()
    return request


def sent_code() -> str:
    found = re.search(r"\d{4} \d{4}", mail.outbox[-1].body)
    assert found
    return found.group()


def wrong() -> str:
    return "0000 0000" if sent_code() != "0000 0000" else "0000 0001"


def test_the_code_proves_the_address_in_small_letters(browser: HttpRequest):
    codes.request_code(browser, ADDRESS)
    assert mail.outbox[0].to == ["mette@example.dk"]
    assert codes.pending_address(browser) == "mette@example.dk"

    assert codes.redeem_code(browser, sent_code()) == "mette@example.dk"
    assert codes.pending_address(browser) is None


def test_the_code_is_good_once(browser: HttpRequest):
    codes.request_code(browser, ADDRESS)
    state = dict(browser.session[codes.SESSION_KEY])
    codes.redeem_code(browser, sent_code())
    browser.session[codes.SESSION_KEY] = state

    with pytest.raises(codes.WrongCode):
        codes.redeem_code(browser, sent_code())


def test_the_code_is_good_for_ten_minutes(browser: HttpRequest):
    with time_machine.travel(0, tick=False) as clock:
        codes.request_code(browser, ADDRESS)
        clock.shift(600)
        assert codes.pending_address(browser) is None
        with pytest.raises(codes.WrongCode, match="too old"):
            codes.redeem_code(browser, sent_code())


def test_five_wrong_codes_void_the_right_one(browser: HttpRequest):
    codes.request_code(browser, ADDRESS)
    for _attempt in range(5):
        with pytest.raises(codes.WrongCode, match="not the code"):
            codes.redeem_code(browser, wrong())

    with pytest.raises(codes.WrongCode, match="too often"):
        codes.redeem_code(browser, sent_code())


def test_a_new_code_voids_the_old_one(browser: HttpRequest):
    codes.request_code(browser, ADDRESS)
    old = sent_code()
    codes.request_code(browser, ADDRESS)
    assert EmailCode.objects.count() == 1

    if old != sent_code():
        with pytest.raises(codes.WrongCode):
            codes.redeem_code(browser, old)
    assert codes.redeem_code(browser, sent_code())


def test_another_browser_cannot_use_the_code(browser: HttpRequest, rf: RequestFactory):
    codes.request_code(browser, ADDRESS)
    other = _browser(rf)

    with pytest.raises(codes.WrongCode):
        codes.redeem_code(other, sent_code())
    assert codes.pending_address(other) is None


@pytest.mark.parametrize("said", ["", "  ", "æøå", "\x00", "\ud800", "9" * 10_000, "-", "٤٠٢١"])
def test_strange_codes_are_wrong_codes(browser: HttpRequest, said: str):
    codes.request_code(browser, ADDRESS)
    with pytest.raises(codes.WrongCode):
        codes.redeem_code(browser, said)


def test_the_database_holds_neither_code_nor_address(browser: HttpRequest):
    codes.request_code(browser, ADDRESS)
    browser.session.save()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_emailcode")
        rows = str(cursor.fetchall())
        cursor.execute("SELECT * FROM django_session")
        rows += str(cursor.fetchall())
    for secret in (sent_code(), sent_code().replace(" ", ""), "mette"):
        assert secret not in rows


def test_the_letter_is_the_same_for_members_and_strangers(rf: RequestFactory, member: User):
    letters = []
    for email in (member.email, "ingen@example.dk"):
        codes.request_code(_browser(rf), email)
        letters.append(mail.outbox[-1].body.replace(sent_code(), "CODE"))

    assert letters[0] == letters[1]


def test_an_address_gets_three_letters_a_minute_and_ten_an_hour(rf: RequestFactory):
    sent = 0
    with time_machine.travel(0, tick=False) as clock:
        for minute in range(30):
            for _try in range(5):
                try:
                    codes.request_code(_browser(rf, ip=f"10.0.0.{minute}"), ADDRESS)
                    sent += 1
                except codes.TooMany:
                    pass
            clock.shift(61)
        assert sent == len(mail.outbox) == 10

        clock.shift(3600)
        codes.request_code(_browser(rf), ADDRESS)


def test_one_network_cannot_write_to_everybody(rf: RequestFactory):
    for number in range(20):
        codes.request_code(_browser(rf), f"borger{number}@example.dk")

    with pytest.raises(codes.TooMany):
        codes.request_code(_browser(rf), "borger99@example.dk")


def test_mail_server_that_is_away_is_said_in_words(
    browser: HttpRequest, monkeypatch: pytest.MonkeyPatch
):
    def away(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("panel.core.mail.send", away)
    with pytest.raises(codes.NotSent, match="try again"):
        codes.request_code(browser, ADDRESS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("right", [True, False])
def test_many_at_once_are_five_attempts_and_one_use(rf: RequestFactory, right: bool):
    cache.clear()
    first = _browser(rf)
    codes.request_code(first, ADDRESS)
    state = dict(first.session[codes.SESSION_KEY])
    said = sent_code() if right else wrong()
    answers: list[str] = []

    def redeem() -> None:
        mine = _browser(rf)
        mine.session[codes.SESSION_KEY] = dict(state)
        try:
            answers.append(codes.redeem_code(mine, said))
        except codes.WrongCode as refusal:
            answers.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=redeem) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    tried = EmailCode.objects.get().attempts
    assert answers.count("mette@example.dk") == (1 if right else 0)
    assert tried <= EmailCode.MAX_ATTEMPTS
    assert len(answers) == 20

"""Nobody learns from us who has an account (trust S4), and guessing is limited (S5)."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from allauth.core import ratelimit
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory

from panel.accounts.models import User
from tests.factories.accounts import UserFactory, staff_with
from tests.panel.accounts.test_sign_in import CONFIRM, LOGIN, ask, is_signed_in

pytestmark = pytest.mark.django_db

NOBODY = "ingen-konto@example.dk"
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]*"|[\w.-]+@[\w.-]+')


def seen(answer: Any) -> tuple[int, str, str, list[str]]:
    """What a visitor can see of an answer, without what differs every time."""
    body = CHANGING.sub("·", answer.content.decode())
    return answer.status_code, answer.get("Location", ""), body, sorted(answer.cookies)


def closed() -> User:
    return UserFactory(is_active=False)


@pytest.mark.parametrize("somebody", [UserFactory, staff_with, closed])
def test_pages_are_the_same_with_and_without_an_account(somebody: Any):
    walks = []
    for email in (somebody().email, NOBODY):
        client = Client()
        walks.append(
            [
                seen(ask(client, email)),
                seen(client.get(CONFIRM)),
                seen(client.post(CONFIRM, {"code": "0000 0000", "action": "verify"})),
                seen(client.post(CONFIRM, {"action": "resend"})),
                seen(client.get(CONFIRM)),
            ]
        )
    assert walks[0] == walks[1]


def test_one_letter_goes_out_either_way(member: User):
    for email in (member.email, NOBODY):
        mail.outbox.clear()
        ask(Client(), email)
        assert [letter.to for letter in mail.outbox] == [[email]]
        assert len(mail.outbox[0].alternatives) == 1


def test_attempts_run_out_at_the_same_time(member: User):
    ends = []
    for email in (member.email, NOBODY):
        client = Client()
        ask(client, email)
        ends.append(
            [
                client.post(CONFIRM, {"code": "0000 0000", "action": "verify"}).status_code
                for _attempt in range(7)
            ]
        )
    assert ends[0] == ends[1]


def test_letters_are_limited_the_same_way(member: User):
    sent = []
    for email in (member.email, NOBODY):
        mail.outbox.clear()
        answers = [ask(Client(REMOTE_ADDR="10.1.1.1"), email).status_code for _try in range(5)]
        sent.append((answers, len(mail.outbox)))
        cache.clear()

    assert sent[0] == sent[1] == ([302, 302, 302, 200, 200], 3)


def test_both_ways_ask_the_database_as_often(member: User, django_assert_max_num_queries: Any):
    counts = []
    for email in (member.email, NOBODY):
        client = Client()
        client.get(LOGIN)
        with django_assert_max_num_queries(200) as asked:
            ask(client, email)
        counts.append(len(asked))
    assert abs(counts[0] - counts[1]) <= 1


@pytest.mark.parametrize("forged", ["1.2.3.4", "1.2.3.4, 5.6.7.8", "nonsense", "::1"])
def test_forged_addresses_do_not_multiply_the_attempts(rf: RequestFactory, forged: str):
    """Without a proxy in front, what a visitor says of their address is not believed."""
    allowed = 0
    for number in range(40):
        headers = {"HTTP_X_FORWARDED_FOR": f"{forged}, 9.9.9.{number}"}
        request = rf.post(LOGIN, REMOTE_ADDR="10.0.0.9", **headers)
        allowed += ratelimit.consume(
            request, action="request_login_code", key=f"borger{number}@example.dk"
        )
    assert allowed == 20


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_at_once_are_counted_one_by_one():
    cache.clear()
    member = UserFactory()
    asking = Client()
    ask(asking, member.email)
    cookies = asking.cookies
    compared: list[int] = []

    def guess() -> None:
        client = Client()
        client.cookies = cookies
        answer = client.post("/en" + CONFIRM, {"code": "0000 0000", "action": "verify"})
        compared.append("That is not the code" in answer.content.decode())
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(compared) == 15
    assert sum(compared) <= 5
    assert not is_signed_in(asking)


def test_somebody_elses_wrong_codes_do_not_lock_the_owner_out(member: User):
    attacker = Client()
    ask(attacker, member.email)
    for _attempt in range(6):
        attacker.post(CONFIRM, {"code": "0000 0000", "action": "verify"})

    owner = Client()
    ask(owner, member.email)
    found = re.search(r"\d{4} \d{4}", mail.outbox[-1].body)
    assert found
    owner.post(CONFIRM, {"code": found.group(), "action": "verify"})

    assert is_signed_in(owner)

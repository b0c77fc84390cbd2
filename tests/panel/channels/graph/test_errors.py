"""Answers are sorted by code and sub-code: only what surely was not done is called not done."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from panel.channels.graph.errors import wait_asked, written
from panel.channels.outgoing import Outcome, Trouble
from panel.core.http import Reply


def reply(status: int = 400, headers: dict[str, str] | None = None, **error: Any) -> Reply:
    return Reply(status, headers or {}, json.dumps({"error": error}).encode())


def test_an_id_is_what_done_means():
    answer = written(Reply(200, {}, b'{"id": "1_2"}'))
    assert (answer.outcome, answer.external_id, answer.trouble) == (Outcome.DONE, "1_2", "")


def test_a_picture_s_post_comes_before_the_picture():
    assert written(Reply(200, {}, b'{"id": "7", "post_id": "1_2"}')).external_id == "1_2"
    assert written(Reply(200, {}, b'{"id": 7}')).external_id == "7"


@pytest.mark.parametrize("body", [b"{}", b"", b"<html>", b"true", b"[]", b'{"id": null}', b"null"])
def test_an_answer_without_an_id_is_unknown(body: bytes):
    answer = written(Reply(200, {}, body))
    assert (answer.outcome, answer.code) == (Outcome.UNKNOWN, "no_id")


@pytest.mark.parametrize("code", [102, 190])
def test_a_dead_key_is_everybodys_trouble(code: int):
    answer = written(reply(401, code=code, error_subcode=460, fbtrace_id="AbC"))
    assert (answer.outcome, answer.trouble) == (Outcome.NOT_TRIED, Trouble.SIGN_IN)
    assert (answer.code, answer.trace) == (f"{code}/460", "AbC")


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613, 80001])
@pytest.mark.parametrize("is_transient", [True, False])
def test_a_limit_says_wait_even_where_it_calls_itself_transient(code: int, is_transient: bool):
    answer = written(reply(403, code=code, is_transient=is_transient))
    assert (answer.outcome, answer.trouble) == (Outcome.NOT_TRIED, Trouble.LIMIT)
    assert answer.wait is None


def test_too_many_requests_is_a_limit_whatever_it_says():
    for each in (Reply(429), Reply(429, {}, b"<html>"), reply(429, code=1)):
        assert written(each).trouble == Trouble.LIMIT
    assert written(Reply(429)).code == "http_429"


@pytest.mark.parametrize("code", [1, 2])
def test_temporary_trouble_may_have_done_it(code: int):
    assert written(reply(400, code=code)).outcome == Outcome.UNKNOWN


def test_what_calls_itself_transient_may_have_done_it():
    assert written(reply(400, code=100, is_transient=True)).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("code", [2, 190, 100, 4])
def test_a_broken_server_may_have_done_it_whatever_its_code(status: int, code: int):
    answer = written(reply(status, code=code))
    assert (answer.outcome, answer.trouble) == (Outcome.UNKNOWN, Trouble.NONE)


@pytest.mark.parametrize("code", [10, 100, 200, 299, 324, 368, 506, 1609005, 9004])
def test_a_known_refusal_is_final(code: int):
    answer = written(reply(400, code=code))
    assert (answer.outcome, answer.trouble, answer.code) == (Outcome.REFUSED, "", str(code))


@pytest.mark.parametrize("subcode", [1366046, 1346003, 1404078, 1366051, 4854002, 2207052])
def test_a_known_sub_code_is_final_under_any_code(subcode: int):
    assert written(reply(400, code=6000, error_subcode=subcode)).outcome == Outcome.REFUSED


def test_posting_too_fast_is_a_limit():
    answer = written(reply(400, code=368, error_subcode=1390008))
    assert (answer.outcome, answer.trouble) == (Outcome.NOT_TRIED, Trouble.LIMIT)


@pytest.mark.parametrize("code", [3, 1705, 2500, 999_999])
def test_a_code_nobody_knows_may_have_done_it(code: int):
    assert written(reply(400, code=code)).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize("status", [302, 400, 403, 404, 413])
def test_a_refusal_by_somebody_in_between_may_have_done_it(status: int):
    answer = written(Reply(status, {}, b"<html>490 190</html>"))
    assert (answer.outcome, answer.code) == (Outcome.UNKNOWN, f"http_{status}")


def test_an_error_under_a_good_status_is_an_error():
    assert written(reply(200, code=190)).trouble == Trouble.SIGN_IN


@pytest.mark.parametrize("code", ["190", 190.5, None, [], {}, True, "x" * 50])
def test_odd_codes_are_no_trouble(code: Any):
    assert written(reply(400, code=code)).outcome in Outcome


# --- Usage ----------------------------------------------------------------------------------------

RECORDED = {
    "100200300": [
        {
            "type": "pages",
            "call_count": 28,
            "total_cputime": 25,
            "total_time": 28,
            "estimated_time_to_regain_access": 0,
        },
        {"type": "messenger", "call_count": 100, "estimated_time_to_regain_access": 19},
    ]
}


def test_the_wait_is_the_longest_of_a_page_s_list():
    headers = {"x-business-use-case-usage": json.dumps(RECORDED)}
    assert wait_asked(headers) == timedelta(minutes=19)
    assert written(reply(400, headers, code=80001)).wait == timedelta(minutes=19)


def test_the_app_s_usage_is_no_list():
    usage = {"call_count": 28, "total_time": 25, "total_cputime": 25}
    assert wait_asked({"x-app-usage": json.dumps(usage)}) is None
    usage["estimated_time_to_regain_access"] = 5
    assert wait_asked({"x-app-usage": json.dumps(usage)}) == timedelta(minutes=5)


def test_a_plain_retry_after_counts_too():
    assert wait_asked({"retry-after": "90"}) == timedelta(seconds=90)
    assert wait_asked({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}) is None


def test_nobody_is_waited_for_longer_than_a_day():
    usage = {"1": [{"estimated_time_to_regain_access": 999_999}]}
    assert wait_asked({"x-business-use-case-usage": json.dumps(usage)}) == timedelta(days=1)


@pytest.mark.parametrize(
    "header",
    [
        *("", "no", "[]", "null", "{}", '{"1": {}}', '{"1": [1]}', '{"1": []}'),
        '{"1": [{"estimated_time_to_regain_access": "x"}]}',
        '{"1": [{"estimated_time_to_regain_access": 1e400}]}',
        '{"1": [{"estimated_time_to_regain_access": -5}]}',
    ],
)
def test_a_usage_header_that_says_nothing_asks_for_nothing(header: str):
    assert wait_asked({"x-business-use-case-usage": header}) is None

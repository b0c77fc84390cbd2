"""Batches, and how much may be asked."""

from __future__ import annotations

import json
from typing import Any

from panel.channels.fake.control import FakeNetwork
from tests.panel.channels.fake.conftest import PAGE, Asker


def batch(page: Asker, *items: dict[str, Any], **words: Any) -> Any:
    return page.fine(page.ask("POST", "", data={"batch": json.dumps(items)}, **words))


def usage(page: Asker) -> tuple[int, dict[str, Any]]:
    """Per cent of the app's limit, and what is said about the page's."""
    headers = page.ask("GET", "me").headers
    (of_page,) = json.loads(headers["X-Business-Use-Case-Usage"])[PAGE]
    return json.loads(headers["X-App-Usage"])["call_count"], of_page


def test_each_item_of_a_batch_has_its_own_code_and_its_body_as_a_string(page: Asker):
    good, bad, written = batch(
        page,
        {"method": "GET", "relative_url": "me?fields=id"},
        {"method": "GET", "relative_url": "v25.0/999"},
        {"method": "POST", "relative_url": f"{PAGE}/feed", "body": "message=Hej+%C3%A6"},
    )
    assert (good["code"], json.loads(good["body"])) == (200, {"id": PAGE})
    assert (bad["code"], json.loads(bad["body"])["error"]["error_subcode"]) == (400, 33)
    id = json.loads(written["body"])["id"]
    assert page.get(id)["message"] == "Hej æ"
    assert {"name": "facebook-api-version", "value": "v25.0"} in bad["headers"]


def test_a_batch_can_bring_a_photo(page: Asker, network: FakeNetwork):
    item = {"method": "POST", "relative_url": f"{PAGE}/photos", "attached_files": "cat"}
    (answer,) = batch(page, item, files={"cat": ("cat.jpg", b"miaow")})
    assert json.loads(answer["body"])["post_id"]
    assert network.photos()[0].size == 5


def test_an_item_that_took_too_long_is_null(page: Asker, network: FakeNetwork):
    network.settings(batch_null=[1])
    one, two = batch(page, *[{"method": "GET", "relative_url": "me"}] * 2)
    assert one["code"] == 200
    assert two is None


def test_a_batch_holds_at_most_fifty(page: Asker):
    item = {"method": "GET", "relative_url": "me"}
    assert len(batch(page, *[item] * 50)) == 50
    too_many = {"batch": json.dumps([item] * 51)}
    assert page.refused("POST", "", data=too_many) == (100, 0)
    assert page.refused("POST", "", data={"batch": "nothing"}) == (100, 0)
    assert page.refused("POST", "", data={"batch": "[1]"}) == (100, 0)


def test_the_headers_say_how_much_is_used(page: Asker, network: FakeNetwork):
    network.settings(usage=42)
    share, of_page = usage(page)
    assert share == of_page["call_count"] == 42
    assert (of_page["type"], of_page["estimated_time_to_regain_access"]) == ("pages", 0)


def test_a_quota_is_used_up_and_comes_back(page: Asker, network: FakeNetwork):
    network.settings(quota=4, quota_minutes=30)
    assert [usage(page)[0] for _ in range(4)] == [25, 50, 75, 100]
    refusal = page.ask("GET", "me")
    assert refusal.json()["error"]["code"] == 80001
    (of_page,) = json.loads(refusal.headers["X-Business-Use-Case-Usage"])[PAGE]
    assert of_page["estimated_time_to_regain_access"] == 30
    network.clock(30 * 60 + 1)
    assert usage(page)[0] == 25


def test_a_limit_by_fault_says_how_long_it_lasts(page: Asker, network: FakeNetwork):
    network.fault("code", code=32, minutes=7, times=1)
    _share, of_page = usage(page)
    assert of_page["call_count"] == 100
    assert of_page["estimated_time_to_regain_access"] == 7

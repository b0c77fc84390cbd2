"""Who reads that they may object is led to where they can, in one step."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from tests.conftest import SignedIn
from tests.factories.panel import a_member
from tests.factories.site import whole_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> dict[str, dict[str, Any]]:
    return whole_site()


@pytest.mark.parametrize(
    ("language", "address"), [("da", "/indsigelse/"), ("en", "/en/indsigelse/")]
)
def test_the_privacy_notice_leads_there(
    site: dict[str, dict[str, Any]], stranger: Client, language: str, address: str
) -> None:
    said = stranger.get(site[language]["privacypage"].url).content.decode()
    main = said.partition("<main")[2]
    assert f'href="{address}"' in main
    assert stranger.get(address).status_code == 200


def test_a_member_s_own_page_leads_there(member: User, signed_in: SignedIn) -> None:
    a_member(member)
    said = signed_in(member).get(reverse("members:home")).content.decode()
    assert f'href="{reverse("privacy:object")}"' in said


def test_the_page_of_one_s_data_leads_there(member: User, signed_in: SignedIn) -> None:
    a_member(member)
    said = signed_in(member).get(reverse("privacy:my_data")).content.decode()
    assert re.search(r'href="https?://[^"/]+/(en/)?indsigelse/"', said)

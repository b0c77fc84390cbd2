"""What the site lacks, told to those who can mend it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cms.pages import checklist
from cms.pages.checklist import Lack
from cms.pages.models import MunicipalitySettings
from panel.accounts.models import User
from tests.conftest import SignedIn
from tests.factories.accounts import UserFactory
from tests.factories.site import whole_site

TODAY = date(2026, 11, 20)


def lacks(today: date) -> list[Lack]:
    """As somebody sees it who may do everything."""
    return checklist.lacks(today, user=UserFactory(is_superuser=True))


def whole(**changed: object) -> None:
    """A site that lacks nothing, but for ``changed``."""
    whole_site()
    given = {
        "was_url": "https://www.was.digst.dk/panel-dk",
        "accessibility_renewed_on": TODAY,
        **changed,
    }
    MunicipalitySettings.objects.update(**given)


def test_whole_site_lacks_nothing(db: None):
    whole()
    assert lacks(TODAY) == []


def test_fresh_site_lacks_what_the_law_asks_for_first(db: None):
    found = lacks(TODAY)

    assert [lack.is_law for lack in found] == sorted((lack.is_law for lack in found), reverse=True)
    assert (
        len([lack for lack in found if "Dansk" in lack.sentence or "dansk" in lack.sentence]) == 5
    )


@pytest.mark.parametrize("field", ["phone", "email", "was_url", "dpo_email"])
def test_missing_contact_is_told(db: None, field: str):
    whole(**{field: ""})
    assert len(lacks(TODAY)) == 1


@pytest.mark.parametrize(
    ("days", "is_told"), [(0, False), (334, False), (336, True), (365, True), (400, True)]
)
def test_renewal_is_told_a_month_ahead_and_until_it_is_done(db: None, days: int, is_told: bool):
    whole(accessibility_renewed_on=TODAY - timedelta(days=days))
    assert bool(lacks(TODAY)) is is_told


def test_statement_with_no_date_is_asked_for_one(db: None):
    whole(accessibility_renewed_on=None)
    assert len(lacks(TODAY)) == 1


def test_clerk_sees_it_and_specialist_does_not(
    db: None, clerk: User, specialist: User, signed_in: SignedIn
):
    assert b"site-checklist" in signed_in(clerk).get("/admin/").content
    assert b"site-checklist" not in signed_in(specialist).get("/admin/").content


@pytest.mark.parametrize("who", ["clerk", "editor", "administrator"])
def test_everybody_can_open_what_the_list_links_to(
    db: None, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
):
    user: User = request.getfixturevalue(who)
    client = signed_in(user)
    links = {lack.url for lack in checklist.lacks(TODAY, user=user) if lack.url}
    opened = [client.get(link, follow=True) for link in links]

    assert links
    assert [answer.status_code for answer in opened] == [200] * len(links)
    # Whoever may not is led back to the overview.
    assert "/admin/" not in [answer.request["PATH_INFO"] for answer in opened]


@pytest.mark.parametrize(
    ("who", "may_settings", "may_pages"),
    [("clerk", False, True), ("editor", True, True), ("administrator", True, False)],
)
def test_who_cannot_mend_it_reads_whom_to_ask(
    db: None, who: str, may_settings: bool, may_pages: bool, request: pytest.FixtureRequest
):
    found = checklist.lacks(TODAY, user=request.getfixturevalue(who))
    pages = [lack for lack in found if "kind" in lack.sentence]
    settings = [lack for lack in found if lack not in pages]

    assert {bool(lack.url) for lack in settings} == {may_settings}
    assert {bool(lack.url) for lack in pages} == {may_pages}
    assert all(bool(lack.url) != bool(lack.by) for lack in found)


def test_clerk_reads_it_without_a_link_to_the_settings(db: None, clerk: User, signed_in: SignedIn):
    content = signed_in(clerk).get("/admin/").content.decode()

    assert "WAS-Tool" in content
    assert "En redaktør eller administrator kan rette det under Indstillinger." in content
    assert "/admin/settings/pages/municipalitysettings/" not in content

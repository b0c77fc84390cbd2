"""Every citizen address is visited in its states; a new one without a visit fails (A1).

The list comes from the URLconf. An address is either a ``Stop`` below, or met on one of the ways
at the end of this module, or no page and says why.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.urls import URLPattern, get_resolver, reverse
from playwright.sync_api import Page, expect

from cms.stories.tips import guard
from panel.accounts.models import User
from panel.invitations.actions import hand_over
from panel.invitations.actions.invitations import give_link
from panel.invitations.models import Invitation, Way
from panel.members.models import Claim
from tests.factories.accounts import UserFactory
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import a_member, open_gate, running_campaign
from tests.journeys.axe import sound
from tests.journeys.conftest import OpenPage
from tests.panel.accounts.test_sign_in import totp_now

# Staff screens have their own crawl (test_csp); the rest are no pages to look at.
NO_PAGE = {
    "healthz": "for machines",
    "readyz": "for machines",
    "site:theme": "a style sheet",
    "site:favicon": "a picture",
    "site:robots": "for machines",
    "site:sitemap": "for machines",
    "site:card": "a picture",
    "site:media": "pictures",
    "stories:feed": "for machines",
    "publishing:calendar_feed": "for machines",
    "webhook_facebook": "for machines",
    "network_picture": "a picture, for machines",
    "site:was": "leads on",
    "wagtaildocs_serve": "a file",
    "account_overview": "leads on",
    "account_signup": "leads on",
    "account_no_passwords": "leads on",
    "account_request_login_code": "the same page as account_login",
    "mfa_login_webauthn": "answers the passkey's script",
    "mfa_download_recovery_codes": "a file",
    "wagtail_serve": "every kind of page: test_pages",
    "members:agree": "takes a form only",
    "members:disclaim": "takes a form only",
    "members:are_they_yours": "takes a form only",
    "privacy:my_data_file": "a file",
    "account_reauthenticate": "refuses: there is no password to give again",
    "mfa_reauthenticate_webauthn": "answers the passkey's script",
    "account_email_verification_sent": "leads on: addresses are proved by a code",
}
MET_ON_A_WAY = {
    "members:join_code",
    "members:join_yes",
    "members:join_about",
    "members:joined",
    "members:left",
    "account_confirm_login_code",
    "mfa_authenticate",
}


@dataclass(frozen=True)
class Scene:
    """What the stops need to be there."""

    token: str
    used_token: str
    code: str
    key: int


@dataclass(frozen=True)
class Stop:
    """An address, who comes to it, and what they do before it is looked at."""

    name: str
    who: str = "stranger"
    query: str = ""
    args: Callable[[Scene], list[Any]] = lambda scene: []
    act: Callable[[Page], None] = lambda page: None


def send_empty(page: Page) -> None:
    """Send the page's form as it is, and meet the error summary."""
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^(Error|Fejl):"))


def send_empty_tip(page: Page) -> None:
    """As above; whoever is too quick is taken for a machine."""
    page.wait_for_timeout(1000 * guard.LEAST_SECONDS)
    send_empty(page)


STOPS = (
    Stop("pages:search"),
    Stop("pages:search", query="?q=panelet"),
    Stop("pages:search", query="?q=zebra"),
    Stop("pages:gallery"),
    Stop("pages:gallery", query="?fejl"),
    Stop("tips:tip"),
    Stop("tips:tip", act=send_empty_tip),
    Stop("tips:thanks"),
    Stop("account_login"),
    Stop("account_login", act=send_empty),
    Stop("account_inactive"),
    Stop("members:join"),
    Stop("members:join", act=send_empty),
    Stop("members:consent_text"),
    Stop("members:consent_version", args=lambda scene: [1]),
    Stop("invitations:invitation", args=lambda scene: [scene.token]),
    Stop("invitations:invitation", args=lambda scene: [scene.used_token]),
    Stop("invitations:decline", args=lambda scene: [scene.token]),
    Stop("invitations:declined"),
    Stop("invitations:open", args=lambda scene: [scene.code]),
    Stop("members:home", "member"),
    Stop("members:about", "member"),
    Stop("members:leave", "member"),
    Stop("privacy:object_invitation", args=lambda scene: [scene.token]),
    Stop("privacy:objected"),
    Stop("privacy:how_to_object"),
    Stop("privacy:object", "member"),
    Stop("privacy:my_data", "member"),
    Stop("account_logout", "member"),
    Stop("account_email", "member"),
    Stop("account_email", "member", act=send_empty),
    Stop("mfa_index", "member"),
    Stop("mfa_list_webauthn", "member"),
    Stop("mfa_add_webauthn", "member"),
    Stop("mfa_edit_webauthn", "keyholder", args=lambda scene: [scene.key]),
    Stop("mfa_remove_webauthn", "keyholder", args=lambda scene: [scene.key]),
    Stop("mfa_activate_totp", "member"),
    Stop("mfa_reauthenticate", "clerk"),
    Stop("mfa_index", "clerk"),
    Stop("mfa_view_recovery_codes", "clerk"),
    Stop("mfa_generate_recovery_codes", "clerk"),
    Stop("mfa_deactivate_totp", "clerk"),
)


def named(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The names of all addresses a citizen can come to, with their namespace."""
    for pattern in patterns:
        if str(pattern.pattern).startswith("admin/"):
            continue
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{space}{pattern.name}"
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named(pattern.url_patterns, inner)


def test_every_address_has_a_visit():
    visited = {stop.name for stop in STOPS} | MET_ON_A_WAY | set(NO_PAGE)

    assert set(named(get_resolver().url_patterns)) - visited == set()
    assert visited - set(named(get_resolver().url_patterns)) == set()


@pytest.fixture
def membership(site: Any, member: User) -> User:
    """The member of the cast, joined."""
    a_member(member)
    return member


@pytest.fixture
def scene(membership: User, clerk: User, editor: User) -> Scene:
    """A campaign that runs: one letter under way, one answered; a claim of the member's."""
    open_gate()
    people = [CommenterFactory(), CommenterFactory()]
    campaign = running_campaign(*people, made_by=clerk, released_by=editor)
    Invitation.objects.update(way=Way.LETTER)
    letters = [(each, give_link(each)) for each in campaign.invitations.order_by("pk")]
    for invitation, _token in letters:
        hand_over(invitation, by=clerk)
    Claim.objects.create(member=membership.member, commenter=CommenterFactory())
    key = Authenticator.objects.create(
        user=UserFactory(email="noegle@example.dk"),
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Telefonen"},
    )
    RecoveryCodes.activate(clerk)
    return Scene(letters[0][1], "et-gammelt-link", campaign.open_link.code, key.pk)


def come_fresh(page: Page, user: User) -> None:
    """Whoever opens the pages about keys has just shown one."""
    key = next(each["value"] for each in page.context.cookies() if each["name"] == "sessionid")
    session = SessionStore(session_key=key)
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("who", ["stranger", "member", "keyholder", "clerk"])
def test_every_stop_is_sound(
    scene: Scene, open_page: OpenPage, who: str, membership: User, clerk: User
):
    keyholder = User.objects.get(email="noegle@example.dk")
    user = {"member": membership, "keyholder": keyholder, "clerk": clerk}.get(who)
    page = open_page("/", user=user)
    page.watch.expected.add(reverse("invitations:invitation", args=[scene.used_token]))
    if user is not None:
        come_fresh(page, user)
    for stop in STOPS:
        if stop.who == who:
            path = reverse(stop.name, args=stop.args(scene))
            page.goto(path + stop.query)
            assert urlsplit(page.url).path == path
            stop.act(page)
            expect(page.locator("h1")).to_have_count(1)
            sound(page)


def last_code() -> str:
    """The code in the letter that went out last."""
    found = re.search(r"\b\d{4} ?\d{4}\b", str(mail.outbox[-1].body))
    assert found is not None, mail.outbox[-1].body
    return found.group()


def test_way_in_is_sound_at_every_step(site: Any, open_page: OpenPage):
    page = open_page("/deltag/", width=320)
    page.get_by_role("textbox").fill("ny@example.dk")
    page.locator("main form button[type=submit]").click()

    page.wait_for_url("**/deltag/kode/")
    sound(page)
    send_empty(page)
    sound(page)
    page.locator("[name=code]").fill(last_code())
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url("**/deltag/ja/")
    sound(page)
    send_empty(page)
    sound(page)
    page.locator("[name=birth_year]").fill("1980")
    page.locator("[name=agrees]").check()
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url("**/deltag/om-dig/")
    sound(page)
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url("**/deltag/velkommen/")
    sound(page)


def test_way_out_is_sound_at_every_step(membership: User, open_page: OpenPage):
    page = open_page(reverse("members:leave"), user=membership)
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url("**/farvel/")
    sound(page)


def test_signing_in_with_a_code_is_sound(membership: User, open_page: OpenPage):
    page = open_page(reverse("account_login"))
    page.locator("main [type=email]").fill(membership.email)
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url("**/konto/login/code/confirm/")
    sound(page)
    page.locator("[name=code]").fill("0000 0000")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    sound(page)


def test_showing_the_second_key_is_sound(site: Any, open_page: OpenPage, clerk: User):
    page = open_page(reverse("account_login"))
    page.locator("main [type=email]").fill(clerk.email)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/konto/login/code/confirm/")
    page.locator("[name=code]").fill(last_code())
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url(f"**{reverse('mfa_authenticate')}")
    sound(page)
    send_empty(page)
    sound(page)
    page.locator("[name=code]").fill("000000")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_focused()
    sound(page)
    page.locator("[name=code]").fill(totp_now())
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/admin/$"))

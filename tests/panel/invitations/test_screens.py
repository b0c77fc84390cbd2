"""The staff screens, asked by those who may and those who may not."""

from __future__ import annotations

import io

import pypdf
import pytest
import zxingcpp
from django.core import mail
from django.test import Client
from django.urls import reverse
from PIL import Image

from panel.accounts.models import User
from panel.invitations.actions import make, submit
from panel.invitations.models import Campaign, Invitation, Template, Way
from panel.invitations.sealing import seal
from panel.invitations.texts import open_url
from tests.conftest import SignedIn
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import (
    BODY,
    REPLY,
    approved_template,
    open_gate,
    running_campaign,
    shortlist_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def template(colleague: User, editor: User) -> Template:
    open_gate()
    return approved_template(by=colleague, approver=editor)


@pytest.fixture
def campaign(template: Template, clerk: User) -> Campaign:
    shortlist = shortlist_of(CommenterFactory(name="Bo Lind"), by=clerk)
    return make(name="Runde 1", template=template, shortlist=shortlist, by=clerk)


@pytest.fixture
def running(clerk: User, editor: User) -> Campaign:
    open_gate()
    return running_campaign(CommenterFactory(name="Bo Lind"), made_by=clerk, released_by=editor)


def post(browser: Client, name: str, pk: int, **data: str) -> str:
    answer = browser.post(reverse(f"campaigns:{name}", args=[pk]), data, follow=True)
    return answer.content.decode()


PAGES = ["campaigns:index", "campaigns:new", "invitation_templates:index"]


@pytest.mark.parametrize("page", PAGES)
def test_comms_open_the_lists(page: str, clerk: User, signed_in: SignedIn) -> None:
    assert signed_in(clerk).get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_specialist_does_not(page: str, specialist: User, signed_in: SignedIn) -> None:
    assert signed_in(specialist).get(reverse(page)).status_code in (302, 403)


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_led_to_the_door(page: str, stranger: Client) -> None:
    assert stranger.get(reverse(page)).status_code == 302


def test_before_the_gate_opens_the_list_says_so(clerk: User, signed_in: SignedIn) -> None:
    page = signed_in(clerk).get(reverse("campaigns:index"), headers={"accept-language": "en"})
    assert "help-warning" in page.content.decode()


def test_a_template_is_written_and_approved_by_two(
    clerk: User, editor: User, signed_in: SignedIn
) -> None:
    open_gate()
    words = {"name": "A", "language": "da", "subject": "Hej", "body": BODY, "reply": REPLY}
    signed_in(clerk).post(reverse("invitation_templates:new"), words)
    template = Template.objects.get()
    approve = reverse("invitation_templates:approve", args=[template.pk])
    assert signed_in(clerk).post(approve).status_code in (302, 403)
    template.refresh_from_db()
    assert template.approved_at is None
    signed_in(editor).post(approve)
    template.refresh_from_db()
    assert template.approved_by == editor
    page = signed_in(clerk).get(reverse("invitation_templates:template", args=[template.pk]))
    assert page.status_code == 200


def test_what_the_law_asks_for_is_said_beside_the_field(clerk: User, signed_in: SignedIn) -> None:
    words = {"name": "A", "language": "da", "subject": "Hej", "body": "Kom!", "reply": "Kom!"}
    page = signed_in(clerk).post(reverse("invitation_templates:new"), words)
    assert "{objection}" in page.content.decode()
    assert not Template.objects.exists()


def test_a_campaign_is_made_from_a_shortlist(
    template: Template, clerk: User, signed_in: SignedIn
) -> None:
    shortlist = shortlist_of(CommenterFactory(), by=clerk)
    data = {"name": "R", "template": template.pk, "shortlist": shortlist.pk, "valid_days": 30}
    signed_in(clerk).post(reverse("campaigns:new"), data)
    assert Campaign.objects.get().invitations.count() == 1


def test_a_link_cannot_work_for_longer_than_thirty_days(
    template: Template, clerk: User, signed_in: SignedIn
) -> None:
    data = {"name": "R", "template": template.pk, "shortlist": "", "valid_days": 31}
    assert signed_in(clerk).post(reverse("campaigns:new"), data).status_code == 200
    assert not Campaign.objects.exists()


def test_its_maker_is_told_to_ask_a_colleague(
    campaign: Campaign, clerk: User, signed_in: SignedIn
) -> None:
    browser = signed_in(clerk)
    post(browser, "submit", campaign.pk)
    page = browser.get(reverse("campaigns:campaign", args=[campaign.pk])).content.decode()
    assert reverse("campaigns:release", args=[campaign.pk]) not in page
    browser.post(reverse("campaigns:release", args=[campaign.pk]), {"seal": seal(campaign)})
    campaign.refresh_from_db()
    assert campaign.state == "waiting"


def test_an_editor_releases_what_they_saw(
    campaign: Campaign, clerk: User, editor: User, signed_in: SignedIn
) -> None:
    submit(campaign, by=clerk)
    browser = signed_in(editor)
    page = browser.get(reverse("campaigns:campaign", args=[campaign.pk])).content.decode()
    assert seal(campaign) in page
    post(browser, "release", campaign.pk, seal=seal(campaign))
    campaign.refresh_from_db()
    assert campaign.state == "running"


def test_a_bad_address_is_refused_in_words(
    campaign: Campaign, clerk: User, signed_in: SignedIn
) -> None:
    invitation = campaign.invitations.get()
    post(signed_in(clerk), "way", invitation.pk, way="email", email="")
    invitation.refresh_from_db()
    assert invitation.way == Way.REPLY


def test_letters_come_as_pdf_with_a_code_a_phone_reads(
    running: Campaign, clerk: User, signed_in: SignedIn
) -> None:
    Invitation.objects.update(way=Way.LETTER)
    answer = signed_in(clerk).post(reverse("campaigns:letters", args=[running.pk]))
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    assert "Bo Lind" in pages[0].extract_text()
    assert Invitation.objects.get().token in pages[0].extract_text().replace("\n", "")


def test_the_code_leads_to_the_open_link(
    running: Campaign, clerk: User, signed_in: SignedIn
) -> None:
    answer = signed_in(clerk).get(reverse("campaigns:code", args=[running.pk, "png"]))
    picture = Image.open(io.BytesIO(answer.content)).convert("RGB")
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text == open_url(running)


def test_a_poster_is_one_page(running: Campaign, clerk: User, signed_in: SignedIn) -> None:
    address = reverse("campaigns:poster", args=[running.pk])
    answer = signed_in(clerk).get(address, {"headline": "Vær med", "text": "Kom\nnu"})
    [page] = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert "Vær med" in page.extract_text()


def test_a_test_copy_names_nobody(running: Campaign, clerk: User, signed_in: SignedIn) -> None:
    post(signed_in(clerk), "test_copy", running.pk, email="karen@kommune.example")
    [letter] = mail.outbox
    assert "Bo Lind" not in letter.body
    assert letter.to == ["karen@kommune.example"]


def test_a_reply_is_handed_over_once(running: Campaign, clerk: User, signed_in: SignedIn) -> None:
    invitation = running.invitations.get()
    browser = signed_in(clerk)
    post(browser, "hand_over", invitation.pk)
    invitation.refresh_from_db()
    first = invitation.sent_at
    post(browser, "hand_over", invitation.pk)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.sent_at) == ("sent", first)


@pytest.mark.parametrize("word", ["pause", "go_on", "end", "take_back", "withdraw", "was_sent"])
def test_buttons_out_of_turn_are_refused_kindly(
    word: str, campaign: Campaign, clerk: User, signed_in: SignedIn
) -> None:
    is_beside = word in ("withdraw", "was_sent")
    pk = campaign.invitations.get().pk if is_beside else campaign.pk
    answer = signed_in(clerk).post(reverse(f"campaigns:{word}", args=[pk]), follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("word", ["end", "withdraw"])
def test_what_cannot_be_undone_asks_first(
    word: str, running: Campaign, clerk: User, analyst: User, signed_in: SignedIn
) -> None:
    pk = running.pk if word == "end" else running.invitations.get().pk
    address = reverse(f"campaigns:{word}", args=[pk])
    browser = signed_in(clerk)
    assert "Det kan ikke fortrydes." in browser.get(address).content.decode()
    running.refresh_from_db()
    assert (running.state, running.invitations.get().state) == ("running", "ready")
    browser.post(address)
    assert running.invitations.get().state == "withdrawn"
    assert signed_in(analyst).get(address).status_code in (302, 403)


def test_the_page_costs_the_same_for_many(
    template: Template, clerk: User, signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    people = CommenterFactory.create_batch(30)
    made = make(name="1", template=template, shortlist=shortlist_of(*people, by=clerk), by=clerk)
    browser = signed_in(clerk)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        browser.get(reverse("campaigns:campaign", args=[made.pk]))

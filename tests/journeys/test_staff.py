"""From a file of comments to an invitation in the post, as comms and editor do it in a browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from panel.accounts.models import User
from panel.conversations.models import Comment
from panel.core.clock import in_copenhagen, now
from panel.engagement.criteria import Criteria
from panel.engagement.models import Shortlist
from panel.invitations.models import Campaign, Invitation
from panel.jobs.worker import drain
from tests.factories.conversations import ChannelFactory, CommenterFactory
from tests.factories.panel import BODY, REPLY, open_gate, running_campaign
from tests.journeys.axe import in_reach
from tests.journeys.conftest import OpenPage

WEEKS = 12


@pytest.fixture
def excel_file(tmp_path: Path) -> Path:
    """What Danish Excel saves: semicolons, Windows-1252, Danish words and dates, a bad line."""
    day = in_copenhagen(now())
    lines = ["Kommentar-id;Opslag-id;Emne;Forfatter-id;Forfatter;Kommentar;Dato"]
    for week in range(WEEKS):
        at = (day - timedelta(days=7 * week + 1)).strftime("%d-%m-%Y kl. %H.%M")
        topic = ("Vej og Park", "Skole", "Kultur")[week % 3]
        lines += [
            f"b{week};o{week};{topic};p1;Åse Bødker;Lampen på Ærøvej er gået igen, nr. {week};{at}",
            f"s{week};o{week};{topic};p2;Søren Å;Sådan er det også her, hus {week};{at}",
        ]
    lines.append("x1;o1;Skole;p3;Bo Lind;Hvornår er det?;for nylig")
    path = tmp_path / "kommentarer.csv"
    path.write_text("\r\n".join(lines), encoding="cp1252")
    return path


def import_file(page: Page, path: Path) -> None:
    page.goto("/admin/imports/new/")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Kommentar")
    page.locator("main form button[type=submit]").first.click()
    drain()
    page.reload()
    expect(page.locator("main")).to_contain_text("for nylig")
    page.locator("main form[action$='/start/'] button").click()
    drain()
    page.reload()


def shortlist_first(page: Page) -> None:
    page.goto("/admin/candidates/")
    expect(page.locator("main")).to_contain_text("Åse Bødker")
    page.locator("main input[type=checkbox][name=who]").first.check()
    page.locator("main form[action$='/shortlists/new/'] button[type=submit]").first.click()
    page.locator("[name=name]").fill("Efterår")
    page.locator("[name=purpose]").fill("Spørges om borgerpanelet")
    page.locator("[name=last_day]").fill((now() + timedelta(days=30)).date().isoformat())
    page.locator("button[name=save]").click()
    expect(page.locator("main")).to_contain_text("Spørges om borgerpanelet")


def write_template(page: Page) -> None:
    page.goto("/admin/invitation_templates/new/")
    words = {"name": "Standard", "subject": "Vil du være med?", "body": BODY, "reply": REPLY}
    for name, value in words.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=language]").select_option("da")
    page.locator("main form button[type=submit]").click()


def make_campaign(page: Page) -> None:
    page.goto("/admin/campaigns/new/")
    page.locator("main [name=name]").fill("Runde 1")
    for name in ("template", "shortlist"):
        page.locator(f"main [name={name}]").select_option(index=1)
    page.locator("main form button[type=submit]").click()
    page.locator("main select[name=way]").first.select_option("letter")
    page.locator("main form[action$='/way/'] button").first.click()
    page.locator("main form[action$='/submit/'] button").click()


def test_from_a_danish_excel_file_to_a_letter_with_a_link(
    site: Any,
    open_page: OpenPage,
    clerk: User,
    editor: User,
    excel_file: Path,
) -> None:
    open_gate()
    ChannelFactory(name="Vores side")
    desk = open_page("/admin/", user=clerk)

    import_file(desk, excel_file)
    assert Comment.objects.count() == 2 * WEEKS

    desk.goto("/admin/threads/")
    desk.locator("main td a").first.click()
    expect(desk.locator("main")).to_contain_text("Ærøvej")

    shortlist_first(desk)
    assert Shortlist.objects.get().entries.count() == 1

    write_template(desk)
    phone = open_page("/admin/invitation_templates/", user=editor, width=320)
    phone.locator("main td a").first.click()
    phone.locator("main form[action$='/approve/'] button").click()

    make_campaign(desk)
    expect(desk.locator("main form[action$='/release/']")).to_have_count(0)
    phone.goto(f"/admin/campaigns/{Campaign.objects.get().pk}/")
    phone.locator("main form[action$='/release/'] button").click()
    assert Campaign.objects.get().state == "running"

    desk.goto(f"/admin/campaigns/{Campaign.objects.get().pk}/")
    with desk.expect_download() as letters:
        desk.locator("main form[action$='/letters/'] button").click()
    assert Path(letters.value.path()).read_bytes().startswith(b"%PDF")
    assert Invitation.objects.get().token


def test_why_somebody_is_not_on_the_list(
    site: Any, open_page: OpenPage, clerk: User, excel_file: Path
) -> None:
    open_gate()
    ChannelFactory(name="Vores side")
    desk = open_page("/admin/", user=clerk)
    import_file(desk, excel_file)

    desk.goto("/admin/candidates/")
    desk.locator("main form[action*='why-not'] input[name=name]").fill("Søren")
    desk.locator("main form[action*='why-not'] button").click()
    expect(desk.locator("main")).to_contain_text("Søren Å")


def test_before_there_is_a_basis_nobody_is_measured(
    site: Any, open_page: OpenPage, clerk: User
) -> None:
    desk = open_page("/admin/candidates/", user=clerk)
    expect(desk.locator("main")).to_contain_text("retsgrundlag")


def test_nothing_is_out_of_reach_on_an_editor_s_phone(
    site: Any, open_page: OpenPage, clerk: User, editor: User
) -> None:
    open_gate()
    people = [CommenterFactory(name=f"Anne-Katrine Østergaard-Mikkelsen {n}") for n in range(2)]
    campaign = running_campaign(*people, made_by=clerk, released_by=editor)
    shortlist = Shortlist.objects.get()
    Shortlist.objects.update(criteria=Criteria(at=now()).as_json())
    phone = open_page("/admin/", user=editor, width=320)

    for path in (
        "basis/",
        "threads/",
        "candidates/",
        "candidates/why-not/?name=Anne",
        "shortlists/",
        f"shortlists/{shortlist.pk}/",
        "campaigns/",
        f"campaigns/{campaign.pk}/",
        "invitation_templates/",
        "invitation_templates/new/",
        "reports/trail/",
    ):
        phone.goto(f"/admin/{path}")
        in_reach(phone)

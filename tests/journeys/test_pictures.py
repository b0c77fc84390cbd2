"""What somebody meets who brings a photo from a phone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from playwright.sync_api import expect

from cms.media.models import Picture
from panel.accounts.models import User
from tests.cms.media.pictures import CANARY, canvas, exif, saved
from tests.journeys.conftest import OpenPage


def photo(name: str) -> dict[str, Any]:
    data = saved(canvas(size=(640, 400)), "JPEG", exif=exif(6).tobytes())
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_clerk_brings_two_photos_and_is_asked_for_words(
    site: Any, open_page: OpenPage, clerk: User
):
    page = open_page("/admin/images/multiple/add/", user=clerk, width=320)
    page.locator("input[type=file]").set_input_files([photo("and.jpg"), photo("bro.jpg")])
    forms = page.locator("form[action*=create_from_uploaded_image]")
    expect(forms).to_have_count(2)

    first = forms.first
    first.locator("[name$=people]").select_option("consented")
    first.locator("button[type=submit]").click()
    expect(first).to_contain_text("Beskriv billedet i én sætning")
    expect(first).to_contain_text("Skriv, hvor samtykket ligger")
    first.locator("[name$=description]").fill("To børn fodrer ænder ved åen")
    first.locator("[name$=people_note]").fill("Sag 12")
    first.locator("[name$=consent_until]").fill("2027-05-01")
    first.locator("button[type=submit]").click()

    expect(forms).to_have_count(1)
    assert Picture.objects.get(title="and").people_note == "Sag 12"
    stored = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert stored
    assert [path for path in stored if CANARY in path.read_bytes()] == []


def test_clerk_is_told_what_is_no_picture(site: Any, open_page: OpenPage, clerk: User):
    page = open_page("/admin/images/add/", user=clerk)
    broken = {"name": "and.jpg", "mimeType": "image/jpeg", "buffer": photo("x")["buffer"][:500]}
    page.locator("[name=file]").set_input_files(broken)
    page.locator("input[name=description]").fill("To børn fodrer ænder ved åen")
    page.locator("[name=people]").select_option("nobody")
    page.locator("main button[type=submit]").first.click()

    expect(page.locator(".error-message")).to_contain_text("Vi kan ikke læse filen som et billede")

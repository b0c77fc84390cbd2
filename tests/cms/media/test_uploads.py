"""Every door a picture comes in by: what is stored is bare, what is refused is refused in words."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from PIL import Image as Canvas
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from cms.media.models import People, Picture
from cms.media.views import FIRST_FRAME
from panel.accounts.models import User
from tests.cms.media.doors import (
    DOORS,
    IDEA_DOORS,
    WORDS,
    Door,
    chosen,
    file,
    leaks,
    many,
    one,
    phone_photo,
    replaced,
    stored,
)
from tests.cms.media.pictures import canvas, saved
from tests.conftest import SignedIn
from tests.factories.pages import picture


@pytest.fixture(autouse=True)
def _a_library_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    caches["renditions"].clear()


@pytest.mark.parametrize("door", DOORS)
def test_a_phone_s_photo_is_stored_upright_and_bare(
    door: Door, clerk: User, signed_in: SignedIn, settings: Any
):
    answer = door(signed_in(clerk), phone_photo(), "IMG_2041.jpg")

    assert answer.status_code in (200, 302)
    made = Picture.objects.order_by("-pk").first()
    assert (made.title, made.width, made.height) == ("Ænder", 32, 48)
    made.get_rendition("width-20|format-webp")
    made.get_rendition("original")
    assert leaks(settings) == []
    assert len(list(stored(settings))) >= 3
    assert re.fullmatch(r"original_images/[0-9a-f]{32}\.jpg", made.file.name)
    assert made.file_hash
    assert made.file_size == made.file.size


@pytest.mark.parametrize("door", IDEA_DOORS)
def test_a_photo_of_an_idea_is_stored_bare_and_away_from_the_library(
    door: Door, clerk: User, signed_in: SignedIn, settings: Any
):
    answer = door(signed_in(clerk), phone_photo(), "IMG_2041.jpg")

    assert answer.status_code == 302
    [path] = stored(settings)
    assert path.is_relative_to(settings.UPLOAD_ROOT)
    assert re.fullmatch(r"[0-9a-f]{32}\.jpg", path.name)
    assert leaks(settings) == []
    assert not Picture.objects.exists()


def test_a_refusal_stands_at_the_file_with_the_way_out(clerk: User, signed_in: SignedIn):
    client = signed_in(clerk)
    broken = phone_photo()[:400]
    said = "Vi kan ikke læse filen som et billede. Gem det som JPEG, PNG, WebP eller GIF"

    assert said in one(client, broken, "a.jpg").context["form"].errors["file"][0]
    assert said in replaced(client, broken, "a.jpg").context["form"].errors["file"][0]
    assert said in many(client, broken, "a.jpg").json()["error_message"]
    assert said in chosen(client, broken, "a.jpg").json()["htmlFragment"]


def test_the_content_decides_and_a_long_name_does_not_matter(clerk: User, signed_in: SignedIn):
    one(signed_in(clerk), saved(canvas(), "PNG"), "x" * 180 + ".jpg")
    assert Picture.objects.get().file.name.endswith(".png")


def test_the_moving_picture_is_told_of(clerk: User, signed_in: SignedIn):
    moving = saved(canvas(), "GIF", save_all=True, append_images=[canvas().rotate(180)])
    client = signed_in(clerk)
    with_words = str(FIRST_FRAME)
    assert with_words == "The picture moved. We kept its first frame."
    danish = "Billedet bevægede sig. Vi har gemt det første af dets billeder."

    for door in (one, replaced, chosen):
        door(client, moving, "and.gif")
        assert danish in client.get("/admin/images/").content.decode()
        assert danish not in client.get("/admin/images/").content.decode()
    form = client.post("/admin/images/multiple/add/", {"files[]": file(moving)}).json()["form"]
    assert danish in form


def test_what_waits_for_its_words_is_clean_and_keeps_the_person_s_title(
    clerk: User, signed_in: SignedIn, settings: Any
):
    client = signed_in(clerk)
    told = {"files[]": file(phone_photo(), "Ænder ved åen.jpg"), "title": "Ænder ved åen"}
    form = client.post("/admin/images/multiple/add/", told).json()["form"]

    assert 'value="Ænder ved åen"' in form
    assert UploadedFile.objects.count() == len(list(stored(settings))) == 1
    assert leaks(settings) == []


def test_words_are_asked_for_where_several_come_at_once(clerk: User, signed_in: SignedIn):
    client = signed_in(clerk)
    sent = {"files[]": file(phone_photo())}
    number = client.post("/admin/images/multiple/add/", sent).json()["uploaded_file_id"]
    address = f"/admin/images/multiple/create_from_uploaded_image/{number}/"

    answer = client.post(address, {f"uploaded-image-{number}-title": "Ænder"}).json()

    assert not answer["success"]
    assert "Beskriv billedet i én sætning" in answer["form"]
    assert not Picture.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"other": b"x"}, {"files[]": "text"}])
def test_a_request_without_a_file_is_no_error_of_ours(
    sent: dict[str, Any], clerk: User, signed_in: SignedIn
):
    if "other" in sent:
        sent = {"other": file(sent["other"])}
    assert signed_in(clerk).post("/admin/images/multiple/add/", sent).status_code == 400


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"description": ""}, "description"),
        ({"description": "IMG_2041.JPG"}, "description"),
        ({"people": ""}, "people"),
        ({"people": "everybody"}, "people"),
        ({"people": "consented"}, "people_note"),
        ({"people": "harmless"}, "people_note"),
        ({"consent_until": "2027-05-01"}, "consent_until"),
        ({"consent_until": "i morgen"}, "consent_until"),
    ],
)
def test_words_that_are_missing_are_asked_for_at_their_field(
    words: dict[str, str], field: str, clerk: User, signed_in: SignedIn
):
    fields = {"title": "Ænder", "file": file(phone_photo()), **WORDS, **words}
    answer = signed_in(clerk).post("/admin/images/add/", fields)

    assert set(answer.context["form"].errors) == {field}
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        {"description": "", "is_decorative": "on"},
        {"people": "consented", "people_note": "Sag 12", "consent_until": "2027-05-01"},
        {"people": "harmless", "people_note": "Set bagfra, på lang afstand"},
    ],
)
def test_words_that_are_enough(words: dict[str, str], clerk: User, signed_in: SignedIn):
    fields = {"title": "Ænder", "file": file(phone_photo()), **WORDS, **words}
    signed_in(clerk).post("/admin/images/add/", fields)
    assert Picture.objects.get().people in People.values


def test_words_can_be_changed_without_the_file(clerk: User, signed_in: SignedIn):
    there = picture()
    before = there.file.name
    fields = {"title": "Havnen", **WORDS, "description": "Havnen ved daggry"}
    signed_in(clerk).post(f"/admin/images/{there.pk}/", fields)
    there.refresh_from_db()
    assert (there.description, there.file.name) == ("Havnen ved daggry", before)


@pytest.mark.parametrize("who", ["analyst", "specialist", "member"])
@pytest.mark.parametrize("address", ["add/", "multiple/add/", "chooser/create/"])
def test_others_find_the_doors_closed(
    who: str, address: str, signed_in: SignedIn, request: pytest.FixtureRequest
):
    client = signed_in(request.getfixturevalue(who))
    client.post(f"/admin/images/{address}", {"file": file(phone_photo()), "title": "x", **WORDS})
    client.post(f"/admin/images/{address}", {"files[]": file(phone_photo())})
    assert not Picture.objects.exists()
    assert not UploadedFile.objects.exists()


def test_a_colleague_has_no_portrait(clerk: User, signed_in: SignedIn, settings: Any):
    client = signed_in(clerk)
    assert "avatar-avatar" not in client.get("/admin/account/").content.decode()
    client.post("/admin/account/", {"avatar-avatar": file(phone_photo())})
    assert not UserProfile.objects.exclude(avatar="").exists()
    assert list(stored(settings)) == []


def test_what_is_stored_without_a_form_is_made_anew_too(db: None, settings: Any):
    made = Picture(title="x", description="Ænder", people=People.NOBODY)
    made.file.save("IMG_2041.jpg", file(phone_photo()), save=True)
    with made.file.open() as kept:
        assert Canvas.open(BytesIO(kept.read())).size == (32, 48)
    assert leaks(settings) == []


@pytest.mark.parametrize("collection", ["abc", "999999", "-1", "1; drop", "\u0660"])
def test_a_collection_that_is_none_is_no_error_of_ours(
    collection: str, clerk: User, signed_in: SignedIn
):
    sent = {"files[]": file(phone_photo()), "collection": collection}
    answer = signed_in(clerk).post("/admin/images/multiple/add/", sent)
    assert answer.status_code < 500

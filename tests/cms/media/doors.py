"""Every door a picture comes in by, and a look at what was stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.media.models import Picture
from tests.cms.media.pictures import canvas, exif, remains, saved
from tests.factories.pages import picture

WORDS = {"description": "To børn fodrer ænder ved åen", "people": "nobody"}
Door = Callable[[Client, bytes, str], Any]


def phone_photo() -> bytes:
    return saved(canvas(), "JPEG", exif=exif(6, 3_000).tobytes())


def file(data: bytes, name: str = "IMG_2041.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def one(client: Client, data: bytes, name: str) -> Any:
    """The screen for a single picture."""
    fields = {"title": "Ænder", "file": file(data, name), **WORDS}
    return client.post("/admin/images/add/", fields)


def chosen(client: Client, data: bytes, name: str) -> Any:
    """The chooser's second tab."""
    fields = {"title": "Ænder", "file": file(data, name), **WORDS}
    prefixed = {f"image-chooser-upload-{key}": value for key, value in fields.items()}
    return client.post("/admin/images/chooser/create/", prefixed)


def replaced(client: Client, data: bytes, name: str) -> Any:
    """Another file for a picture that is there."""
    there = Picture.objects.first() or picture()
    fields = {"title": "Ænder", "file": file(data, name), **WORDS}
    return client.post(f"/admin/images/{there.pk}/", fields)


def many(client: Client, data: bytes, name: str) -> Any:
    """The screen for several pictures: the file first, then the words."""
    answer = client.post("/admin/images/multiple/add/", {"files[]": file(data, name)})
    if answer.status_code != 200 or not answer.json()["success"]:
        return answer
    number = answer.json()["uploaded_file_id"]
    words = {f"uploaded-image-{number}-{key}": value for key, value in WORDS.items()}
    words[f"uploaded-image-{number}-title"] = "Ænder"
    return client.post(f"/admin/images/multiple/create_from_uploaded_image/{number}/", words)


DOORS: tuple[Door, ...] = (one, chosen, replaced, many)


def stored(settings: Any) -> Iterator[Path]:
    return (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def leaks(settings: Any) -> list[str]:
    """Files with anything in them beside the pixels."""
    found = ((path, remains(path.read_bytes())) for path in stored(settings))
    return [f"{path.name}: {left}" for path, left in found if left]

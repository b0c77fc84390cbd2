"""Every door a picture comes in by, and a look at what was stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.media.models import Picture
from cms.stories.models import StoryIdea
from cms.stories.private import Private
from cms.stories.tips import guard
from panel.core.clock import now
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


def tip(client: Client, data: bytes, name: str) -> Any:
    """The public form for ideas, sent by somebody who took their time."""
    stamp = signing.dumps(int(now().timestamp()) - 60, salt=guard.SALT)
    fields = {"text": "Ænderne ved åen er kommet igen", "people_know": "on", "stamp": stamp}
    return client.post("/tip/", {**fields, "photo": file(data, name)})


def thought(client: Client, data: bytes, name: str) -> Any:
    """A colleague's idea."""
    fields = {"text": "Ænderne ved åen er kommet igen", "people_know": "on"}
    return client.post("/admin/ideas/new/", {**fields, "photo": file(data, name)})


# Into the library, and to where photos lie that nobody has looked at yet.
DOORS: tuple[Door, ...] = (one, chosen, replaced, many)
IDEA_DOORS: tuple[Door, ...] = (tip, thought)


def taken() -> set[str]:
    """The files of all pictures that were let in."""
    return {
        name
        for model, field in ((Picture, "file"), (StoryIdea, "photo"))
        for name in model.objects.values_list(field, flat=True)
        if name
    }


def stored(settings: Any) -> Iterator[Path]:
    for root in (settings.MEDIA_ROOT, Private().location):
        yield from (path for path in Path(root).rglob("*") if path.is_file())


def leaks(settings: Any) -> list[str]:
    """Files with anything in them beside the pixels."""
    found = ((path, remains(path.read_bytes())) for path in stored(settings))
    return [f"{path.name}: {left}" for path, left in found if left]

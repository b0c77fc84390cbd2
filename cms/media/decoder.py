"""A program of its own: a picture comes in on stdin, the same picture made anew goes out on stdout.

It runs apart from the site because decoders are where pictures bite: what hangs, grows or crashes
here takes nobody along. It limits itself before it reads a byte. Only pixels pass: no EXIF, XMP,
IPTC, colour profile, comment or second picture behind the first. Exit code 0 and the picture, 4 and
the first picture of an animation, or 3 and one of ``REASONS``; any other code is a crash.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps

MEMORY = 512 * 1024 * 1024
SECONDS = 5
PIXELS = 25_000_000
LONGEST = 16_000  # WebP ends at 16,383
PROFILE_BYTES = 64 * 1024

REFUSED, FIRST_OF_MANY = 3, 4
UNREADABLE, TOO_LARGE = "unreadable", "too_large"
REASONS = (UNREADABLE, TOO_LARGE)

_JPEG: Final = ("JPEG", {"quality": 90, "progressive": True})
_PNG: Final = ("PNG", {"compress_level": 6})
# How each kind we read goes out: of a GIF only its first picture is left, so it becomes a PNG.
WRITTEN: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "JPEG": _JPEG,
    "MPO": _JPEG,  # a phone's JPEG with a second picture behind the first
    "PNG": _PNG,
    "GIF": _PNG,
    # With something that shows through; else it becomes a JPEG, which is made in half the time.
    "WEBP": ("WEBP", {"quality": 85, "method": 2}),
}


class Refused(Exception):
    """Not a picture we can take; the only argument is one of ``REASONS``."""


def limit() -> None:
    """Take from this process what a picture does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def made_anew(data: bytes) -> tuple[bytes, bool]:
    """The picture in ``data`` from its pixels alone, upright, in sRGB, and whether it moved.

    Raises Refused.
    """
    try:
        picture, kind, moves = _pixels(data)
    except Refused:
        raise
    except Exception as reason:
        raise Refused(UNREADABLE) from reason
    form, options = WRITTEN[kind]
    picture = _in_srgb(picture, picture.info.get("icc_profile") or b"", alpha=form != "JPEG")
    if form == "WEBP" and picture.mode != "RGBA":
        form, options = _JPEG
    # A canvas that knows of no file: whatever the decoder remembered stays behind.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    del picture  # the encoder needs the room
    written = io.BytesIO()
    bare.save(written, form, **options)
    return written.getvalue(), moves


def _pixels(data: bytes) -> tuple[Image.Image, str, bool]:
    """The first picture, turned as its EXIF says, what it was, and whether it moved."""
    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, before a pixel is decoded
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "GIF", "WEBP")) as opened:
        if opened.width * opened.height > PIXELS or max(opened.size) > LONGEST:
            raise Refused(TOO_LARGE)
        kind = opened.format or ""
        moves = kind != "MPO" and bool(getattr(opened, "is_animated", False))
        opened.load()
        picture: Image.Image = opened
        with suppress(Exception):  # nonsense in the EXIF is no reason to refuse the picture
            picture = ImageOps.exif_transpose(opened)
        return picture, kind, moves


def _in_srgb(picture: Image.Image, profile: bytes, *, alpha: bool) -> Image.Image:
    """Eight bits a colour, as a screen shows them."""
    source = picture if picture.mode == "CMYK" else _in_eight_bits(picture, alpha=alpha)
    mode = "RGBA" if source.mode == "RGBA" else "RGB"
    if 0 < len(profile) <= PROFILE_BYTES:
        # A broken profile is no reason either: the picture is shown as if it had none.
        with suppress(Exception):
            found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(source, found, srgb, outputMode=mode)
            return turned or source
    return source.convert("RGB") if source.mode == "CMYK" else source


def _in_eight_bits(picture: Image.Image, *, alpha: bool) -> Image.Image:
    """RGB, or RGBA where something shows through and ``alpha`` may stay; L stays grey."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits of grey: Pillow would cut off what is above 255.
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    shows_through = picture.mode in ("LA", "PA", "RGBA", "RGBa", "La")
    if alpha and (shows_through or "transparency" in picture.info):
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def main() -> int:
    """Read, make anew, write."""
    limit()
    warnings.simplefilter("ignore")
    try:
        answer, moves = made_anew(sys.stdin.buffer.read())
        code = FIRST_OF_MANY if moves else 0
    except Refused as reason:
        answer, code = str(reason).encode(), REFUSED
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())

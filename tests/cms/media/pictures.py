"""Pictures as they come from anybody: broken, hostile, lying, and full of what nobody should know.

``those(rng)`` makes one at a time, for ever; every one that carries something says the canary
somewhere in its bytes.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from PIL import Image as Canvas
from PIL import ImageCms, PngImagePlugin

CANARY = b"Kanariegade 7"
GPS = 0x8825
ORIENTATION = 0x0112
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ENDINGS = ("jpg", "jpeg", "png", "gif", "webp", "JPG", "avif", "svg", "php", "html", "")
# Beside the pixels: what a file has when nobody asks for anything.
HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
HARMLESS |= {"loop", "background", "timestamp", "duration"}


@dataclass(frozen=True, slots=True)
class Made:
    """What it is, its bytes, and whether it is a picture that has to be taken."""

    name: str
    data: bytes
    good: bool | None = None


def canvas(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Canvas.Image:
    """Red above, blue below, so that up can be told from down."""
    drawn = Canvas.new("RGB", size, (220, 30, 30))
    drawn.paste((30, 30, 220), (0, size[1] // 2, size[0], size[1]))
    if mode == "I;16":
        return drawn.convert("L").convert("I").point(lambda value: value * 256).convert("I;16")
    return drawn.convert(mode)


def saved(picture: Canvas.Image, form: str, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def exif(orientation: int = 1, padding: int = 0) -> Canvas.Exif:
    found = Canvas.Exif()
    found[ORIENTATION] = orientation
    found[0x010F] = CANARY.decode()
    found[0x9286] = CANARY.decode() + "x" * padding
    found.get_ifd(GPS).update({1: "N", 2: (55.0, 40.0, 12.5), 3: "E", 4: (12.0, 34.0, 1.0)})
    found.get_ifd(GPS)[29] = CANARY.decode()
    return found


def xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>' + CANARY + b"</a></x:xmpmeta>"


def profile(size: int) -> bytes:
    """A colour profile of ``size`` bytes; true when there is room for one, with the canary."""
    text = SRGB + CANARY
    return (text + b"\0" * size)[:size] if size > len(text) else CANARY[:size]


def remains(data: bytes) -> list[str]:
    """What is left beside the pixels, as three readers of the same bytes find it."""
    opened = Canvas.open(io.BytesIO(data))
    opened.load()
    marks = (b"Exif", b"ICC_PROFILE", b"8BIM", b"xmpmeta", b"iCCP", b"tEXt", b"zTXt", b"eXIf")
    found = [str(mark) for mark in (CANARY, *marks) if mark in data]
    found += sorted(set(opened.info) - HARMLESS)
    found += ["exif"] if opened.getexif() else []
    return found + (["frames"] if getattr(opened, "n_frames", 1) != 1 else [])


# --- Whole pictures with something beside the pixels ----------------------------------------------


def with_exif(rng: Random) -> Made:
    form, orientation = rng.choice(("JPEG", "PNG", "WEBP")), rng.randint(0, 9)
    data = saved(canvas(), form, exif=exif(orientation, rng.choice((0, 100, 40_000))).tobytes())
    return Made(f"exif {form} {orientation}", data, True)


def with_icc(rng: Random) -> Made:
    form, size = rng.choice(("JPEG", "PNG", "WEBP")), rng.choice((1, 100, 700, 65_000, 200_000))
    return Made(f"icc {form} {size}", saved(canvas(), form, icc_profile=profile(size)), True)


def with_xmp(rng: Random) -> Made:
    form = rng.choice(("JPEG", "WEBP"))
    return Made(f"xmp {form}", saved(canvas(), form, xmp=xmp()), True)


def with_iptc(rng: Random) -> Made:
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(CANARY) + 5)
    block += b"\x1c\x02\x5a" + struct.pack(">H", len(CANARY)) + CANARY
    segment = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    plain = saved(canvas(), "JPEG")
    return Made("iptc", plain[:2] + segment + plain[2:], True)


def with_comment(rng: Random) -> Made:
    if rng.random() < 0.5:
        return Made("gif comment", saved(canvas("P"), "GIF", comment=CANARY), True)
    return Made("jpeg comment", saved(canvas(), "JPEG", comment=CANARY), True)


def with_text(rng: Random) -> Made:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode(), zip=False)
    words.add_itxt("XML:com.adobe.xmp", xmp().decode())
    words.add_text("Author", CANARY.decode() * 3, zip=True)
    return Made("png text", saved(canvas(), "PNG", pnginfo=words), True)


def polyglot(rng: Random) -> Made:
    form = rng.choice(("JPEG", "PNG", "GIF", "WEBP"))
    tail = rng.choice((b"<script>alert(1)</script>", b"PK\x03\x04", b"%PDF-1.7", b"<?php x ?>"))
    return Made(f"polyglot {form}", saved(canvas(), form) + tail + CANARY, True)


def odd_mode(rng: Random) -> Made:
    kinds = [(mode, "JPEG") for mode in ("L", "CMYK", "YCbCr")]
    kinds += [(mode, "PNG") for mode in ("1", "L", "LA", "P", "RGBA", "I;16")]
    kinds += [("P", "GIF"), ("RGBA", "WEBP")]
    mode, form = rng.choice(kinds)
    options = {} if mode == "I;16" else {"icc_profile": profile(2_000)}
    return Made(f"{mode} {form}", saved(canvas(mode), form, **options), True)


def animated(rng: Random) -> Made:
    form = rng.choice(("GIF", "PNG", "WEBP"))
    more = [canvas().rotate(90), canvas("L").convert("RGB")]
    return Made(f"animated {form}", saved(canvas(), form, save_all=True, append_images=more), True)


# --- Broken and hostile ---------------------------------------------------------------------------


def truncated(rng: Random) -> Made:
    form = rng.choice(("JPEG", "PNG", "GIF", "WEBP"))
    whole = saved(canvas(size=(200, 200)).effect_spread(9), form)
    return Made(f"truncated {form}", whole[: rng.randint(0, len(whole) * 3 // 4)], False)


def flipped(rng: Random) -> Made:
    form = rng.choice(("JPEG", "PNG", "GIF", "WEBP"))
    data = bytearray(saved(canvas(), form, exif=exif(6).tobytes()))
    for _time in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return Made(f"flipped {form}", bytes(data))


def png_of(width: int, height: int, body: bytes, *more: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        sealed = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + sealed

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rest = b"".join(chunk(*each) for each in more)
    return b"\x89PNG\r\n\x1a\n" + head + rest + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def bomb(rng: Random) -> Made:
    side = rng.choice((5_001, 16_001, 60_000, 2**31 - 1))
    packed = zlib.compress(b"\0" * 3_000_000, 9)
    return Made(f"bomb {side}", png_of(side, rng.choice((5_000, side)), packed), False)


def text_bomb(rng: Random) -> Made:
    packed = b"Comment\0\0" + zlib.compress(b"A" * 9_000_000, 9)
    body = zlib.compress((b"\0" + b"\xff\0\0" * 4) * 4)
    return Made("text bomb", png_of(4, 4, body, (b"zTXt", packed)))


def lying(rng: Random) -> Made:
    """A header that says another size than there are pixels for."""
    data = bytearray(saved(canvas(), "GIF"))
    struct.pack_into("<HH", data, 6, rng.choice((0, 65_535)), 65_535)
    if rng.random() < 0.5:
        return Made("lying GIF", bytes(data), False)
    return Made("lying PNG", png_of(4_000, 4_000, zlib.compress(b"\0" * 100)))


def no_picture(rng: Random) -> Made:
    return Made(
        "no picture",
        rng.choice(
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
                b"MZ" + bytes(200),
                b"\xff\xd8\xff",
                b"RIFF\xff\xff\xff\xffWEBP",
                b"GIF89a",
                b"\x89PNG\r\n\x1a\n",
                b"P6 9 9 255 " + bytes(243),
                saved(canvas(), "TIFF"),
                saved(canvas(), "BMP"),
                saved(canvas(), "ICO"),
                rng.randbytes(rng.randint(1, 3_000)),
            )
        ),
        False,
    )


MAKERS: tuple[Callable[[Random], Made], ...] = (
    *(with_exif, with_icc, with_xmp, with_iptc, with_comment, with_text, polyglot, odd_mode),
    *(animated, truncated, flipped, bomb, text_bomb, lying, no_picture),
)


def those(rng: Random) -> Iterator[Made]:
    """One of each kind in turn, each time another."""
    while True:
        for make in MAKERS:
            yield make(rng)

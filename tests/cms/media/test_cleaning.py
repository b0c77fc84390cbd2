"""What comes out of the cleaning is the picture and nothing else; what is no picture is refused."""

from __future__ import annotations

import io
import subprocess
import sys
from itertools import islice
from random import Random

import pytest
from PIL import Image as Canvas

from cms.media import cleaning, decoder
from cms.media.cleaning import MOST_BYTES, Reason, Refused, Remade, remade
from tests.cms.media import pictures
from tests.cms.media.pictures import MAKERS, Made, canvas, exif, profile, remains, saved, those


def seen(picture: Remade) -> Canvas.Image:
    opened = Canvas.open(io.BytesIO(picture.read()))
    picture.seek(0)
    opened.load()
    return opened


def complaint(made: Made) -> str:
    """What is wrong with how ``made`` was received; nothing when all is right."""
    try:
        picture = remade(made.data)
    except Refused as refusal:
        said = str(refusal) in {reason.words for reason in Reason}
        return "" if said and made.good is not True else f"refused: {refusal}"
    return ", ".join(remains(picture.read())) or ("taken" if made.good is False else "")


def test_a_picture_comes_out_bare_or_is_refused():
    faults = [
        f"{made.name}: {wrong}"
        for made in islice(those(Random(11)), 2 * len(MAKERS))
        if (wrong := complaint(made))
    ]
    assert faults == []


def test_a_picture_as_it_came_would_be_complained_of():
    for form in ("JPEG", "PNG", "WEBP"):
        raw = saved(canvas(), form, exif=exif().tobytes(), icc_profile=profile(2_000))
        assert {"exif", "icc_profile"} <= set(remains(raw))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_it_stands_upright(form: str):
    lying = canvas(size=(60, 40)).transpose(Canvas.Transpose.ROTATE_90)
    upright = seen(remade(saved(lying, form, exif=exif(6).tobytes()))).convert("RGB")
    assert upright.size == (60, 40)
    above, below = upright.getpixel((30, 8)), upright.getpixel((30, 32))
    assert above[0] > 180 > above[2]
    assert below[2] > 180 > below[0]


@pytest.mark.parametrize(
    ("made", "ending"),
    [
        (saved(canvas(), "JPEG"), "jpg"),
        (saved(canvas(), "PNG"), "png"),
        (saved(canvas(), "GIF"), "png"),
        (saved(canvas(), "WEBP"), "jpg"),
        (saved(canvas("RGBA"), "WEBP"), "jpg"),
    ],
    ids=["jpeg", "png", "gif", "webp", "webp with an idle alpha"],
)
def test_the_content_decides_the_ending(made: bytes, ending: str):
    name = remade(made).name
    assert name.endswith(f".{ending}")
    assert len(name) > 32


def test_what_shows_through_still_does():
    glass = Canvas.new("RGBA", (20, 20), (10, 200, 10, 100))
    for form in ("PNG", "WEBP"):
        assert seen(remade(saved(glass, form))).getpixel((5, 5))[3] == 100


def test_sixteen_bits_become_eight_and_not_white():
    grey = Canvas.new("I;16", (9, 9), 0x4000)
    assert seen(remade(saved(grey, "PNG"))).getpixel((4, 4)) == 0x40


def test_a_profile_is_used_before_it_is_dropped():
    flat = Canvas.new("RGB", (9, 9), (120, 60, 200))
    plain = seen(remade(saved(flat, "PNG"))).getpixel((4, 4))
    same = seen(remade(saved(flat, "PNG", icc_profile=profile(2_000)))).getpixel((4, 4))
    assert plain == (120, 60, 200)
    assert max(abs(a - b) for a, b in zip(plain, same, strict=True)) <= 2


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_an_animation_keeps_its_first_frame_and_says_so(form: str):
    second = Canvas.new("RGB", (48, 32), (0, 255, 0))
    moving = remade(saved(canvas(), form, save_all=True, append_images=[second]))
    assert moving.is_first_of_many
    red = seen(moving).convert("RGB").getpixel((20, 4))
    assert red[0] > 180 > red[1]
    assert not remade(saved(canvas(), form)).is_first_of_many


def test_the_largest_camera_fits():
    """24 megapixels, turned and with a profile: the program's limits leave room for that."""
    large = canvas(size=(6_000, 4_000)).effect_spread(4)
    data = saved(large, "JPEG", quality=70, exif=exif(6).tobytes(), icc_profile=profile(3_000))
    assert seen(remade(data)).size == (4_000, 6_000)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x" * (MOST_BYTES + 1), Reason.TOO_HEAVY),
        (pictures.png_of(5_001, 5_000, b""), Reason.TOO_LARGE),
        (pictures.png_of(16_001, 1, b""), Reason.TOO_LARGE),
        (b"", Reason.UNREADABLE),
        (b"GIF89a", Reason.UNREADABLE),
    ],
    ids=["bytes", "pixels", "length", "nothing", "half a GIF"],
)
def test_a_refusal_says_why_and_what_to_do(data: bytes, reason: Reason):
    with pytest.raises(Refused) as refusal:
        remade(data)
    assert refusal.value.reason == reason
    assert "again" in str(refusal.value)


@pytest.mark.parametrize(
    "program",
    [
        "import ctypes; ctypes.string_at(0)",
        "import sys; sys.stdout.write('GIF89a')",
        "import sys; sys.stdout.write('nonsense'); sys.exit(3)",
        "import sys; sys.exit(7)",
        "import time; time.sleep(60)",
    ],
    ids=["crashes", "writes another kind", "speaks nonsense", "gives up", "waits"],
)
def test_a_decoder_gone_wrong_is_a_refusal(program: str, tmp_path, monkeypatch):
    (tmp_path / "broken.py").write_text(program)
    monkeypatch.setattr(decoder, "__file__", str(tmp_path / "broken.py"))
    monkeypatch.setattr(cleaning, "PATIENCE", 1)
    with pytest.raises(Refused) as refusal:
        remade(saved(canvas(), "PNG"))
    assert refusal.value.reason == Reason.UNREADABLE


def test_the_program_takes_away_from_itself_what_a_picture_does_not_need(tmp_path):
    stray = tmp_path / "stray"
    greedy = ("bytearray(600 * 1024 * 1024)", f"open({str(stray)!r}, 'wb', 0).write(b'x')")
    for greed in greedy:
        start = f"import runpy; runpy.run_path({decoder.__file__!r})['limit'](); {greed}"
        done = subprocess.run([sys.executable, "-c", start], capture_output=True, check=False)
        assert done.returncode != 0
        assert b"Error" in done.stderr
    assert not stray.read_bytes()

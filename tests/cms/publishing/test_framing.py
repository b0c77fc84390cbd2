"""A picture in a shape that a network takes: seen whole, with white beside it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cms.publishing.framing import framed
from panel.channels.instagram.adapter import Instagram
from panel.channels.outgoing import Act, Picture, Verb
from panel.channels.protocol import PictureRules
from tests.factories.network_pictures import jpeg

RULES = Instagram.pictures
BLUE = "#103070"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("size", [(80, 100), (100, 100), (400, 300), (191, 100)])
def test_what_fits_stays_the_same_file(size: tuple[int, int]):
    data = jpeg(BLUE, size)
    assert framed(data, RULES) is data


def test_who_asks_nothing_gets_the_same_file():
    data = jpeg(BLUE, (1000, 10))
    assert framed(data, PictureRules()) is data


@pytest.mark.parametrize(
    ("size", "wanted", "edge"),
    [((300, 400), (320, 400), (3, 200)), ((400, 100), (400, 210), (200, 20))],
)
def test_white_is_put_beside_what_is_too_tall_or_too_wide(
    size: tuple[int, int], wanted: tuple[int, int], edge: tuple[int, int]
):
    with opened(framed(jpeg(BLUE, size), RULES)) as image:
        assert (image.size, image.format) == (wanted, "JPEG")
        white, middle = image.getpixel(edge), image.getpixel((wanted[0] // 2, wanted[1] // 2))
    assert min(white) > 250
    assert max(abs(a - b) for a, b in zip(middle, (0x10, 0x30, 0x70), strict=True)) < 6


@given(st.integers(20, 900), st.integers(20, 900))
def test_whatever_its_shape_instagram_takes_it_then(width: int, height: int):
    data = framed(jpeg(BLUE, (width, height)), RULES)
    act = Act(Verb.POST, "Hej", pictures=(Picture(data),))
    assert Instagram().foresees(act) == ""
    with opened(data) as image:
        assert image.size[0] >= width
        assert image.size[1] >= height


def test_a_grey_picture_keeps_its_looks():
    file = io.BytesIO()
    Image.new("L", (30, 90), 90).save(file, "JPEG")
    with opened(framed(file.getvalue(), RULES)) as image:
        middle = image.convert("RGB").getpixel((image.size[0] // 2, 45))
    assert max(abs(each - 90) for each in middle) < 4

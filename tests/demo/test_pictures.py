"""The drawn pictures: in every size, the same every time, each with words."""

from __future__ import annotations

import pytest
from PIL import ImageStat

from cms.media.words import speaking_description
from demo.pictures import PICTURES, draw, logo
from demo.pictures.canvas import Sheet, mixed, rgba
from demo.world import LANGUAGES, page


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_fills_the_size_asked_for_and_is_no_plain_surface(name: str) -> None:
    picture = draw(name, (320, 200))
    assert (picture.size, picture.mode) == ((320, 200), "RGB")
    assert max(ImageStat.Stat(picture).stddev) > 15


@pytest.mark.parametrize("size", [(90, 160), (400, 60), (64, 64)])
def test_a_picture_comes_in_any_shape(size: tuple[int, int]) -> None:
    assert draw("harbour", size).size == size


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_same_every_time(name: str) -> None:
    assert draw(name, (160, 100)).tobytes() == draw(name, (160, 100)).tobytes()


def test_there_is_no_picture_of_anything_else() -> None:
    with pytest.raises(KeyError):
        draw("sea serpent")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_what_it_shows_in_both_languages(name: str) -> None:
    picture = PICTURES[name]
    assert picture.title
    assert picture.alt("da") != picture.alt("en")
    for language in LANGUAGES:
        speaking_description(picture.alt(language))
        assert 20 < len(picture.alt(language)) <= 200


def test_no_two_pictures_are_described_alike() -> None:
    assert len({picture.alt_da for picture in PICTURES.values()}) == len(PICTURES)


def test_the_logo_is_a_shield_on_nothing() -> None:
    arms = logo(96)
    assert arms.mode == "RGBA"
    assert arms.height == pytest.approx(96, abs=1)
    corner, middle = arms.getpixel((1, 94)), arms.getpixel((arms.width // 2, 48))
    assert isinstance(corner, tuple)
    assert isinstance(middle, tuple)
    assert (corner[3], middle[3]) == (0, 255)


def test_pages_name_pictures_there_are() -> None:
    assert {page("home", language).facts["picture"] for language in LANGUAGES} <= set(PICTURES)


def test_colours_are_read_with_and_without_how_opaque_they_are() -> None:
    assert rgba("#14505c") == (20, 80, 92, 255)
    assert rgba("#14505c80") == (20, 80, 92, 128)
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"


def test_what_is_beside_the_sheet_is_left_out() -> None:
    sheet = Sheet((40, 25))
    sheet.fill("#ffffff", "#ffffff")
    sheet.disc(-500, -500, 50, "#000000")
    sheet.shade([(3000, 0), (3100, 0), (3100, 90)], "#000000", 5)
    assert sheet.finished(grain=0).getcolors() == [(1_000, (255, 255, 255))]

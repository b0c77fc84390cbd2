"""The user guide: the same pages in both languages, and every picture and link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.shots import GUIDE, GUIDE_SHOTS, LOCALES

ROOT = GUIDE.parent
PAGES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
GOAL = re.compile(r'\]\(([^)]+)\)|<img src="([^"]+)"')
HEAVIEST = 150_000


def goals(page: Path) -> list[Path]:
    """What a page links to or shows, as files."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = [one or other for one, other in GOAL.findall(text)]
    return [(ROOT / page.parent / goal).resolve() for goal in found if "://" not in goal]


def names(language: str) -> set[str]:
    return {page.name for page in PAGES if page.parts[0] == language}


def test_every_page_is_there_in_both_languages() -> None:
    assert names("da") == names("en") != set()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_all_it_links_to_and_shows_is_there(page: Path) -> None:
    assert [goal for goal in goals(page) if not goal.is_file()] == []


@pytest.mark.parametrize("language", LOCALES)
def test_each_page_shows_its_own_language(language: str) -> None:
    shown = {goal for page in PAGES if page.parts[0] == language for goal in goals(page)}
    pictures = {goal for goal in shown if goal.suffix == ".webp"}
    assert {goal.parent for goal in pictures} == {GUIDE / language}
    # What is taken is shown, and what is shown can be taken anew.
    assert {goal.stem for goal in pictures} == {shot.name for shot in GUIDE_SHOTS}


@pytest.mark.parametrize("language", LOCALES)
def test_pictures_are_small_and_the_screens_they_say(language: str) -> None:
    for shot in GUIDE_SHOTS:
        file = GUIDE / language / f"{shot.name}.webp"
        assert file.stat().st_size < HEAVIEST, file
        with Image.open(file) as picture:
            assert picture.width % shot.width == 0, file


def test_the_way_in_leads_to_every_page() -> None:
    linked = {goal.relative_to(ROOT) for goal in goals(Path("README.md"))}
    assert linked == {*PAGES} - {Path("README.md")}


def test_pictures_have_words_and_pages_are_short() -> None:
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        assert not re.search(r"!\[\s*\]|<img(?![^>]* alt=\"[^\"]{10,}\")", text), page
        assert len(text.split()) < 700, page

"""Danish is whole: our own words, and those of the packages that speak to us through theirs."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from tests.catalogues import Entry, read
from tests.words import in_python, in_template, of_project

DOMAINS = ("django", "djangojs")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|(?<!%)\{\w*\}|%%")
QUOTES = {*"“”„"}  # ours are »…«
TAG = re.compile(r"</?\w[^>]*>")
OURS = [
    Path(folder) / "da/LC_MESSAGES" / f"{domain}.po"
    for folder in settings.LOCALE_PATHS
    for domain in DOMAINS
    if (Path(folder) / "da/LC_MESSAGES" / f"{domain}.po").exists()
]


def names(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def packages() -> Iterator[tuple[str, Path]]:
    """Where each installed package keeps its words."""
    yield "django", Path(django.__file__).parent / "conf/locale"
    for config in apps.get_app_configs():
        if not config.name.startswith(("panel.", "cms.", "tests.")):
            yield config.name, Path(config.path) / "locale"


def merged(domain: str) -> DjangoTranslation:
    """What a Danish reader gets: our catalogues over those of the packages."""
    folders = None if domain == "django" else [str(folder) for _name, folder in packages()]
    return DjangoTranslation("da", domain=domain, localedirs=folders)


def test_there_are_three_catalogues_of_ours():
    assert [names(path) for path in OURS] == [
        "locale/da/LC_MESSAGES/django.po",
        "locale/wagtail/da/LC_MESSAGES/django.po",
        "locale/wagtail/da/LC_MESSAGES/djangojs.po",
    ]


@pytest.mark.parametrize("domain", DOMAINS)
def test_everything_installed_packages_say_has_danish_words(domain: str):
    """No exceptions: whoever upgrades a package translates what is new in ``locale/wagtail``."""
    danish = merged(domain)._catalog

    def lacks(entry: Entry) -> bool:
        keys = [(entry.key, 0), (entry.key, 1)] if len(entry.pairs) == 2 else [entry.key]
        return not all(danish.get(key) for key in keys)

    asked = 0
    missing = []
    for name, folder in packages():
        source = folder / "en/LC_MESSAGES" / f"{domain}.po"
        entries = read(source) if source.exists() else []
        asked += len(entries)
        missing += [f"{name}: {entry.msgid}" for entry in entries if lacks(entry)]

    assert missing == []
    assert asked > 50


@pytest.mark.parametrize("path", OURS, ids=names)
def test_every_message_of_ours_is_translated_for_certain(path: Path):
    entries = read(path)
    assert [e.msgid for e in entries if not all(danish for _source, danish in e.pairs)] == []
    assert [e.msgid for e in entries if "fuzzy" in e.flags] == []
    assert len({e.key for e in entries}) == len(entries) > 50


@pytest.mark.parametrize("path", OURS, ids=names)
def test_danish_keeps_what_is_filled_in_and_marked_up(path: Path):
    """A placeholder less hides a name, one more fails the page; a tag less breaks its markup."""
    wrong = [
        danish
        for entry in read(path)
        for source, danish in entry.pairs
        if sorted(set(PLACEHOLDER.findall(source))) != sorted(set(PLACEHOLDER.findall(danish)))
        or sorted(TAG.findall(source)) != sorted(TAG.findall(danish))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", OURS, ids=names)
def test_danish_begins_and_ends_with_the_same_space(path: Path):
    """Templates of the packages put such pieces side by side."""
    wrong = [
        danish
        for entry in read(path)
        for source, danish in entry.pairs
        if (source[:1].isspace(), source[-1:].isspace())
        != (danish[:1].isspace(), danish[-1:].isspace())
    ]
    assert wrong == []


@pytest.mark.parametrize("path", OURS, ids=names)
def test_danish_quotes_as_danes_do(path: Path):
    wrong = [
        danish for entry in read(path) for _source, danish in entry.pairs if QUOTES & {*danish}
    ]
    assert wrong == []


@pytest.mark.parametrize("path", OURS, ids=names)
def test_what_is_compiled_is_what_is_written(path: Path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    compiled.pop("", None)
    written: dict[object, str] = {}
    for entry in read(path):
        several = len(entry.pairs) == 2
        for number, (_source, danish) in enumerate(entry.pairs):
            written[(entry.key, number) if several else entry.key] = danish
    assert compiled == written


def test_our_own_words_come_before_those_for_the_packages():
    """“Privacy” is ours and Wagtail's; so is “Search”. One product, one word."""
    both = {entry.key for entry in read(OURS[0])}
    both &= {entry.key for entry in read(OURS[1])}
    danish = merged("django")
    own = {entry.key: entry.pairs[0][1] for entry in read(OURS[0])}
    assert both
    assert {key: danish.gettext(key) for key in both} == {key: own[key] for key in both}


def test_every_message_of_our_source_has_danish_words_and_none_is_left_over():
    known = {entry.msgid for entry in read(OURS[0])}
    asked = set(of_project(Path(settings.BASE_DIR)))
    assert {(names(path), words) for path, words in asked if words not in known} == set()
    assert known - {words for _path, words in asked} == set()


def test_messages_are_found_however_they_are_written():
    python = '_("One " "long") or ngettext("a", "b", n) or pgettext("who", "c") or other("d")'
    assert list(in_python(python)) == ["One long", "a", "c"]
    template = (
        '{% load i18n %}{% translate "e (f)" %}{% include "x" with text=_("g") only %}'
        "{% blocktranslate count n=n %}h {{ n }}{% plural %}i{% endblocktranslate %}"
    )
    assert set(in_template(template)) == {"e (f)", "g", "h %(n)s"}

"""RFC 5545 to the letter: folding, escaping, times in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cms.publishing.ical import WIDEST, Event, Status, calendar, folded
from panel.core.clock import COPENHAGEN

AT = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=COPENHAGEN)  # the second half past two


MOMENTS = st.integers(631152000, 4102444800).map(
    lambda seconds: datetime.fromtimestamp(seconds, COPENHAGEN)
)


def event(**more: Any) -> Event:
    told: dict[str, Any] = {
        "uid": "story-7@example.org",
        "sequence": 3,
        "at": AT,
        "changed_at": AT - timedelta(days=1),
        "words": "Godkendt: Nye cykelstativer",
        "url": "https://example.org/admin/udgivelser/3/",
        "status": Status.CONFIRMED,
    }
    return Event(**{**told, **more})


def unfolded(file: bytes) -> list[str]:
    assert file.endswith(b"\r\n")
    return file.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(
        r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value, flags=re.DOTALL
    )


def test_a_whole_file():
    assert unfolded(calendar("Udgivelser", [event()])) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Medspil//Medspil//DA",
        "X-WR-CALNAME:Udgivelser",
        "BEGIN:VEVENT",
        "UID:story-7@example.org",
        "SEQUENCE:3",
        "DTSTAMP:20261024T003000Z",
        "LAST-MODIFIED:20261024T003000Z",
        "DTSTART:20261025T013000Z",
        "DURATION:PT15M",
        "TRANSP:TRANSPARENT",
        "SUMMARY:Godkendt: Nye cykelstativer",
        "STATUS:CONFIRMED",
        "URL:https://example.org/admin/udgivelser/3/",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_what_has_a_meaning_in_the_format_is_escaped():
    told = unfolded(calendar("", [event(words="Kaffe, te; \\ og\r\nBEGIN:VEVENT")]))
    assert "SUMMARY:Kaffe\\, te\\; \\\\ og\\nBEGIN:VEVENT" in told
    assert told.count("BEGIN:VEVENT") == 1


@given(st.text())
def test_no_line_is_wider_than_75_octets_and_no_letter_is_cut(line: str):
    line = re.sub("[\r\n\ud800-\udfff]", "", line)
    file = folded(line)
    rows = file.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(row) <= WIDEST for row in rows)
    assert all(row.startswith(b" ") for row in rows[1:])
    for row in rows:
        row.decode()
    assert (rows[0] + b"".join(row[1:] for row in rows[1:])).decode() == line


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_title_comes_back_without_what_no_calendar_may_hold(words: str):
    (line,) = [
        line for line in unfolded(calendar("", [event(words=words)])) if line.startswith("SUMMARY:")
    ]
    lines = re.sub("\r\n?", "\n", words)
    assert unescaped(line.removeprefix("SUMMARY:")) == re.sub("[\x00-\x08\x0b-\x1f\x7f]", "", lines)


@given(MOMENTS)
def test_times_are_utc(at: datetime):
    told = unfolded(calendar("", [event(at=at)]))
    (start,) = [line for line in told if line.startswith("DTSTART:")]
    read = datetime.strptime(start, "DTSTART:%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert read == at.astimezone(UTC).replace(microsecond=0)

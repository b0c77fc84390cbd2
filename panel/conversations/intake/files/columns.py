"""Which column holds what: the headings known, and what the cells under the others look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from .faults import Refused, UnreadableFile
from .times import moment
from .values import ID_MOST, is_overlong_number, is_rounded

COLUMNS_MOST = 256

Headings = Mapping[str, tuple[str, ...]]
Samples = Sequence[Sequence[str]]

COMMENT_HEADINGS: Headings = {
    "comment_id": (
        "comment_id", "kommentar_id", "kommentarens id", "id", "kommentarnummer", "nummer",
    ),
    "text": (
        "text", "tekst", "kommentartekst", "comment_text", "message", "besked", "indhold",
        "kommentar", "comment", "body", "content",
    ),
    "time": (
        "time", "tid", "tidspunkt", "kommentartid", "kommentardato", "created_time", "created_at",
        "dato", "date", "oprettet", "skrevet", "timestamp", "dato og tid", "klokkeslæt",
    ),
    "post_id": (
        "post_id", "opslag_id", "opslagets id", "opslagsnummer", "tråd_id", "thread_id", "opslag",
        "post",
    ),
    "post_text": ("post_text", "opslagstekst", "opslagets tekst", "post_message", "opslag", "post"),
    "post_time": (
        "post_time", "opslagstid", "opslagsdato", "opslagets dato", "post_created_time",
        "post_date",
    ),
    "post_topic": (
        "post_topic", "emne", "topic", "tema", "forvaltning", "afdeling", "kategori",
        "opslagets emne",
    ),
    "parent_id": (
        "parent_id", "svar på", "svar_til", "in_reply_to", "in_reply_to_id", "reply_to", "parent",
        "parent_comment_id", "overordnet", "forælder",
    ),
    "author_id": (
        "author_id", "forfatter_id", "forfatterens id", "bruger_id", "user_id", "from_id",
        "profil_id", "person_id", "forfatter", "author", "bruger", "user", "fra", "from",
        "skribent", "afsender",
    ),
    "author_name": (
        "author_name", "forfatternavn", "forfatterens navn", "brugernavn", "navn", "name",
        "from_name", "user_name", "profilnavn", "forfatter", "author", "bruger", "user", "fra",
        "from", "skribent", "afsender",
    ),
    "author_is_page": ("author_is_page", "er_side", "forfatter er side", "is_page", "side"),
    "likes": ("likes", "like_count", "synes godt om", "antal likes", "reaktioner", "reactions"),
    "url": ("url", "link", "permalink", "permalink_url", "adresse", "webadresse"),
}  # fmt: skip
"""Field -> headings taken for it, the surest first. Case, accents and punctuation do not matter."""

COMMENT_REQUIRED = ("comment_id", "text", "time")

_IDS = frozenset({"comment_id", "post_id", "parent_id", "author_id"})
_EITHER = frozenset(
    (
        "opslag",
        "post",
        "forfatter",
        "author",
        "bruger",
        "user",
        "fra",
        "from",
        "skribent",
        "afsender",
    )
)
"""Headings that stand over ids in one file and over words in another."""

_FOLDED = str.maketrans({"ø": "o", "æ": "ae", "å": "a"})
_NOT_WORD = re.compile(r"[\W_]+")
_PROSE_FROM = 12
_LISTED = 40
_ROUNDED_DIGITS = 6
"""Zeros behind the fifteenth digit that cannot be chance: one in a million."""


def headings(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns' names as written, told apart by their number when empty or twice the same."""
    if len(cells) > COLUMNS_MOST:
        raise UnreadableFile("columns_too_many", most=COLUMNS_MOST)
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.strip("\ufeff").split())[:ID_MOST]
        names.append(name if name and name not in names else f"{name} #{number}".strip())
    return tuple(names)


def folded(heading: str) -> str:
    """``heading`` without case, accents, blanks and punctuation; the old and new spellings of å, æ,
    ø are one.
    """
    plain = unicodedata.normalize("NFKD", heading.casefold().translate(_FOLDED))
    word = _NOT_WORD.sub(
        "", "".join(letter for letter in plain if not unicodedata.combining(letter))
    )
    return word.replace("aa", "a").replace("oe", "o")


def recognised(cells: Iterable[str], known: Headings) -> int:
    """How many of ``cells`` are known headings."""
    names = {folded(name) for synonyms in known.values() for name in synonyms}
    return sum(folded(cell) in names for cell in cells)


def comment_mapping(columns: Sequence[str], samples: Samples) -> dict[str, str]:
    """Field -> heading for a file of comments, by name, then by what the cells look like."""
    named = named_mapping(
        columns, COMMENT_HEADINGS, lambda name, column: _fits(name, column, columns, samples)
    )
    return named | _by_looks(columns, samples, named)


def named_mapping(
    columns: Sequence[str],
    known: Headings,
    fits: Callable[[str, str], bool] = lambda name, column: True,
) -> dict[str, str]:
    """Field -> heading by name alone. ``fits(field, heading)`` may say no."""
    places: dict[str, str] = {}
    for column in columns:
        places.setdefault(folded(column), column)
    mapping: dict[str, str] = {}
    for name, synonyms in known.items():
        for synonym in synonyms:
            column = places.get(folded(synonym), "")
            if column and column not in mapping.values() and fits(name, column):
                mapping[name] = column
                break
    return mapping


def _fits(name: str, column: str, columns: Sequence[str], samples: Samples) -> bool:
    """Whether the cells may be what the name says: “opslag” may head ids or texts, “forfatter” ids
    or names.
    """
    if name not in _IDS or folded(column) not in _EITHER:
        return True
    cells = _filled(columns, samples, column)
    return not cells or _ids(cells)


def _by_looks(columns: Sequence[str], samples: Samples, named: Mapping[str, str]) -> dict[str, str]:
    """The required fields that no heading names, where one column alone looks the part."""
    found: dict[str, str] = {}
    looks: dict[str, Callable[[list[str]], bool]] = {
        "time": _times,
        "text": _prose,
        "comment_id": _unique,
    }
    for name, look in looks.items():
        if name in named:
            continue
        taken = {*named.values(), *found.values()}
        free = [column for column in columns if column not in taken]
        alike = [column for column in free if look(_filled(columns, samples, column))]
        if len(alike) == 1:
            found[name] = alike[0]
    return found


def _filled(columns: Sequence[str], samples: Samples, column: str) -> list[str]:
    place = columns.index(column)
    return [
        cells[place].strip() for cells in samples if len(cells) > place and cells[place].strip()
    ]


def _times(cells: list[str]) -> bool:
    """Mostly times. Bare numbers do not count: an id may look like seconds since 1970."""
    return bool(cells) and sum(is_time(cell) for cell in cells) * 5 >= len(cells) * 4


def is_time(cell: str) -> bool:
    """Whether ``cell`` is a time, or means to be one."""
    if not any(mark in cell for mark in "-./: "):
        return False
    try:
        moment(cell, "time")
    except Refused as refused:
        return refused.code not in {"time_unreadable", "empty"}
    return True


def _ids(cells: list[str]) -> bool:
    """No blanks inside, not overlong, and no plain words: a column of first names has no digits."""
    slim = all(len(cell) <= ID_MOST and not any(map(str.isspace, cell)) for cell in cells)
    return slim and any(any(map(str.isdigit, cell)) for cell in cells)


def _unique(cells: list[str]) -> bool:
    return bool(cells) and _ids(cells) and len(set(cells)) == len(cells)


def _prose(cells: list[str]) -> bool:
    """Longer than names, with blanks, and no times."""
    if not cells or _times(cells):
        return False
    blanks = sum(" " in cell for cell in cells)
    return blanks * 2 > len(cells) and sum(map(len, cells)) > _PROSE_FROM * len(cells)


def is_month_first(
    columns: Sequence[str], samples: Samples, chosen: Iterable[str], *, unless: bool
) -> bool:
    """Whether the dates under ``chosen`` are American: 12/24/2025. ``unless`` the cells tell, the
    answer.
    """
    days = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b", re.ASCII)
    found = [
        days.match(cell)
        for column in chosen
        if column in columns
        for cell in _filled(columns, samples, column)
    ]
    pairs = [(int(match[1]), int(match[2])) for match in found if match]
    first = any(left > 12 for left, _ in pairs)
    second = any(right > 12 for _, right in pairs)
    return second if first != second else unless


def rounded_columns(
    columns: Sequence[str], samples: Samples, mapping: Mapping[str, str]
) -> tuple[str, ...]:
    """The headings of ids that Excel has cut: all their long numbers end in zeros, and too many for
    chance.
    """
    return tuple(
        column
        for name, column in mapping.items()
        if name in _IDS and _is_cut(_filled(columns, samples, column))
    )


def _is_cut(cells: list[str]) -> bool:
    long = {cell for cell in cells if is_overlong_number(cell)}
    return all(map(is_rounded, long)) and sum(len(cell) - 15 for cell in long) >= _ROUNDED_DIGITS


def check_mapping(
    mapping: Mapping[str, str], columns: Sequence[str], *, known: Headings, required: Sequence[str]
) -> None:
    """Raises ``UnreadableFile`` naming what is missing or does not exist."""
    listed = ", ".join(columns[:_LISTED]) + ("…" if len(columns) > _LISTED else "")
    for name, column in mapping.items():
        if name not in known:
            raise UnreadableFile("field_unknown", field=name, fields=", ".join(known))
        if column not in columns:
            raise UnreadableFile("column_unknown", column=column, columns=listed)
    missing = [name for name in required if name not in mapping]
    if missing:
        raise UnreadableFile("columns_missing", fields=", ".join(missing), columns=listed)

"""What is different from the version a second person looked at last, field by field, in words.

A change is never hidden: what cannot be shown as words is said to be there.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.publishing import plans
from cms.publishing.telling import Teller
from cms.publishing.times import in_words, patience_in_words
from cms.review.models import Approval, State
from cms.review.sealing import Contents
from cms.stories.models import StoryPage

SAME, GONE, NEW = "same", "gone", "new"
# Two paragraphs that have this much in common are one that was mended.
ALIKE = 0.4
_WORDS = re.compile(r"\S+\s*")
# Unchanged words are kept around what has changed, and left out further away.
AROUND = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they stay, are gone or are new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is different in one field: paragraphs of pieces."""

    label: str
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that is different from ``before``."""

    before: Approval
    changes: tuple[Change, ...]

    @property
    def was_live(self) -> bool:
        """Whether readers have seen the version before."""
        return self.before.published_at is not None


def difference(approval: Approval) -> Difference | None:
    """What differs from the last version somebody decided on; None when there is none."""
    if approval.page is None:
        return None
    before = (
        Approval.objects.of(approval.page)
        .filter(pk__lt=approval.pk, decided_by__isnull=False)
        .exclude(state=State.ASKED)
        .order_by("-pk")
        .first()
    )
    if before is None:
        return None
    found = [*_of_plans(before, approval), *changes(before.contents, approval.contents)]
    return Difference(before, tuple(found))


def changes(old: Contents, new: Contents) -> list[Change]:
    """What is different between two contents, in the order a reader meets it."""
    tell = Teller([old, new])
    names = [name for name in (*StoryPage.sealed_fields, "teasers") if name in new]
    found = [
        Change(_label(name), _different(name, old, new, tell))
        for name in names
        if old.get(name) != new[name]
    ]
    before = dict(map(tuple, old["pictures"]))
    other = [key for key, file in new["pictures"] if before.get(key, file) != file]
    if other:
        lines = tuple((Piece(NEW, str(tell.pictures.get(key, key))),) for key in other)
        found.append(Change(_("Another file in the picture"), lines))
    return found


def _different(
    name: str, old: Contents, new: Contents, tell: Teller
) -> tuple[tuple[Piece, ...], ...]:
    found = _paragraphs(tell.lines(name, old), tell.lines(name, new))
    if not found or (name == "body" and _same_words(old, new, tell)):
        silent = _("The formatting, or what kind of block something is.")
        return (*found, (Piece(SAME, silent),))
    return found


def _same_words(old: Contents, new: Contents, tell: Teller) -> bool:
    """Whether some block of the text is another one, but says the same."""
    before = {_spelled(block): tell.block(block) for block in old["body"]}
    said = list(before.values())
    return any(_spelled(block) not in before and tell.block(block) in said for block in new["body"])


def _spelled(block: Mapping[str, Any]) -> str:
    return json.dumps([block["type"], block["value"]], sort_keys=True)


def _of_plans(old: Approval, new: Approval) -> Iterator[Change]:
    if plans.moment(old) != plans.moment(new):
        yield Change(_("When it goes out"), _paragraphs([_when(old)], [_when(new)]))
    if plans.patience(old) != plans.patience(new):
        late = [patience_in_words(plans.patience(one)) for one in (old, new)]
        yield Change(_("How late it may go out"), _paragraphs(late[:1], late[1:]))


def _when(approval: Approval) -> str:
    moment = plans.moment(approval)
    return in_words(moment) if moment else _("As soon as it is approved")


def _label(name: str) -> str:
    if name == "teasers":
        return _("On other channels")
    field: Any = StoryPage._meta.get_field(name)
    return str(field.verbose_name).capitalize()


def _paragraphs(old: list[str], new: list[str]) -> tuple[tuple[Piece, ...], ...]:
    """Paragraph by paragraph; within one that was mended, word by word."""
    found: list[tuple[Piece, ...]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "replace" and b - a == d - c:
            found += [
                part for pair in zip(old[a:b], new[c:d], strict=True) for part in _mended(*pair)
            ]
        elif kind != "equal":
            found += [(Piece(GONE, line),) for line in old[a:b]]
            found += [(Piece(NEW, line),) for line in new[c:d]]
    return tuple(found)


def _mended(old: str, new: str) -> Iterator[tuple[Piece, ...]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from ((Piece(GONE, old),), (Piece(NEW, new),))
        return
    pieces = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, _shortened(before[a:b])))
            continue
        pieces += [
            Piece(which, "".join(words))
            for which, words in ((GONE, before[a:b]), (NEW, after[c:d]))
            if words
        ]
    yield tuple(pieces)


def _shortened(words: list[str]) -> str:
    if len(words) <= 2 * AROUND + 1:
        return "".join(words)
    return "".join((*words[:AROUND], "… ", *words[-AROUND:]))

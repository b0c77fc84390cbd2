"""How it is said: a thread's own deck of texts, and the slips of people on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple, TypeVar

from demo.world.cast import citizen
from demo.world.schedule import Post
from demo.world.sheets import read_lists
from demo.world.topics import STANCES, Saying

TALK = read_lists("talk")
DECK_SIZE = 28
FRIENDS = 1_000  # people who get tagged

# What a reply is, after what it replies to, in cumulated hundredths.
REPLIES: Mapping[str, tuple[tuple[int, str], ...]] = {
    "questions": ((50, "answers"), (78, "official"), (95, "wonder"), (100, "agree")),
    "complaints": (
        (12, "answers"),
        (40, "agree"),
        (60, "disagree"),
        (80, "official"),
        (100, "follow"),
    ),
    "praise": ((50, "agree"), (60, "disagree"), (70, "official"), (100, "emoji")),
    "remarks": ((6, "answers"), (46, "agree"), (72, "disagree"), (90, "follow"), (100, "emoji")),
    "answers": ((60, "thanks"), (78, "agree"), (90, "disagree"), (100, "emoji")),
    "official": ((60, "thanks"), (80, "follow"), (100, "doubt")),
    "disagree": ((40, "disagree"), (70, "agree"), (100, "follow")),
    "emoji": ((100, "emoji"),),
}
# What a reply is instead, where nobody has an answer to just that.
INSTEAD = {"questions": "wonder", "complaints": "agree", "praise": "agree", "remarks": "agree"}
_MOODS = dict(zip(STANCES, ("question", "complaint", "praise", "remark"), strict=True))
OPENERS = {stance: TALK[f"openers-{mood}"] for stance, mood in _MOODS.items()}
ENDERS = {stance: TALK[f"enders-{mood}"] for stance, mood in _MOODS.items()}
_NOTHING = Saying("")
T = TypeVar("T")


class Spoken(NamedTuple):
    """A text as written, its kind (a stance or a kind of reply), and the saying it came from."""

    kind: str
    text: str
    saying: Saying = _NOTHING


def name_in(text: str, name: str) -> str:
    """``text`` with the answered person's first name, or nicely without."""
    if "{" not in text:
        return text
    if name:
        return text.replace("{fornavn}", name.split(" ", 1)[0])
    for slot in (", {fornavn}", " {fornavn}", "{fornavn} ", "{fornavn}"):
        text = text.replace(slot, "")
    return text[:1].upper() + text[1:]


class Voice:
    """What people say under one post. Texts come from the post's topic, mixed by its mood."""

    def __init__(self, rng: Random, post: Post) -> None:
        self.chance = rng.random
        self.post = post
        self.other_streets = [street for street in post.area.streets if street != post.street]
        self.deck = _deck(rng, post)
        self.said = 0

    def comment(self) -> Spoken:
        """The next top-level comment."""
        luck = self.chance()
        if luck < 0.03:
            return Spoken("emoji", self._one(TALK["emoji"]))
        if luck < 0.05:
            return Spoken("emoji", f"@{citizen(int(self.chance() * FRIENDS)).name}")
        stance, saying = self.deck[self._turn()]
        text = saying.text
        if luck > 0.94:
            text = _joined(text, self._one(self.deck)[1].text)
        return Spoken(stance, self._spoken(stance, text), saying)

    def reply(self, to: Spoken, name: str, office: bool) -> Spoken:
        """A reply to the person of that name, "" for none; official ones in office hours only."""
        kind = self._reply_kind(to.kind)
        if kind == "official" and not office:
            kind = "answers"
        if kind == "official":
            return self._placed(kind, to.saying.official or TALK["official"], name)
        if kind == "answers" and not to.saying.answers:
            kind = INSTEAD[to.kind]
        if kind == "answers":
            text = self._one(to.saying.answers)
            if self.chance() < 0.3:
                text = f"{text} {self._one(TALK['enders-answer'])}"
            return Spoken(kind, _slip(self._local(name_in(text, name)), self.chance()))
        return self._placed(kind, TALK[kind], name)

    def _placed(self, kind: str, texts: Sequence[str], name: str) -> Spoken:
        return Spoken(kind, name_in(self._local(self._one(texts)), name))

    def _reply_kind(self, kind: str) -> str:
        percent = self.chance() * 100
        row = REPLIES.get(kind, REPLIES["disagree"])
        return next(reply for limit, reply in row if percent < limit)

    def _turn(self) -> int:
        self.said += 1
        return self.said if self.said < DECK_SIZE else int(self.chance() * DECK_SIZE)

    def _one(self, texts: Sequence[T]) -> T:
        return texts[int(self.chance() * len(texts))]

    def _local(self, text: str) -> str:
        if "{" not in text:
            return text
        return self.post.fill(text).replace("{nabovej}", self._one(self.other_streets))

    def _spoken(self, stance: str, text: str) -> str:
        luck = self.chance()
        if 0.4 < luck < 0.58 or luck > 0.94:
            text = f"{self._one(OPENERS[stance])} {text}"
        if luck > 0.62:
            text = _joined(text, self._one(ENDERS[stance]))
        return _slip(self._local(text), self.chance())


def _deck(rng: Random, post: Post) -> list[tuple[str, Saying]]:
    topic = post.topic
    fitting = {stance: topic.fitting(stance, post.variant) for stance in STANCES}
    moods = [
        mood if fitting[stance] else 0 for stance, mood in zip(STANCES, topic.mood, strict=True)
    ]
    piles: dict[str, list[Saying]] = {stance: [] for stance in STANCES}
    deck = []
    for stance in rng.choices(STANCES, moods, k=DECK_SIZE):
        pile = piles[stance]
        if not pile:
            pile.extend(rng.sample(fitting[stance], len(fitting[stance])))
        deck.append((stance, pile.pop()))
    return deck


def _joined(text: str, more: str) -> str:
    """Two texts as one, with a full stop where the second begins a sentence and none is there."""
    stop = "." if more[0].isupper() and (text[-1].isalnum() or text[-1] == "}") else ""
    return f"{text}{stop} {more}"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _doubled(text: str) -> str:
    return f"{text.rstrip('.')}!!" if text[-1].isalpha() or text[-1] == "." else text


def _hurried(text: str) -> str:
    return text.replace("ikke", "ik").replace("også", "osse").replace("selvfølgelig", "selvf")


_SLIPS: tuple[tuple[float, Callable[[str], str]], ...] = (
    (0.05, str.lower),
    (0.12, _small),
    (0.15, _doubled),
    (0.165, str.upper),
    (0.2, _hurried),
    (0.22, lambda text: text.replace(" at ", " og ", 1)),
    (0.25, lambda text: text.replace(", ", " ")),
)


def _slip(text: str, luck: float) -> str:
    """A quarter of all texts come out a little different: haste, thumbs, temper."""
    if luck > 0.25:
        return text
    for limit, slip in _SLIPS:
        if luck < limit:
            return slip(text)
    return text

"""The year as each member of the cast spends it.

What these patterns must score is stated in the measure's tests.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle, islice

from demo.world.cast import AUTHORS
from demo.world.places import DEPARTMENTS
from demo.world.schedule import Post
from demo.world.script import Line, Script
from demo.world.sheets import read_lists
from demo.world.topics import Saying
from demo.world.voice import TALK, name_in
from panel.channels.incoming import IncomingAuthor

TEXTS = read_lists("cast")
FIVE = tuple(department.slug for department in DEPARTMENTS[:5])
ALL = tuple(department.slug for department in DEPARTMENTS)
# Twelve comments in ten weeks, by age of the week.
TWELVE = (9, 8, 7, 6, 6, 5, 4, 3, 2, 2, 1, 0)
REGULARS = ("regular-1", "regular-2", "regular-3", "regular-4", "objector")


def _said_of(department: str, key: str) -> list[str]:
    """The texts of ``key`` that are marked as being about the department."""
    marked = (text.split(" | ", 1) for text in TEXTS[key])
    return [text for slug, text in marked if slug == department]


def _plain(post: Post, text: str) -> str:
    """``text`` without the slots only a conversation fills."""
    streets = [street for street in post.area.streets if street != post.street]
    return post.fill(text).replace("{nabovej}", streets[0])


def critic_and_praiser(script: Script) -> None:
    """Same seconds, posts, askers and answering neighbours; only what they say differs."""
    neighbours = [script.anybody() for _ in range(2)]
    for beat, (age, department) in enumerate(zip(TWELVE, cycle(FIVE), strict=False)):
        at = script.in_week(age, spread=1)
        post = script.board.latest(at - timedelta(hours=2), department)
        asked = None
        if beat in (3, 7):
            question = _plain(post, _question(script, post).text)
            asked = script.write(script.anybody(), at - timedelta(hours=1), post, question)
        for key in ("critic", "praiser"):
            text = script.fresh(key, _said_of(department, key))
            line = (
                script.answer(key, asked, 60, text) if asked else script.write(key, at, post, text)
            )
            if beat in (1, 5):
                script.answer(
                    neighbours[beat // 4], line, 45, script.rng.choice(TALK["wonder"][:3])
                )


def steady(script: Script) -> None:
    """Twelve over ten weeks under five departments, answered by nobody."""
    for age, department in zip(TWELVE, cycle(FIVE), strict=False):
        at = script.in_week(age, spread=1)
        post = script.board.latest(at, department)
        script.write("steady", at, post, script.fresh("steady", TEXTS["steady"]))


def flooder(script: Script) -> None:
    """Up to 300 different comments under one post in thirteen evenings, two weeks by count."""
    post = script.board.landmarks["flood"]
    wanted, evenings = script.many(300, 30), 13
    lines = []
    for number in range(wanted):
        evening, within = divmod(number * evenings, wanted)
        text = " ".join(
            TEXTS[f"flood-{part}"][number % len(TEXTS[f"flood-{part}"])]
            for part in ("openers", "cores", "enders")
        )
        at = script.evening(76 - evening, 380 * within // wanted)
        lines.append(script.write("flooder", at, post, text))
    for line in (lines[3], lines[wanted // 2]):
        script.answer(script.anybody(), line, 4, name_in(TALK["disagree"][5], line.author.name))


def campaigner(script: Script) -> None:
    """One text under up to thirty posts in twenty weeks: one comment and its copies."""
    copies, used = script.many(30, 8), set[str]()
    for number in range(copies):
        at = script.evening(140 - 138 * number / copies, script.rng.randrange(390))
        post = next(
            post for post in reversed(script.board.before(at)) if post.external_id not in used
        )
        used.add(post.external_id)
        script.write("campaigner", at, post, TEXTS["campaign"][0])


def friends(script: Script) -> None:
    """Two who take turns to begin, and only ever answer each other."""
    rounds, pair = script.many(16, 3), ("friend-a", "friend-b")
    for number in range(rounds):
        one, other = pair if number % 2 == 0 else pair[::-1]
        at = script.in_week(15 - 16 * number // rounds)
        post = script.board.latest(at)
        start = script.write(one, at, post, _to(script, one, other, "friend-starts"))
        back = script.answer(other, start, 6, _to(script, other, one, "friend-answers"))
        script.answer(one, back, 3, script.fresh(one, TEXTS["friend-ends"]))


def _to(script: Script, one: str, other: str, texts: str) -> str:
    """Something unsaid from ``texts``, with the other's first name where there is room for it."""
    return script.fresh(one, [name_in(text, AUTHORS[other].name) for text in TEXTS[texts]])


def helpers(script: Script) -> None:
    """Three who answer a different asker each time, department by department."""
    rounds = script.many(12, 5)
    for shift, key in enumerate(("helper-1", "helper-2", "helper-3")):
        departments, met = islice(cycle(ALL), shift * 2, None), set[str]()
        for number, department in zip(range(rounds), departments, strict=False):
            at = script.in_week(11 - 12 * number // rounds)
            asker = script.anybody(met)
            met.add(asker.external_id)
            answer = _help(script, key, asker, script.board.latest(at, department), at)
            if number % 2:
                thanks = script.rng.choice(TALK["thanks"])
                script.answer(asker, answer, 12, name_in(thanks, answer.author.name))


def _help(script: Script, key: str, asker: IncomingAuthor, post: Post, at: datetime) -> Line:
    question = _question(script, post)
    asked = script.write(asker, at, post, _plain(post, question.text))
    known = question.answers or TALK["helpful"]
    texts = [_plain(post, name_in(text, asker.name)) for text in known]
    return script.answer(key, asked, 15 + script.rng.randrange(120), script.fresh(key, texts))


def regulars(script: Script) -> None:
    """A comment most weeks of the year, wherever there is something new."""
    wanted = script.many(26, 6)
    for shift, key in enumerate(REGULARS):
        for number in range(wanted):
            at = script.in_week(44 - 45 * number // wanted)
            post = script.board.latest(at, ALL[(number + shift) % len(ALL)])
            line = script.write(key, at, post, script.fresh(key, _opinions(post)))
            if number % 4 == 1 and script.size == 1:
                text = name_in(script.rng.choice(TALK["agree"][:4]), line.author.name)
                script.answer(script.anybody(), line, 30, text)


def _opinions(post: Post) -> list[str]:
    stances = ("remarks", "questions", "praise")
    sayings = (one for stance in stances for one in post.topic.fitting(stance, post.variant))
    return [_plain(post, one.text) for one in sayings]


def _question(script: Script, post: Post) -> Saying:
    """Something to ask under the post, if possible with an answer that neighbours know."""
    questions = post.topic.fitting("questions", post.variant) or post.topic.sayings["questions"]
    return script.rng.choice([one for one in questions if one.answers] or questions)


def passers_by(script: Script) -> None:
    """Those who are new, came once, left, or write what does not count."""
    for days_ago, text in zip((12, 9, 4, 2), TEXTS["newcomer"], strict=True):
        _drop_in(script, "newcomer", days_ago, text)
    _drop_in(script, "one-timer", 33, TEXTS["one-timer"][0])
    quiet = script.many(20, 5)
    for number, text in enumerate(TEXTS["gone-quiet"][:quiet]):
        _drop_in(script, "gone-quiet", 330 - 135 * number // quiet, text)
    tags = script.many(16, 4)
    for number in range(tags):
        text = TEXTS["tags"][number % len(TEXTS["tags"])]
        _drop_in(script, "tagger", 84 - 84 * number // tags, text)
    for days_ago, text in zip((43, 36, 29, 22, 15, 8), TEXTS["rule-breaker"], strict=True):
        _drop_in(script, "rule-breaker", days_ago, text)
    clubs = script.many(4, 2)
    for number, text in enumerate(TEXTS["club"][:clubs]):
        _drop_in(script, "club", 150 - 40 * number, text)


def _drop_in(script: Script, key: str, days_ago: int, text: str) -> None:
    at = script.evening(days_ago + 0.5, script.rng.randrange(390))
    script.write(key, at, script.board.latest(at), text)


def competitor(script: Script) -> None:
    """Under every competition, and nowhere else."""
    each = script.many(3, 1)
    texts = iter(TEXTS["competitor"])
    for number in (1, 2, 3):
        post = script.board.landmarks[f"competition-{number}"]
        for turn in range(each):
            at = post.at + timedelta(hours=3 + 20 * turn)
            script.write("competitor", at, post, next(texts))


ARCHETYPES: tuple[Callable[[Script], None], ...] = (
    critic_and_praiser,
    steady,
    flooder,
    campaigner,
    friends,
    helpers,
    regulars,
    passers_by,
    competitor,
)
# The comments of the rule-breaker that a person has hidden, counted from 0.
BREAKS_RULES = (1, 3, 4)

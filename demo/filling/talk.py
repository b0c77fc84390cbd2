"""What citizens write: the year of the page, what staff decided, and cards from a meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from itertools import islice

from demo.filling.moments import Diary
from demo.world import MUNICIPALITY, Landmarks, generate, landmarks, page
from demo.world.pages import Titled
from panel.accounts.models import User
from panel.channels.actions import add_channel
from panel.channels.models import Channel, Kind
from panel.conversations.actions import hide, imports, mark_competition
from panel.conversations.intake import work
from panel.conversations.intake.batch import Intake
from panel.conversations.models import Comment, FileImport, Post
from panel.core.clock import now

SLUG = "facebook-side"
BATCH = 10_000
# How long after it was written somebody reads a comment that breaks a rule.
READ_AFTER = timedelta(hours=5)


def open_channel(*, by: User) -> Channel:
    """Where the page's comments come in, by file."""
    return add_channel(
        kind=Kind.BYHAND, slug=SLUG, name=f"{MUNICIPALITY.short_name} på Facebook", by=by
    )


def take_in(
    channel: Channel, *, comments: int, seed: int, until: datetime, say: Callable[[str], object]
) -> None:
    """The year as files would bring it, through intake and its counters, some thousands at once."""
    intake = Intake(channel, at=until)
    year = generate(comments=comments, seed=seed, until=until)
    taken = 0
    while batch := list(islice(year, BATCH)):
        intake.take([(item,) for item in batch])
        taken += len(batch)
        if taken > BATCH:
            say(f"  {taken} posts, comments and removals so far")


def decide_about(diary: Diary, channel: Channel, *, comments: int, seed: int, by: User) -> None:
    """Note in the diary who marks the competitions and hides what broke a rule, and when."""
    marks = landmarks(comments=comments, seed=seed, until=diary.until)
    for post in _posts(channel, marks):
        when = (post.posted_at or diary.until) + timedelta(minutes=3)
        diary.note(when, partial(mark_competition, post, is_competition=True, by=by))
    for comment in Comment.objects.filter(channel=channel, external_id__in=marks.hidden):
        when = comment.written_at + READ_AFTER
        diary.note(when, partial(hide, comment, rule=_first_rule(), by=by))


def _first_rule() -> str:
    """The first of the debate rules as the site has them."""
    rules = page("rules", "da").parts["rules"]
    return next(rule.title for rule in rules if isinstance(rule, Titled))


def _posts(channel: Channel, marks: Landmarks) -> list[Post]:
    wanted = Post.objects.filter(channel=channel, external_id__in=marks.competitions)
    return list(wanted.order_by("posted_at", "pk"))


CARDS = (
    ("1", "Bænken ved søen i Møllekrat er rådnet. Der sidder mange ældre.", "19:05"),
    ("2", "Kan svømmehallen holde åbent bare én aften mere om ugen?", "19:07"),
    ("3", "Tak for at I kommer herud. Det betyder noget.", "19:07"),
    ("4", "Bussen til Hyldeager kører lige før toget kommer; 6 minutter ville redde os.", "19:12"),
    ("", "Stien bag kirken er mørk efter klokken 16.", "19:14"),
    ("6", "Hvem rydder sne på fortovet ud for den gamle skole?", "25:70"),
    ("7", "Flere blomster langs vejen, færre skilte.", "19:20"),
    ("8", "Børnene mangler et sted at være, når SFO'en lukker.", "19:21"),
    ("9", "", "19:26"),
    ("10", "Legepladsen er den bedste i kommunen. Pas godt på den!", "19:30"),
    ("11", "Vi er ti husstande, der gerne vil dele en varmepumpe. Hvem taler vi med?", "19:33"),
    ("12", '=HYPERLINK("http://sjov.example";"Gratis is")', "19:40"),
)


def import_cards(*, by: User) -> FileImport:
    """Cards from a meeting, typed off in Excel by hand: good ones, and some lines with faults."""
    channel = add_channel(
        kind=Kind.BYHAND, slug="borgermoede", name="Borgermødet i Hyldeager", by=by
    )
    written = BytesIO(_cards_file(now()).encode("cp1252"))
    chosen = imports.choose(channel, file=written, name="kort-borgermøde-hyldeager.csv", by=by)
    imports.start(chosen, by=by, in_background=False)
    if chosen.token is not None:
        work.import_file(chosen.pk, chosen.token)
    chosen.refresh_from_db()
    return chosen


def _cards_file(moment: datetime) -> str:
    evening = f"{moment - timedelta(days=2):%d-%m-%Y}"
    lines = ["kommentar-id;tekst;tidspunkt"]
    for number, text, time in CARDS:
        quoted = '"' + text.replace('"', '""') + '"' if {'"', ";"} & set(text) else text
        lines.append(f"{number};{quoted};{evening} {time}")
    return "\r\n".join([*lines, ""])

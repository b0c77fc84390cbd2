"""Ten weeks of stories: written, approved by a second person, out on time or stopped on the way.

Each story's ``state`` in the world's texts is a way through here, by the verbs its colleagues use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from cms.publishing import actions as publishing
from cms.publishing.models import Publication
from cms.review import actions as review
from cms.review.models import Approval
from cms.stories.models import StoryPage
from demo.filling.desk import Desk
from demo.filling.moments import Act, Diary
from demo.filling.post import deliver
from demo.filling.tips import Tips
from demo.world import Told, stories
from panel.accounts.models import User
from panel.channels.models import Kind
from panel.core.clock import COPENHAGEN, in_copenhagen, now

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# How soon the worker lets out what is due.
SWEEP = timedelta(seconds=5)
# The story of ``demo.soon``, told anew at every start.
SOON = "soon"
TEN_WEEKS, MAILED = 70, time(5, 30)
FIRE, FIRE_FROM, FIRE_UNTIL = 18, time(8, 40), time(12, 30)
WHY = "Brand på Skibbroen. Vi skriver kun om den, til alle er i sikkerhed."


@dataclass(slots=True)
class Newsroom:
    """Who writes, who says yes, and when."""

    diary: Diary
    desk: Desk
    staff: dict[str, User]

    def note(self) -> None:
        """Ten weeks of it into the diary."""
        tips = Tips(self.diary, self.desk, self.staff)
        tips.note()
        for told in stories("da"):
            if told.state != SOON:
                getattr(self, f"_{told.state.replace('-', '_')}")(told)
        danish = {told.key: told for told in stories("da")}
        for told in stories("en"):
            self._translate(told, danish[told.key])
        # What happened since yesterday morning is mailed when the demo starts.
        for days_ago in range(1, TEN_WEEKS):
            self._note(days_ago, MAILED, deliver)
        self._note(FIRE, FIRE_FROM, partial(publishing.pause, reason=WHY, by=self._author))
        self._note(FIRE, FIRE_UNTIL, partial(publishing.end_pause, by=self._editor))

    # --- What becomes of a story ------------------------------------------------------------------

    def _live(self, told: Told) -> None:
        """Out at its time; what is posted by hand is posted soon after."""
        self._until_out(told)
        if "teaser" in told.facts:
            self.diary.note(self._due(told) + HOUR / 2, lambda: self._post(told))

    def _ready(self, told: Told) -> None:
        """Out on the site, and nobody has posted it yet."""
        self._until_out(told)

    def _given_up(self, told: Told) -> None:
        self._until_out(told)
        why = told.facts["why"]

        def give_up() -> None:
            publishing.give_up_posting(self._by_hand(told), why=why, by=self._author)

        self.diary.note(self._due(told) + 3 * HOUR, give_up)

    def _down(self, told: Told) -> None:
        self._until_out(told)

        def take_down() -> None:
            publishing.take_down(self.desk.find(told), why=told.facts["why"], by=self._author)

        self.diary.note(self._due(told) + 5 * HOUR, take_down)

    def _revised(self, told: Told) -> None:
        """A newer version has taken its place."""
        self._until_out(told)

        def again() -> None:
            story = self.desk.rewrite(told, by=self._author)
            publishing.submit(story, message="Om torsdagen til 17.", by=self._author)

        asked = self._due(told) + 6 * DAY
        self.diary.note(asked, again)
        self.diary.note(asked + HOUR, lambda: self._approve(self._open(told)))
        self.diary.note(asked + HOUR + SWEEP, lambda: self._put_out(self._open(told)))

    def _amended(self, told: Told) -> None:
        """Live, and a newer version waits."""
        self._until_out(told)

        def again() -> None:
            story = self.desk.rewrite(told, by=self._author)
            words = "Aldersgrænsen er ny, og der er kommet et rum til studiegrupper."
            publishing.submit(story, message=words, by=self._author)

        self._note(1, time(11, 10), again)

    def _missed(self, told: Told) -> None:
        """Everything was paused at its time."""
        self._until_approved(told)
        self.diary.note(self._due(told) + 2 * HOUR, lambda: self._close(told))

    def _late(self, told: Told) -> None:
        """Nobody said yes in time."""
        self._until_asked(told)
        self.diary.note(self._due(told) + 2 * HOUR, lambda: self._close(told))

    def _draft(self, told: Told) -> None:
        """Nothing but written, if an idea has not become it."""

    def _asked(self, told: Told) -> None:
        self.diary.note(self._due(told), lambda: self._submit(self._written(told), told))

    def _planned(self, told: Told) -> None:
        self._asked(told)
        self.diary.note(self._due(told) + HOUR, lambda: self._approve(self._open(told)))

    def _held(self, told: Told) -> None:
        self._planned(told)
        why = told.facts["why"]

        def hold() -> None:
            publishing.hold_back(self._open(told), why=why, by=self._author)

        self.diary.note(self._due(told) + 2 * HOUR, hold)

    def _changes(self, told: Told) -> None:
        self._asked(told)
        note = told.facts["note"]

        def give_back() -> None:
            review.ask_for_changes(self._open(told), note=note, by=self._second(told))

        self.diary.note(self._due(told) + HOUR, give_back)

    def _rejected(self, told: Told) -> None:
        self._asked(told)
        note = told.facts["note"]

        def refuse() -> None:
            review.reject(self._open(told), note=note, by=self._second(told))

        self.diary.note(self._due(told) + HOUR, refuse)

    def _taken_back(self, told: Told) -> None:
        self._planned(told)
        why = told.facts["why"]

        def cancel() -> None:
            publishing.cancel(self._open(told), why=why, by=self._author)

        self.diary.note(self._due(told) + 3 * HOUR, cancel)

    def _fell_away(self, told: Told) -> None:
        self._asked(told)

        def go_on_writing() -> None:
            self.desk.rewrite(told, by=self._first(told))

        self.diary.note(self._due(told) + HOUR, go_on_writing)

    # --- The steps of it --------------------------------------------------------------------------

    def _until_asked(self, told: Told) -> None:
        def ask() -> None:
            self._submit(self._written(told), told, due_at=self._due(told))

        self.diary.note(self._due(told) - DAY, ask)

    def _until_approved(self, told: Told) -> None:
        self._until_asked(told)
        self.diary.note(self._due(told) - DAY + 3 * HOUR, lambda: self._approve(self._open(told)))

    def _until_out(self, told: Told) -> None:
        self._until_approved(told)
        self.diary.note(self._due(told), lambda: self._put_out(self._open(told)))

    def _translate(self, told: Told, danish: Told) -> None:
        """The day after the Danish one."""

        def ask() -> None:
            story = self.desk.write(told, like=danish, by=self._author)
            self._submit(story, danish, due_at=self._due(danish) + DAY)

        asked = self._due(danish) + 2 * HOUR
        self.diary.note(asked, ask)
        self.diary.note(asked + HOUR, lambda: self._approve(self._open(told)))
        self.diary.note(self._due(danish) + DAY, lambda: self._put_out(self._open(told)))

    def _written(self, told: Told) -> StoryPage:
        """The draft: one that an idea became, or a new one."""
        if self.desk.is_written(told):
            return self.desk.find(told)
        return self.desk.write(told, by=self._first(told))

    def _submit(self, story: StoryPage, told: Told, due_at: datetime | None = None) -> Approval:
        if due_at is None and told.days_ahead is not None:
            due_at = self._clock(-told.days_ahead, told.at)
        return publishing.submit(
            story,
            due_at=due_at,
            patience=int(told.facts.get("patience", "60")),
            message=told.facts.get("message", ""),
            by=self._first(told),
        )

    def _approve(self, approval: Approval) -> Approval:
        return review.approve(approval, seen=approval.seal, by=self._editor)

    def _put_out(self, approval: Approval) -> None:
        publishing.put_out(approval.pk, at=now())

    def _close(self, told: Told) -> None:
        publishing.give_up_late(self._open(told).pk, at=now())

    def _post(self, told: Told) -> None:
        url = f"https://facebook.example/ternesund/{told.key}"
        publishing.mark_posted(self._by_hand(told), url=url, by=self._author)

    # --- Who and when -----------------------------------------------------------------------------

    @property
    def _author(self) -> User:
        return self.staff["comms"]

    @property
    def _editor(self) -> User:
        return self.staff["editor"]

    def _first(self, told: Told) -> User:
        return self.staff[told.facts.get("by", "comms")]

    def _second(self, told: Told) -> User:
        return self.staff["nanna" if told.facts.get("by") == "editor" else "editor"]

    def _due(self, told: Told) -> datetime:
        """When it went out, or was asked for."""
        return self._clock(told.days_ago, told.at)

    def _clock(self, days_ago: int, at: time) -> datetime:
        """By the clock on the town hall, whatever it was put to in between."""
        day = in_copenhagen(self.diary.until).date() - timedelta(days=days_ago)
        return datetime.combine(day, at, COPENHAGEN)

    def _note(self, days_ago: int, at: time, act: Act) -> None:
        self.diary.note(self._clock(days_ago, at), act)

    def _open(self, told: Told) -> Approval:
        return Approval.objects.of(self.desk.find(told)).open().get()

    def _by_hand(self, told: Told) -> Publication:
        rows = Publication.objects.filter(channel__kind=Kind.BYHAND, out_at__isnull=True)
        return rows.get(approval__page=self.desk.find(told))

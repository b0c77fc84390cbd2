"""A year of asking people in: templates, two rounds, a poster that waits for a yes, and a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from demo.filling.moments import Diary
from demo.filling.people import join
from demo.filling.rounds import Round
from demo.filling.shortlists import shortlist
from demo.world import LETTERS, Panelist, panelists
from panel.accounts.models import User
from panel.channels.models import Channel
from panel.core.clock import now
from panel.engagement.actions import Draw, expire
from panel.invitations import reminding, sending
from panel.invitations.actions import (
    approve_template,
    end,
    make,
    remind,
    submit,
    write_reminders,
    write_template,
)
from panel.invitations.actions.answers import lapse
from panel.invitations.keepers import OpenKeeper
from panel.invitations.models import Campaign, CampaignState, Template

FIRST, SECOND = 96, 33
# Days after the second release, and days ago: letters are reminded early, mails came one by one.
REMINDED_AFTER, LAST_REMINDERS = 10, 2
# Who is asked in the second round whatever the measure says of the crowd around them.
WANTED = (
    *("helper-1", "regular-1", "regular-2", "objector", "critic", "praiser", "steady"),
    *("helper-2", "helper-3", "regular-3"),
)
# Kept for the tour to find among the candidates.
NOT_YET = ("regular-4", "friend-a", "friend-b")


@dataclass(slots=True)
class Asking:
    """Everything about invitations; ``comms`` makes it, ``editor`` stands behind it."""

    diary: Diary
    channel: Channel
    comms: User
    editor: User
    seed: int

    def note(self) -> None:
        """Into the diary, from the first template to this morning."""
        day = self.diary.days_ago
        members = panelists(seed=self.seed)
        first = _came_between(members, FIRST - 2, FIRST - 29)
        second = [*_came_between(members, SECOND - 1, 0)]
        self.diary.note(day(FIRST + 6), self._write_templates)
        self.diary.note(day(FIRST + 2), lambda: self._first_round(first))
        self.diary.note(day(FIRST - 33), self._end_first_round)
        self.diary.note(day(SECOND + 2), lambda: self._second_round(second))
        for number in range(1, SECOND):
            self.diary.note(day(number, hours=1), _let_go)
            self.diary.note(day(number, hours=2), _look_in)
        for person in members:
            if person not in (*first, *second):
                self.diary.note(day(person.days_ago, hours=10), partial(_walk_in, person))
        self.diary.note(day(SECOND - REMINDED_AFTER), self._remind_on_paper)
        self.diary.note(day(LAST_REMINDERS), self._remind_by_mail)
        self.diary.note(day(4), self._hang_posters)
        self.diary.note(day(1), self._begin_the_next)

    def _write_templates(self) -> None:
        for letter in LETTERS:
            template = self._template(letter.language, letter.subject)
            approve_template(template, by=self.editor)

    def _template(self, language: str, subject: str) -> Template:
        letter = next(each for each in LETTERS if each.language == language)
        return write_template(
            name=letter.name,
            language=language,
            subject=subject,
            body=letter.body,
            reminder_subject=letter.reminder_subject,
            reminder=letter.reminder,
            reply=letter.reply,
            by=self.comms,
        )

    def _first_round(self, joiners: list[Panelist]) -> None:
        campaign = self._campaign("Første runde", 14, without=(*WANTED, *NOT_YET))
        Round(self.diary, campaign, self.comms, self.editor, FIRST, joiners).go()

    def _end_first_round(self) -> None:
        lapse(now())
        end(Campaign.objects.get(name="Første runde"), by=self.comms)

    def _second_round(self, joiners: list[Panelist]) -> None:
        draw = Draw(seats=4, newcomers=2, seed=f"Ternesund {self.seed}")
        campaign = self._campaign(
            "Anden runde", 28, wanted=WANTED, without=NOT_YET, draw=draw, valid_days=21
        )
        Round(
            self.diary, campaign, self.comms, self.editor, SECOND, joiners, objector="objector"
        ).go()

    def _remind_on_paper(self) -> None:
        """Everybody who got a letter with the release, and has not answered it."""
        campaign = Campaign.objects.get(name="Anden runde")
        write_reminders(campaign, seen=reminding.of(campaign).letter_seal, by=self.comms)

    def _remind_by_mail(self) -> None:
        campaign = Campaign.objects.get(name="Anden runde")
        remind(campaign, seen=reminding.of(campaign).mail_seal, by=self.comms)
        for invitation_id in sending.due_reminders():
            sending.send_reminder(invitation_id)

    def _campaign(
        self,
        name: str,
        people: int,
        *,
        wanted: Sequence[str] = (),
        without: Sequence[str] = (),
        draw: Draw | None = None,
        valid_days: int = 30,
    ) -> Campaign:
        chosen = shortlist(
            self.channel,
            name=name,
            people=people,
            wanted=wanted,
            without=without,
            draw=draw,
            by=self.comms,
        )
        return make(
            name=name,
            template=_approved("da"),
            shortlist=chosen,
            valid_days=valid_days,
            by=self.comms,
        )

    def _hang_posters(self) -> None:
        """An open call that waits for the second person, and better words that do, too."""
        poster = make(name="Plakat på biblioteket", template=_approved("da"), by=self.comms)
        submit(poster, by=self.comms)
        self._template("da", "Må vi spørge dig til råds, {name}?")

    def _begin_the_next(self) -> None:
        self._campaign("Vinterrunden", 12, wanted=NOT_YET)


def _let_go() -> None:
    """What the worker does: links and shortlists past their last day end."""
    lapse(now())
    expire(now())


def _look_in() -> Campaign | None:
    """Somebody goes on from the running campaign's link for everybody, and may join or not."""
    running = Campaign.objects.filter(state=CampaignState.RUNNING).order_by("pk").last()
    if running:
        running.open_link.count_opening()
    return running


def _walk_in(person: Panelist) -> None:
    """Somebody joins on their own, by the link for everybody if there is one."""
    running = _look_in()
    join(person, key={OpenKeeper.session_key: running.open_link.code} if running else {})


def _approved(language: str) -> Template:
    approved = Template.objects.filter(language=language, approved_at__isnull=False)
    return approved.order_by("-version")[0]


def _came_between(members: Sequence[Panelist], earliest: int, latest: int) -> list[Panelist]:
    """The invited who joined from ``earliest`` to ``latest`` days ago."""
    return [
        person
        for person in members
        if person.door == "invited" and latest < person.days_ago <= earliest
    ]

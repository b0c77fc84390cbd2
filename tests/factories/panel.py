"""Members, shortlists and campaigns, made through the same rows the actions make."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.basis.models import ControllerRecord
from panel.conversations.models import Commenter
from panel.core.clock import in_copenhagen, now
from panel.engagement.models import Entrance, Shortlist, ShortlistEntry
from panel.invitations.actions import (
    approve_template,
    make,
    release,
    submit,
    write_template,
)
from panel.invitations.models import Campaign, Template
from panel.invitations.sealing import seal
from panel.members.actions import join
from panel.members.models import ConsentText, Member
from tests.factories.accounts import UserFactory, staff_with

BODY = """\
Kære {name}
{municipality} spørger: {purpose}. Vi kender dig fra {source}.
Sig ja her: {link}
Grundlag: {basis}. Så længe gemmer vi: {retention}. Databeskyttelsesrådgiver: {dpo}.
Sig fra her: {objection}
"""
REMINDER = {
    "reminder_subject": "Vil du stadig være med?",
    "reminder": f"Vi har skrevet til dig før.\n{BODY}",
}
REPLY = "Tak for din kommentar. Læs om borgerpanelet her: {link}"


def open_gate(**changes: Any) -> ControllerRecord:
    """The controller's record, in force today."""
    today: date = in_copenhagen(now()).date()
    values = {
        "legal_basis": "Artikel 6, stk. 1, litra e",
        "dpia_reference": "KA-2026-17",
        "dpo_consulted_on": today - timedelta(days=10),
        "retention_days": 180,
        "valid_from": today - timedelta(days=1),
        "valid_until": today + timedelta(days=365),
    }
    return ControllerRecord.objects.create(**{**values, **changes})


def shortlist_of(*people: Commenter, by: User) -> Shortlist:
    """A shortlist of ``people``, made by ``by``."""
    shortlist = Shortlist.objects.create(
        name="Efterår",
        purpose="Borgerpanelet",
        weights_version="1",
        made_by=by,
        expires_at=now() + timedelta(days=60),
    )
    for person in people:
        ShortlistEntry.objects.create(
            shortlist=shortlist,
            commenter=person,
            entrance=Entrance.CHOSEN,
            score=70,
            regularity=30,
            breadth=20,
            dialogue=10,
            answering=10,
            weeks=8,
            comments=12,
        )
    return shortlist


def approved_template(*, by: User, approver: User, **changes: str) -> Template:
    """A template two people stand behind."""
    words = {"subject": "Vil du være med?", "body": BODY, "reply": REPLY, **changes}
    template = write_template(name="Standard", language="da", by=by, **words)
    return approve_template(template, by=approver)


def running_campaign(
    *people: Commenter, made_by: User, released_by: User, **words: str
) -> Campaign:
    """A campaign for ``people`` that a second person has released. The gate must be open.

    ``words`` are the template's, where they are to differ.
    """
    author = staff_with(Role.COMMS)
    template = approved_template(by=author, approver=released_by, **words)
    shortlist = shortlist_of(*people, by=made_by) if people else None
    campaign = make(name="Runde 1", template=template, shortlist=shortlist, by=made_by)
    submit(campaign, by=made_by)
    return release(campaign, seen=seal(campaign), by=released_by)


def a_member(user: User | None = None, **how: Any) -> Member:
    """Somebody who joined through the open door."""
    user = user or UserFactory()
    text = ConsentText.objects.current("da")
    return join(user, **{"text": text, "birth_year": 1980, "by": user, **how})

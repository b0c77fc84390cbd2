"""Who a visitor of the demo may be, and what there is to try as each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from panel.accounts.roles import Role
from panel.core.later import Later

if TYPE_CHECKING:
    from demo import world
else:
    world = Later("demo.world")

Words = Any


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody to be: ``tries`` are things to do as them, in the imperative."""

    name: str
    role: Words
    email: str
    does: Words
    tries: Sequence[Words]


DOES: dict[str, Words] = {
    "comms": _("Reads along all day, finds those who take part, and invites them."),
    "editor": _("Stands behind what goes out, as the second person."),
    "specialist": _("Knows about lamps, holes and snow, and little about all the rest."),
    "analyst": _("Looks at figures, not at persons."),
    "administrator": _("Lets colleagues in, and sees that everything runs."),
}
TRIES: dict[str, tuple[Words, ...]] = {
    "comms": (
        _("See who takes part most, and why."),
        _("Write a story, send it for approval, and post by hand what is ready."),
        _("Look through the ideas citizens have sent."),
        _("Finish the draft campaign “Vinterrunden” and ask for a second person's yes."),
        _("Import a file of comments, and look at the one with faults."),
    ),
    "editor": (
        _("Approve a story, or ask for changes; it works on a phone too."),
        _("Release the campaign “Plakat på biblioteket”, which a colleague has made."),
        _("Approve the new wording of the invitation."),
        _("Read in the trail who did what."),
    ),
    "specialist": (_("See how little this role may do: nobody is found or invited from here."),),
    "analyst": (_("See how little this role may do: nobody is found or invited from here."),),
    "administrator": (
        _("Take on a colleague, or end somebody's access."),
        _("Look at the background work."),
        _("Mend what the site still lacks by law."),
    ),
}


def staff() -> list[Visitor]:
    """Everybody of the town hall, in the order of the roles."""
    return [
        Visitor(
            name=person.name,
            role=Role(person.role).label,
            email=person.email,
            does=DOES[person.role],
            tries=TRIES[person.role],
        )
        for person in world.STAFF
    ]


def citizens() -> list[Visitor]:
    """Two members: one who was invited and said which comments are hers, one who just came by."""
    invited, open_door = world.panelists()[0], world.panelists()[4]
    return [
        Visitor(
            name=invited.name,
            role=_("Member, was invited"),
            email=invited.email,
            does=_("Answers neighbours on the page, and has said which comments are hers."),
            tries=(
                _("See what is known of you, and take it along."),
                _("Say no to being counted, or leave."),
            ),
        ),
        Visitor(
            name=open_door.name,
            role=_("Member, came on his own"),
            email=open_door.email,
            does=_("Reads the site in English."),
            tries=(_("Change what you have told about yourself."),),
        ),
    ]

"""What became of a campaign, in numbers: read-only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from panel.invitations.models import REMINDABLE, Campaign, Invitation, InvitationState, Reminder


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many got how far.

    Every step holds those of the next: sent ≥ opened ≥ joined.
    """

    chosen: int
    sent: int
    opened: int
    joined: int
    declined: int
    lapsed: int
    withdrawn: int
    waiting: int
    in_doubt: int
    reminded: int
    joined_after_reminder: int
    reminders_waiting: int
    reminders_failed: int
    open_link_opened: int
    open_link_joined: int

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """The way in, widest first, for the picture."""
        return (
            ("chosen", self.chosen),
            ("sent", self.sent),
            ("opened", self.opened),
            ("joined", self.joined),
        )


def funnel(campaign: Campaign) -> Funnel:
    """The campaign's funnel: two queries, whatever its size."""
    state = InvitationState
    in_time = Q(state__in=REMINDABLE)
    counts = Invitation.objects.filter(campaign=campaign).aggregate(
        chosen=Count("pk"),
        # Who never answered keeps no times for long; that they were asked stays.
        sent=Count(
            "pk",
            filter=Q(state=state.LAPSED) | (Q(sent_at__isnull=False) & ~Q(state__in=_NOT_OUT)),
        ),
        opened=Count("pk", filter=Q(opened_at__isnull=False) | Q(state=state.JOINED)),
        joined=Count("pk", filter=Q(state=state.JOINED)),
        declined=Count("pk", filter=Q(state=state.DECLINED)),
        lapsed=Count("pk", filter=Q(state=state.LAPSED)),
        withdrawn=Count("pk", filter=Q(state=state.WITHDRAWN)),
        waiting=Count("pk", filter=Q(state=state.READY)),
        in_doubt=Count("pk", filter=Q(state__in=[state.UNSURE, state.FAILED])),
        reminded=Count("pk", filter=Q(reminded_at__isnull=False)),
        joined_after_reminder=Count("pk", filter=Q(state=state.JOINED, reminded_at__isnull=False)),
        reminders_waiting=Count("pk", filter=in_time & Q(reminder=Reminder.WAITING)),
        reminders_failed=Count("pk", filter=in_time & Q(reminder=Reminder.FAILED)),
    )
    # Of those whose times retention has cleared, the campaign kept the numbers.
    counts["sent"] += campaign.withdrawn_after_sending
    counts["opened"] += campaign.opened_without_answer
    counts["reminded"] += campaign.reminded_without_answer
    link = campaign.open_link
    return Funnel(**counts, open_link_opened=link.opened, open_link_joined=link.joined)


# A sending time alone does not say that it arrived anywhere.
_NOT_OUT = (InvitationState.READY, InvitationState.SENDING, InvitationState.FAILED)

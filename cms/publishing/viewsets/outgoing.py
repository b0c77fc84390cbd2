"""The list of what goes out, and what is done to one story from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from cms.publishing import actions, reports, vocabulary
from cms.publishing.forms.outgoing import DayForm, FilterForm, MoveForm, WhyForm
from cms.publishing.forms.when import AT
from cms.publishing.models import Election
from cms.publishing.reports import Wanted
from cms.publishing.viewsets.calendar import ways
from cms.publishing.viewsets.shared import OUTGOING, REFUSALS, OutgoingPage, way_back
from cms.review.actions import Refused
from cms.review.models import Approval, State
from cms.stories.models import StoryPage
from panel.core.clock import in_copenhagen, now
from panel.outbox.models import Pause


class OutgoingList(OutgoingPage, TemplateView):
    """What goes out, by day, with what needs a decision on top."""

    page_title = OUTGOING
    template_name = "publishing/admin/outgoing.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """This is the list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": OUTGOING}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filters as asked for, and the page; a filter that makes no sense is said so."""
        asked = self.request.GET
        form = FilterForm(asked or None)
        wanted = form.wanted(self.user) if form.is_valid() else Wanted()
        listing = reports.outgoing(wanted, page=_number(asked.get("page", "")))
        kept = asked.copy()
        kept.pop("page", None)
        return super().get_context_data(
            form=form,
            listing=listing,
            is_filtered=wanted != Wanted(),
            is_paused=Pause.objects.of_everything().exists(),
            kept=kept.urlencode(),
            ways=ways("index", form.kept() if form.is_valid() else {}),
            election=reports.election_ahead(),
            looked_at=vocabulary.clock(now()),
            **kwargs,
        )


class Act(OutgoingPage, FormView[Form]):
    """A verb on one round: a page that says what will happen and asks why, then the button."""

    permission_required = "change"
    template_name = "publishing/admin/act.html"
    form_class: type[Form] = WhyForm
    kwargs: dict[str, Any]
    # The verb in ``reports.Row.may``, what happens, the button, and what is said when it is done.
    verb = ""
    heading: str | Promise = ""
    happens: str | Promise = ""
    button: str | Promise = ""
    done: str | Promise = ""
    is_stopping = True

    @cached_property
    def approval(self) -> Approval:
        """The round it is about."""
        return get_object_or_404(Approval, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """The verb and the story."""
        return str(self.heading) % {"title": self.approval.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The story as it stands now, and whether this still makes sense."""
        row = reports.of(self.approval)
        back = way_back(self.request)
        return super().get_context_data(
            row=row,
            view=self,
            is_possible=self.verb in row.may,
            back=back,
            is_from_list=back == reverse("outgoing:index"),
            election=self.election(),
            **kwargs,
        )

    def what_happens(self) -> str:
        """What is read before the button is pressed."""
        return str(self.happens)

    def election(self) -> Election | None:
        """The weeks before an election, where somebody chooses a time."""
        return None

    def form_valid(self, form: Form) -> HttpResponse:
        """Do it; where it is refused, say why in the verb's words."""
        try:
            self.act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, [line for line in str(refusal).splitlines() if line])
            return self.form_invalid(form)
        except REFUSALS as refusal:
            messages.error(self.request, str(refusal), buttons=self.instead())
            return redirect("outgoing:record", self.approval.pk)
        words = str(self.done) % {"title": self.approval.title}
        messages.success(self.request, words, buttons=self.undo())
        return redirect(way_back(self.request, day=self.day_of(form.cleaned_data)))

    def day_of(self, data: dict[str, Any]) -> date | None:
        """The day a calendar is to show afterwards, where it is another one."""
        return None

    def act(self, data: dict[str, Any]) -> None:
        """Call the verb."""
        raise NotImplementedError

    def undo(self) -> list[Any]:
        """The way back, where there is one."""
        return []

    def instead(self) -> list[Any]:
        """What can still be done when it is out."""
        if "take_down" not in reports.of(self.approval).may:
            return []
        address = reverse("outgoing:take_down", args=[self.approval.pk])
        return [messages.button(address, _("Take it down"))]

    def again(self) -> list[Any]:
        """To the page where it is sent for approval anew."""
        if self.approval.page_id is None:
            return []
        address = reverse("sending:ask", args=[self.approval.page_id])
        return [messages.button(address, _("Ask for approval again"))]


class HoldBack(Act):
    """Not yet."""

    verb = "hold_back"
    heading = gettext_lazy("Hold back: %(title)s")
    happens = gettext_lazy(
        "It does not go out until somebody lets it go on. What was approved stays approved. If its "
        "time runs out meanwhile, it does not go out at all."
    )
    button = gettext_lazy("Hold it back")
    done = gettext_lazy("“%(title)s” is held back.")

    def act(self, data: dict[str, Any]) -> None:
        """Hold it."""
        actions.hold_back(self.approval, why=data["why"], by=self.user)

    def undo(self) -> list[Any]:
        """Let it go on."""
        address = reverse("outgoing:go_on", args=[self.approval.pk])
        return [messages.button(address, _("Let it go on"))]


class GoOn(Act):
    """After all."""

    verb = "go_on"
    heading = gettext_lazy("Let it go on: %(title)s")
    happens = gettext_lazy(
        "It goes out at its time, if it is approved. If its time has come already, it goes out at "
        "once; if that is longer ago than it may be late, it does not go out."
    )
    button = gettext_lazy("Let it go on")
    done = gettext_lazy("“%(title)s” goes on.")
    form_class = Form
    is_stopping = False

    def act(self, data: dict[str, Any]) -> None:
        """Let it go on."""
        actions.go_on(self.approval, by=self.user)

    def undo(self) -> list[Any]:
        """Hold it back again."""
        address = reverse("outgoing:hold_back", args=[self.approval.pk])
        return [messages.button(address, _("Hold it back again"))]


class Cancel(Act):
    """Not at all."""

    verb = "cancel"
    heading = gettext_lazy("Cancel: %(title)s")
    happens = gettext_lazy(
        "It does not go out, on no channel. The story stays as a draft. To send it after all, "
        "somebody must ask for approval again."
    )
    button = gettext_lazy("Cancel it")
    done = gettext_lazy("“%(title)s” does not go out.")

    def act(self, data: dict[str, Any]) -> None:
        """Cancel it."""
        actions.cancel(self.approval, why=data["why"], by=self.user)

    def undo(self) -> list[Any]:
        """Ask anew."""
        return self.again()


class Move(Act):
    """At another time."""

    verb = "move"
    heading = gettext_lazy("Move in time: %(title)s")
    button = gettext_lazy("Move it and ask again")
    done = gettext_lazy("“%(title)s” is moved. The editors have been asked again.")
    form_class = MoveForm
    is_stopping = False

    def what_happens(self) -> str:
        """What becomes of the yes there is, or of the question."""
        if self.approval.state == State.APPROVED:
            words = _(
                "%(name)s has approved it, and when it goes out is part of what was approved. If "
                "you move it, that approval no longer counts: the editors are asked again, and it "
                "goes out at the new time only if one of them says yes."
            )
            return words % {"name": self.approval.decided_by}
        return _(
            "Nobody has approved it yet. The editors are asked again, now about the new time, and "
            "it goes out then only if one of them says yes."
        )

    def get_initial(self) -> dict[str, Any]:
        """Where it stands now, to begin from; on another day where a calendar says which."""
        due = reports.of(self.approval).due
        there = due and in_copenhagen(due)
        asked = DayForm(self.request.GET)
        day = asked.cleaned_data.get("day") if asked.is_valid() else None
        if there is None:
            return {"when": AT, "day": day} if day else {}
        return {"when": AT, "day": day or there.date(), "at": there.time()}

    def election(self) -> Election | None:
        """Those that are near, or that the day in the form is in."""
        return reports.election_ahead(self.get_initial().get("day"))

    def act(self, data: dict[str, Any]) -> None:
        """Ask for the new time, and say what of it is worth a second look."""
        due_at, by = data["due_at"], self.user
        moved = actions.move(self.approval, due_at=due_at, why=data["why"], by=by)
        for mark in reports.marks_of(moved, due_at) if due_at else ():
            messages.warning(self.request, mark)

    def day_of(self, data: dict[str, Any]) -> date | None:
        """The one it was moved to."""
        return in_copenhagen(data["due_at"]).date() if data["due_at"] else None


class TakeDown(Act):
    """Off the site."""

    verb = "take_down"
    heading = gettext_lazy("Take down: %(title)s")
    happens = gettext_lazy(
        "Nobody can read it on the site from the moment you press the button. What was posted by "
        "hand elsewhere stays there until somebody deletes it there. Showing it again needs a new "
        "approval."
    )
    button = gettext_lazy("Take it down")
    done = gettext_lazy("“%(title)s” is no longer on the site.")

    def act(self, data: dict[str, Any]) -> None:
        """Take it down."""
        story = get_object_or_404(StoryPage, pk=self.approval.page_id)
        if not story.permissions_for_user(self.user).can_edit():
            raise PermissionDenied
        actions.take_down(story, why=data["why"], by=self.user)

    def undo(self) -> list[Any]:
        """Ask anew."""
        return self.again()


def _number(text: str) -> int:
    """The number of a page; 0 for anything else."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7):
        return 0
    return int(text)

"""Shortlists: made from candidates by a person, looked at, changed, and let go."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin

from panel.accounts.models import User
from panel.conversations.models import Commenter
from panel.core.clock import in_copenhagen, now
from panel.engagement import actions, explain
from panel.engagement.forms import DrawForm, ExtendForm, ShortlistForm, end_of
from panel.engagement.models import Entrance, Shortlist, ShortlistEntry
from panel.engagement.permissions import may_choose
from panel.engagement.viewsets.candidates import as_query, asked_of
from panel.engagement.viewsets.shared import REFUSALS, SHORTLISTS, FindPage, Gated, in_words

HOME = ("shortlists:index", SHORTLISTS)


def last_day(shortlist: Shortlist) -> str:
    """The day after which everybody is let go, as Copenhagen's calendar says it."""
    return date_format(in_copenhagen(shortlist.expires_at))


class ShortlistList(PermissionCheckedMixin, BaseListingView):
    """All lists, newest first; of those whose purpose is over, what they were for."""

    model = Shortlist
    permission_required = "view"
    page_title = SHORTLISTS
    header_icon = "list-ul"
    template_name = "engagement/shortlists.html"
    index_url_name = "shortlists:index"
    index_results_url_name = "shortlists:index_results"
    default_ordering = ("-made_at", "-pk")
    paginate_by = 25
    columns = [
        TitleColumn("name", label=gettext_lazy("Name"), url_name="shortlists:shortlist"),
        Column("purpose", label=gettext_lazy("What for")),
        Column("people", label=gettext_lazy("People")),
        Column("made_by", label=gettext_lazy("Made by")),
        DateColumn("made_at", label=gettext_lazy("Made")),
        # Wagtail's own column tells how long ago: wrong for a day that lies ahead.
        Column("expires_at", label=gettext_lazy("Last day"), accessor=last_day),
    ]

    def get_base_queryset(self) -> QuerySet[Shortlist]:
        """With the number of people in the same query."""
        return Shortlist.objects.annotate(people=Count("entries")).select_related("made_by")


class NewShortlist(Gated):
    """From the boxes ticked among the candidates, or by lot, to a list with name and purpose."""

    permission_required = "add"
    page_title = gettext_lazy("New shortlist")
    template_name = "engagement/new.html"
    home = HOME
    form: ShortlistForm | None = None
    draw: DrawForm | None = None

    def behind_the_gate(self) -> dict[str, Any]:
        """Who was ticked, and what was asked when they were found."""
        _form, criteria = asked_of(self.request)
        return {
            "form": self.form or ShortlistForm(),
            "draw": self.draw or DrawForm(),
            "chosen": self._chosen(),
            "criteria": criteria,
            "query": as_query(criteria),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The ticked boxes come first; then, with the form filled in, the list is made."""
        if "save" not in request.POST or not self.basis.record:
            return self.render_to_response(self.get_context_data())
        self.form, self.draw = ShortlistForm(request.POST), DrawForm(request.POST)
        if self.form.is_valid() and self.draw.is_valid():
            try:
                made = self._make(self.form, self.draw)
            except REFUSALS as refusal:
                self.form.add_error(None, in_words(refusal))
            else:
                messages.success(request, _("The shortlist is made."))
                return redirect("shortlists:shortlist", made.pk)
        return self.render_to_response(self.get_context_data(), status=422)

    def _make(self, form: ShortlistForm, draw: DrawForm) -> Shortlist:
        by = cast(User, self.request.user)
        _form, criteria = asked_of(self.request)
        wanted = draw.draw()
        with transaction.atomic():
            made = actions.make_shortlist(**form.asked(), criteria=criteria, by=by)
            chosen = [person.pk for person in self._chosen()]
            if chosen:
                actions.add_to(made, commenters=chosen, by=by)
            if wanted.seats or wanted.newcomers:
                actions.draw_into(made, draw=wanted, by=by)
        return made

    def _chosen(self) -> list[Commenter]:
        return people_ticked(self.request)


def people_ticked(request: HttpRequest) -> list[Commenter]:
    """The people whose boxes are ticked; what is no such id is passed over."""
    ids = [each for each in request.POST.getlist("who") if _is_uuid(each)]
    return list(Commenter.objects.filter(public_id__in=ids).order_by("name", "pk"))


class ShortlistPage(FindPage, BaseObjectMixin, TemplateView):
    """One list: who is on it and why, and what can be done with it."""

    home = HOME
    template_name = "engagement/shortlist.html"

    def get_page_title(self) -> str:
        """The list's name."""
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the page shows; as many queries for a thousand people as for one."""
        shortlist = self.object
        entries = shortlist.entries.select_related("commenter__channel")
        is_live = shortlist.withdrawn_at is None and shortlist.expires_at > now()
        return super().get_context_data(
            shortlist=shortlist,
            entries=[
                (entry, explain.bar(entry)) for entry in entries.order_by("-score", "commenter_id")
            ],
            is_live=is_live,
            may_choose=is_live and may_choose(self.request.user),
            removed=self._removed() if is_live else None,
            extend=ExtendForm(),
            draw=DrawForm(),
            criteria=explain.criteria(shortlist.criteria),
            draws=shortlist.criteria.get("draws", []),
            **kwargs,
        )

    def _removed(self) -> dict[str, Any] | None:
        """Who was taken off a moment ago, for the way back."""
        who, entrance = self.request.GET.get("removed", ""), self.request.GET.get("entrance", "")
        if not _is_uuid(who) or entrance not in Entrance.values:
            return None
        person = Commenter.objects.filter(public_id=who, shortlist_entries=None).first()
        return {"person": person, "entrance": entrance} if person else None


class PrintView(ShortlistPage):
    """The list on paper: names, channels and doors, no points."""

    template_name = "engagement/print.html"


class ShortlistDecision(PermissionCheckedMixin, BaseObjectMixin, TemplateView):
    """A button on a list's page: one action, then back to the page."""

    model = Shortlist
    permission_required = "add"
    http_method_names = ["post"]
    done: Any = ""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Call the action; say that it is done, or in its words why not."""
        address = reverse("shortlists:shortlist", args=[self.object.pk])
        try:
            address += self.act(cast(User, request.user)) or ""
        except REFUSALS as refusal:
            messages.error(request, in_words(refusal))
        else:
            messages.success(request, str(self.done))
        return redirect(address)

    def act(self, by: User) -> str | None:
        """Do it; what to add to the page's address."""
        raise NotImplementedError


class AddView(ShortlistDecision):
    """Put the ticked people on a list that is there."""

    done = gettext_lazy("Put on the list.")

    def act(self, by: User) -> str | None:
        """See ``actions.add_to``."""
        ticked = [person.pk for person in people_ticked(self.request)]
        actions.add_to(self.object, commenters=ticked, by=by)
        return None


class DrawView(ShortlistDecision):
    """Draw more people."""

    done = gettext_lazy("Drawn.")

    def act(self, by: User) -> str | None:
        """See ``actions.draw_into``."""
        form = DrawForm(self.request.POST)
        if not form.is_valid():
            raise actions.ShortlistRefused(
                _("Write how many to draw, from 0 to 1,000, and a seed.")
            )
        actions.draw_into(self.object, draw=form.draw(), by=by)
        return None


class ExtendView(ShortlistDecision):
    """Keep it longer."""

    done = gettext_lazy("The last day is moved.")

    def act(self, by: User) -> str | None:
        """See ``actions.extend``."""
        form = ExtendForm(self.request.POST)
        if not form.is_valid():
            raise actions.ShortlistRefused(_("Choose the last day."))
        actions.extend(self.object, until=end_of(form.cleaned_data["last_day"]), by=by)
        return None


class RemoveView(ShortlistDecision):
    """Take one person off."""

    done = gettext_lazy("Taken off the list.")

    def act(self, by: User) -> str | None:
        """See ``actions.remove_from``."""
        entries = ShortlistEntry.objects.select_related("commenter", "shortlist")
        entry = entries.filter(shortlist=self.object, pk=self.request.POST.get("entry", 0)).first()
        if entry is None:
            raise actions.ShortlistRefused(_("This person is not on the list any more."))
        actions.remove_from(entry, by=by)
        return f"?removed={entry.commenter.public_id}&entrance={entry.entrance}"


class PutBackView(ShortlistDecision):
    """Undo taking somebody off."""

    done = gettext_lazy("Back on the list.")

    def act(self, by: User) -> str | None:
        """See ``actions.put_back``."""
        ticked, entrance = people_ticked(self.request), self.request.POST.get("entrance", "")
        if not ticked or entrance not in Entrance.values:
            raise actions.ShortlistRefused(_("Nothing is known of this person any more."))
        actions.put_back(self.object, commenter=ticked[0].pk, entrance=entrance, by=by)
        return None


class WithdrawView(FindPage, ShortlistDecision):
    """The purpose is over before the last day: what will happen, and a button."""

    home = HOME
    permission_required = "add"
    page_title = gettext_lazy("Withdraw the list")
    template_name = "engagement/withdraw.html"
    http_method_names = ["get", "post"]
    done = gettext_lazy("Withdrawn. Everybody on the list is let go.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many it is about."""
        people = self.object.entries.count()
        return super().get_context_data(shortlist=self.object, people=people, **kwargs)

    def act(self, by: User) -> str | None:
        """See ``actions.withdraw``."""
        actions.withdraw(self.object, by=by)
        return None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

"""The editor's two minutes: what waits, and one thing with three buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.publishing import plans, reports
from cms.publishing.differing import difference
from cms.publishing.findings import Finding, findings
from cms.publishing.forms import DecideForm
from cms.publishing.models import Election
from cms.publishing.presenting import what_goes_out
from cms.publishing.reports.asked import history, waiting_for
from cms.publishing.times import in_words
from cms.publishing.viewsets.shared import APPROVAL, REFUSALS, ApprovalPage, refuse
from cms.review import actions
from cms.review.models import Approval, State
from cms.review.permissions import approvers, authors, may_approve
from panel.accounts.models import User
from panel.core.clock import in_copenhagen, now
from panel.outbox.models import Pause

Decision = Callable[..., Approval]


def _approve(approval: Approval, *, seen: str, note: str, by: User) -> Approval:
    return actions.approve(approval, seen=seen, note=note, by=by)


def _ask_for_changes(approval: Approval, *, seen: str, note: str, by: User) -> Approval:
    return actions.ask_for_changes(approval, note=note, by=by)


def _reject(approval: Approval, *, seen: str, note: str, by: User) -> Approval:
    return actions.reject(approval, note=note, by=by)


DECISIONS: Mapping[str, Decision] = {
    "approve": _approve,
    "changes": _ask_for_changes,
    "reject": _reject,
}


class Waiting(ApprovalPage):
    """What waits for the editor who looks, what is needed first at the top."""

    permission = "review.give_approval"
    page_title = gettext_lazy("Waiting for your approval")
    template_name = "publishing/admin/waiting_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As many queries for a hundred as for one."""
        user = cast(User, self.request.user)
        return super().get_context_data(waiting=waiting_for(user), **kwargs)


class Decide(ApprovalPage):
    """Exactly what goes out and where, what is different, and three buttons."""

    permission = "publishing.change_publication"
    template_name = "publishing/admin/approval.html"

    @cached_property
    def approval(self) -> Approval:
        """With those who asked and decided."""
        rows = Approval.objects.select_related("page", "revision", "asked_by", "decided_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def user(self) -> User:
        """Who looks."""
        return cast(User, self.request.user)

    def get_page_title(self) -> str:
        """The story's title."""
        return self.approval.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Editors come from their list, authors from the story."""
        *way, here = super().get_breadcrumbs_items()
        if self.user.has_perm("review.give_approval"):
            above = {"url": reverse("approvals:index"), "label": APPROVAL}
        elif self.approval.page_id:
            edit = reverse("wagtailadmin_pages:edit", args=[self.approval.page_id])
            above = {"url": edit, "label": _("Edit the story")}
        else:
            return [*way, here]
        return [*way, above, here]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, or say in plain words why not."""
        form = DecideForm(request.POST)
        decide = DECISIONS.get(request.POST.get("decision", ""))
        if decide is None:
            form.add_error(None, _("Choose one of the buttons."))
        elif form.is_valid():
            seen, note = request.POST.get("seal", ""), form.cleaned_data["note"]
            try:
                decided = decide(self.approval, seen=seen, note=note, by=self.user)
            except REFUSALS as refusal:
                # What is shown below it is what is there now.
                del self.approval
                is_unsaid = decide is not _approve and not note.strip()
                refuse(form, refusal, beside="note" if is_unsaid else None)
            else:
                return self.thank(decided)
        return self.render_to_response(self.get_context_data(form=form))

    def thank(self, decided: Approval) -> HttpResponse:
        """What happens now, and what waits next."""
        waiting = waiting_for(self.user)
        buttons = [
            messages.button(
                reverse("approvals:approval", args=[following.pk]),
                _("Next: %(title)s") % {"title": following.title},
            )
            for following in waiting[:1]
        ]
        messages.success(self.request, _said(decided), buttons=buttons)
        return redirect("approvals:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As many queries for a long story as for a short one."""
        approval = self.approval
        found = _findings(approval)
        may_decide = approval.is_open and may_approve(self.user, approval)
        kwargs.setdefault("form", DecideForm())
        return super().get_context_data(
            approval=approval,
            goes_out=what_goes_out(approval),
            difference=difference(approval),
            stops=[finding for finding in found if finding.stops],
            to_look_at=[finding for finding in found if not finding.stops],
            history=history(approval.page, approval),
            writers=_writers(approval),
            needed_by=in_words(approval.needed_by) if approval.needed_by else "",
            may_decide=may_decide,
            why_not="" if may_decide else _why_not(self.user, approval),
            may_take_back=approval.is_open and not may_decide and _may_edit(self.user, approval),
            election=_election(approval),
            pause=Pause.objects.of_everything().first() if approval.is_open else None,
            has_failed=bool(kwargs["form"].errors),
            **kwargs,
        )


def _election(approval: Approval) -> Election | None:
    """The weeks before an election, if it would go out in them or near them."""
    due_at = plans.moment(approval)
    if not approval.is_open:
        return None
    return reports.election_ahead(in_copenhagen(due_at).date() if due_at else None)


def _may_edit(user: User, approval: Approval) -> bool:
    page = approval.page
    return page is not None and bool(page.permissions_for_user(user).can_edit())


def _findings(approval: Approval) -> list[Finding]:
    """What the checker finds in what was sent; nothing any more once it is decided."""
    if not approval.is_open or approval.revision is None:
        return []
    moment = plans.moment(approval) or now()
    draft = approval.revision.as_object()
    return findings(draft, approval.contents, today=in_copenhagen(moment).date())


def _writers(approval: Approval) -> str:
    """Everybody who wrote some of it, by name."""
    people = User.objects.filter(pk__in=approval.authors).order_by("name", "pk")
    return get_text_list([str(person) for person in people], _("and"))


def _why_not(user: User, approval: Approval) -> str:
    """Why the one who looks cannot decide, and who can."""
    if not approval.is_open:
        return ""
    names = get_text_list([str(editor) for editor in approvers(approval)], _("or"))
    if not names:
        who = _("No editor is left who can. Ask an administrator to make a colleague an editor.")
    else:
        who = _("%(names)s can.") % {"names": names}
    if not user.has_perm("review.give_approval"):
        return _("Editors approve, and you are none.") + " " + who
    hands = {approval.asked_by_id, *approval.authors}
    hands |= authors(approval.page) if approval.page else set()
    if user.pk in hands:
        return _("You have a hand in it, so you cannot approve it yourself.") + " " + who
    return who


def _said(decided: Approval) -> str:
    if decided.state == State.CHANGES:
        return _("Thank you. The author is told what you ask for.")
    if decided.state == State.REJECTED:
        return _("Thank you. It does not go out, and the author is told why.")
    moment = plans.moment(decided)
    if moment is None or moment <= now():
        return _("Thank you. It goes out now.")
    return _("Thank you. It goes out %(when)s.") % {"when": in_words(moment)}


class ApprovalMenuItem(MenuItem):
    """In the menu of those who approve, with how many wait for them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Editors."""
        return request.user.has_perm("review.give_approval")

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """With the number, when there is one."""
        number = len(waiting_for(cast(User, request.user)))
        label = f"{self.label} ({number})" if number else self.label
        return LinkMenuItem(
            self.name,
            label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


class ApprovalViewSet(ViewSet):
    """What waits for a second person, and what one said."""

    name = "approvals"
    url_prefix = "godkend"
    icon = "check"
    menu_label = APPROVAL
    menu_order = 235
    menu_item_class = ApprovalMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``godkend/``."""
        return [
            path("", Waiting.as_view(), name="index"),
            path("<int:pk>/", Decide.as_view(), name="approval"),
        ]

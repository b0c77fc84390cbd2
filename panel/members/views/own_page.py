"""The member's own page, and the way out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import AccessMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from panel.conversations.models import Commenter
from panel.core.mail import letter
from panel.members import actions, joining
from panel.members.forms import ProfileForm
from panel.members.models import Claim, Member
from panel.members.views.finding import current_text, member_of


class MemberRequired(AccessMixin):
    """Pages for members only: others are led to sign in or to join."""

    member: Member

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the membership first."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        member = member_of(request)
        if member is None:
            return redirect("members:join")
        self.member = member
        actions.note_visit(member)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


@method_decorator(never_cache, name="dispatch")
class About(MemberRequired, FormView[ProfileForm]):
    """Step 4, and later the same page to change: what one tells about oneself."""

    template_name = "members/about.html"
    form_class = ProfileForm
    is_joining = False

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what was told before."""
        return {**super().get_form_kwargs(), "profile": self.member.profile}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether this is the last step of joining."""
        return super().get_context_data(is_joining=self.is_joining, step=4, steps=4, **kwargs)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        """Save, and say so."""
        actions.tell(self.member, told=form.told(), by=self.member.user)
        if self.is_joining:
            return redirect("members:joined")
        messages.success(self.request, _("Saved. Thank you for keeping it up to date."))
        return redirect("members:home")


@method_decorator(never_cache, name="dispatch")
class Joined(MemberRequired, TemplateView):
    """You are in, and this is what happens now."""

    template_name = "members/joined.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose comments led here, to be asked about once."""
        return super().get_context_data(offered=joining.offered(self.request.session), **kwargs)


@method_decorator(never_cache, name="dispatch")
class Home(MemberRequired, TemplateView):
    """My page: what I said yes to, what you know of me, and the way out."""

    template_name = "members/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the page shows: four queries."""
        consent = self.member.consents.select_related("text").first()
        text = current_text()
        return super().get_context_data(
            member=self.member,
            profile=self.member.profile,
            interests=list(self.member.profile.interests.all()),
            consent=consent,
            newer_text=text if consent is None or text.version > consent.text.version else None,
            claims=list(self.member.claims.select_related("commenter__channel")),
            offered=joining.offered(self.request.session),
            **kwargs,
        )


class Agree(MemberRequired, View):
    """Yes to the newer text."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say yes to the newest words."""
        actions.agree(self.member, text=current_text(), by=self.member.user)
        messages.success(request, _("Thank you. Your yes is noted."))
        return redirect("members:home")


class AreTheyYours(MemberRequired, View):
    """The answer to whether the comments one was invited for are one's own."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Tie them to the member on a yes; ask no more in either case."""
        commenter = joining.offered(request.session)
        joining.offer_answered(request.session)
        if request.POST.get("answer") != "yes":
            messages.success(request, _("That is fine. Nothing is tied to you."))
        elif commenter is None:
            messages.warning(
                request, _("We no longer keep those comments. Nothing is tied to you.")
            )
        else:
            self._claim(commenter)
        return redirect("members:home")

    def _claim(self, commenter: Commenter) -> None:
        try:
            actions.claim(self.member, commenter=commenter, by=self.member.user)
        except actions.AlreadyClaimed as refusal:
            messages.warning(self.request, str(refusal))
        else:
            messages.success(
                self.request, _("The comments are tied to you. You can undo it on this page.")
            )


class Disclaim(MemberRequired, View):
    """These comments are not mine after all."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo the member's own claim; anybody else's is not found."""
        actions.disclaim(
            self.member,
            claim=get_object_or_404(Claim, pk=pk, member=self.member),
            by=self.member.user,
        )
        messages.success(request, _("The comments are no longer tied to you."))
        return redirect("members:home")


@method_decorator(never_cache, name="dispatch")
class Leave(MemberRequired, TemplateView):
    """The way out: what is erased, and one button."""

    template_name = "members/leave.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Leave, sign out, and send a last letter to the address that is then forgotten."""
        user = self.member.user
        farewell = letter(
            "members/mail/left", to=user.email, language=self.member.language, context={}
        )
        actions.leave(self.member, by=user)
        farewell.send(fail_silently=True)
        if not user.is_staff:
            logout(request)
        return redirect("members:left")


class Left(TemplateView):
    """Gone, and thanked."""

    template_name = "members/left.html"

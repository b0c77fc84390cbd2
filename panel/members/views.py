"""Joining, and the member's own page.

Views find, ask, call one action and answer.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import AccessMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from panel.accounts import codes
from panel.accounts.actions import citizen_for, sign_in
from panel.conversations.models import Commenter
from panel.core.mail import letter
from panel.members import actions, joining
from panel.members.forms import CodeForm, EmailForm, ProfileForm, YesForm
from panel.members.models import Claim, ConsentText, Member


def member_of(request: HttpRequest) -> Member | None:
    """The visitor's membership, if they are signed in and have one."""
    if not request.user.is_authenticated:
        return None
    return Member.objects.filter(user=request.user).select_related("user", "profile__area").first()


@method_decorator(never_cache, name="dispatch")
class Step(FormView[Any]):
    """A page of the way in.

    Who is a member already goes to their page.
    """

    number = 1
    steps = 4

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead those elsewhere who have no business on this page."""
        elsewhere = self.elsewhere()
        return redirect(elsewhere) if elsewhere else super().dispatch(request, *args, **kwargs)

    def elsewhere(self) -> str | None:
        """The name of the page the visitor belongs on, if not this one."""
        return "members:home" if member_of(self.request) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The step's number, for the progress line."""
        return super().get_context_data(
            step=self.number,
            steps=self.steps,
            is_invited=joining.carries_a_key(self.request.session),
            **kwargs,
        )


class Start(Step):
    """Step 1: the address."""

    template_name = "members/join_email.html"
    form_class = EmailForm

    def elsewhere(self) -> str | None:
        """Who is signed in needs no code."""
        if self.request.user.is_authenticated:
            return "members:home" if member_of(self.request) else "members:join_yes"
        return None

    def form_valid(self, form: EmailForm) -> HttpResponse:
        """Send a code; the answer is the same whoever asks."""
        try:
            codes.request_code(self.request, form.cleaned_data["email"])
        except codes.NotSent as refusal:
            form.add_error("email", str(refusal))
            return self.form_invalid(form)
        return redirect("members:join_code")


class Code(Step):
    """Step 2: the code."""

    number = 2
    template_name = "members/join_code.html"
    form_class = CodeForm

    def elsewhere(self) -> str | None:
        """Without an address there is no code to write."""
        return None if codes.pending_address(self.request) else "members:join"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the code went."""
        return super().get_context_data(email=codes.pending_address(self.request), **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponseBase:  # type: ignore[override]
        """The right code signs in, and makes the account if there is none."""
        try:
            email = codes.redeem_code(self.request, form.cleaned_data["code"])
        except codes.WrongCode as refusal:
            form.add_error("code", str(refusal))
            return self.form_invalid(form)
        # The next page leads members on to theirs.
        return sign_in(self.request, citizen_for(email), next_url=reverse("members:join_yes"))


class Yes(Step):
    """Step 3: the text, and yes."""

    number = 3
    template_name = "members/join_yes.html"
    form_class = YesForm

    def elsewhere(self) -> str | None:
        """Only who proved an address may say yes."""
        return super().elsewhere() if self.request.user.is_authenticated else "members:join"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words to say yes to."""
        return super().get_context_data(text=current_text(), **kwargs)

    def form_valid(self, form: YesForm) -> HttpResponse:
        """Join.

        A link that does not work any more is put down, and the open door is offered.
        """
        try:
            joining.join_through_door(
                self.request.session,
                self.request.user,  # type: ignore[arg-type]  # elsewhere() let only accounts in
                text=current_text(),
                birth_year=form.cleaned_data["birth_year"],
                has_turned_fifteen=form.cleaned_data.get("has_turned_fifteen", False),
            )
        except joining.DoorClosed as refusal:
            joining.put_down_keys(self.request.session)
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except actions.MembershipRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect("members:join_about")


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


class ConsentTextPage(TemplateView):
    """The words to say yes to, for everybody to read; older versions too."""

    template_name = "members/consent_text.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The version asked for, or the newest."""
        version = self.kwargs.get("version")
        published = ConsentText.objects.filter(published_at__isnull=False)
        text = get_object_or_404(published, pk=version) if version else current_text()
        return super().get_context_data(text=text, **kwargs)


def current_text() -> ConsentText:
    """The newest published text in the visitor's language, else in Danish.

    The first comes with the product.
    """
    language = (get_language() or "da")[:2]
    text = ConsentText.objects.current(language) or ConsentText.objects.current("da")
    if text is None:
        raise ConsentText.DoesNotExist("No consent text is published.")
    return text

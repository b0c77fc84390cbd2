"""The way in, a page a step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from panel.accounts import codes
from panel.accounts.actions import citizen_for, sign_in
from panel.members import actions, joining
from panel.members.forms import CodeForm, EmailForm, YesForm
from panel.members.views.finding import current_text, member_of


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

"""What a citizen sees who has an idea."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from cms.stories.ideas.arriving import receive
from cms.stories.ideas.promise import WORKING_DAYS
from cms.stories.tips import guard, waiting
from cms.stories.tips.forms import TipForm

THANKS = "tips:thanks"


@method_decorator(never_cache, name="dispatch")
class Tip(FormView[TipForm]):
    """The form."""

    template_name = "stories/tips/tip.html"
    form_class = TipForm

    def get_initial(self) -> dict[str, Any]:
        """When it was shown."""
        return {"stamp": guard.stamp()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How long an answer takes, and the field that nobody fills."""
        return super().get_context_data(days=WORKING_DAYS, trap=guard.TRAP, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A machine is thanked like anybody, and nothing is looked at that costs work."""
        verdict = guard.judge(request)
        if verdict is guard.Verdict.MACHINE:
            return redirect(THANKS)
        if not guard.may_try(request):
            form = TipForm(request.POST)
            form.is_valid()
            return self.wait(form)
        form = self.get_form()
        if verdict is guard.Verdict.TOO_LATE:
            return self.form_too_late(form)
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: TipForm) -> HttpResponse:
        """Take it, and thank."""
        if not guard.may_send(self.request):
            return self.wait(form)
        data = form.cleaned_data
        email = data["email"]
        receive(
            data["text"],
            language=get_language() or "da",
            place=data["place"],
            name=data["name"],
            email=email,
            phone=data["phone"],
            photo=form.chosen_photo(),
            people_know=data["people_know"],
            confirm=bool(email) and guard.may_confirm(self.request, email),
        )
        waiting.let_go(data["kept"])
        return redirect(THANKS)

    def form_invalid(self, form: TipForm) -> HttpResponse:
        """The form as it was filled, the photo too."""
        form.keep_photo()
        return super().form_invalid(form)

    def form_too_late(self, form: TipForm) -> HttpResponse:
        """The page was open for more than a day: nothing is lost but the moment."""
        form.is_valid()
        form.add_error(
            None, _("The page had been open for very long. Look it through and send it again.")
        )
        form.keep_photo()
        form.data["stamp"] = guard.stamp()  # type: ignore[index]
        return super().form_invalid(form)

    def wait(self, form: TipForm) -> HttpResponse:
        """Too many at once: say so, and lose nothing that was typed."""
        form.add_error(
            None,
            _("Very many ideas are coming in just now. What you wrote is here: try in an hour."),
        )
        form.keep_photo()
        answer = super().form_invalid(form)
        answer.status_code = 429
        return answer


class Thanks(TemplateView):
    """Thank you, and what happens now."""

    template_name = "stories/tips/thanks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The promise."""
        return super().get_context_data(days=WORKING_DAYS, **kwargs)

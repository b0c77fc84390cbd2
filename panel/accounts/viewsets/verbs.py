"""What else can be done to a colleague: a question, a yes, one action."""

from __future__ import annotations

import smtplib
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from panel.accounts import actions, letters
from panel.accounts.models import User
from panel.accounts.reports import colleagues

MAY_CHANGE = "accounts.change_user"
Text = str | Promise


def send_welcome(request: HttpRequest, user: User) -> bool:
    """Send the letter that says how to sign in; where it cannot be sent, say so."""
    by = request.user
    if not isinstance(by, User):
        raise PermissionDenied
    try:
        letters.welcome(user, by=by, language=get_language() or "da")
    except (OSError, smtplib.SMTPException):
        text = _("The e-mail to %(email)s could not be sent. Tell them to sign in at /admin/.")
        messages.warning(request, text % {"email": user.email})
        return False
    return True


class Verb(WagtailAdminTemplateMixin, TemplateView):
    """The page of one verb: administrators only, and about colleagues only."""

    template_name = "accounts/admin/confirm.html"
    header_icon = "user"
    name: ClassVar[str]
    icon: ClassVar[str]
    button: ClassVar[Text]
    question: ClassVar[Text]
    done: ClassVar[Text]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the colleague, or refuse."""
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        self.colleague = get_object_or_404(colleagues(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def act(self, by: Any) -> bool:
        """Do it; false where it did not come about and the person was told."""
        raise NotImplementedError

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or say why not."""
        try:
            if self.act(request.user):
                messages.success(request, self.done % {"name": self.colleague})
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("wagtailusers_users:edit", pk)

    def get_page_title(self) -> str:
        """What is about to happen, and to whom."""
        return f"{self.button}: {self.colleague}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way here: the list, the colleague, the verb."""
        colleague = reverse("wagtailusers_users:edit", args=[self.colleague.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailusers_users:index"), "label": _("Colleagues")},
            {"url": colleague, "label": str(self.colleague)},
            {"url": "", "label": str(self.button)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The question and its two answers."""
        return super().get_context_data(
            question=self.question,
            button=self.button,
            back=reverse("wagtailusers_users:edit", args=[self.colleague.pk]),
            **kwargs,
        )


class EndEmployment(Verb):
    """They do not work here any more."""

    name, icon = "end", "lock"
    button = gettext_lazy("End access")
    question = gettext_lazy(
        "They can no longer sign in, and pages they have open close at once. Roles and keys are "
        "taken away. Their name stays on what they did."
    )
    done = gettext_lazy("%(name)s has no access any more.")

    def act(self, by: Any) -> bool:
        """One action."""
        actions.end_employment(self.colleague, by=by)
        return True


class TakeBack(Verb):
    """They work here again."""

    name, icon = "back", "lock-open"
    button = gettext_lazy("Give access again")
    question = gettext_lazy(
        "They can sign in again with a code by e-mail, and choose a second key. They have no role "
        "until you give them one."
    )
    done = gettext_lazy("%(name)s may sign in again. Now choose roles.")

    def act(self, by: Any) -> bool:
        """One action."""
        actions.take_back(self.colleague, by=by)
        return True


class ForgetKeys(Verb):
    """They lost their phone."""

    name, icon = "keys", "key"
    button = gettext_lazy("Reset second key")
    question = gettext_lazy(
        "Their authenticator app, passkeys and recovery codes stop working. They sign in with a "
        "code by e-mail and choose a new second key. Make sure it is really them who asks."
    )
    done = gettext_lazy("%(name)s chooses a new second key the next time.")

    def act(self, by: Any) -> bool:
        """One action."""
        actions.forget_second_factor(self.colleague, by=by)
        return True


class WelcomeAgain(Verb):
    """They did not get the letter."""

    name, icon = "welcome", "mail"
    button = gettext_lazy("Send the welcome e-mail again")
    question = gettext_lazy("They get the e-mail that says how to sign in.")
    done = gettext_lazy("%(name)s gets the e-mail.")

    def act(self, by: Any) -> bool:
        """One letter."""
        return send_welcome(self.request, self.colleague)


WHILE_HERE: tuple[type[Verb], ...] = (WelcomeAgain, ForgetKeys, EndEmployment)
AFTERWARDS: tuple[type[Verb], ...] = (TakeBack,)
VERBS: tuple[type[Verb], ...] = (*WHILE_HERE, *AFTERWARDS)

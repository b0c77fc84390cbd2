"""What colleagues decide about an idea."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from cms.stories.ideas import actions, answering
from cms.stories.ideas.moves import MoveRefused
from cms.stories.models import IdeaLetter, StoryIdea
from cms.stories.models.ideas import OPEN
from cms.stories.viewsets.forms import AnswerForm, DeclineForm, MergeForm, SortForm
from cms.stories.viewsets.shared import REFUSALS, Deciding, in_words


class Button(Deciding, View):
    """One press: the verb is called, or says why not."""

    http_method_names = ["post"]
    done: ClassVar[str | Promise]

    def act(self) -> object:
        """The verb."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, and go back to the idea."""
        try:
            self.act()
        except REFUSALS as refusal:
            messages.error(request, in_words(refusal))
        else:
            messages.success(request, str(self.done))
        return HttpResponseRedirect(self.back)


class Take(Button):
    """Look after it."""

    done = gettext_lazy("It is yours now.")

    def act(self) -> object:
        """See ``actions``."""
        return actions.take(self.idea, by=self.user)


class Keep(Button):
    """Worth telling."""

    done = gettext_lazy("Kept. It stays on the list until somebody writes it.")

    def act(self) -> object:
        """See ``actions``."""
        return actions.keep(self.idea, by=self.user)


class Undo(Button):
    """Back on the list."""

    done = gettext_lazy("The idea is back on the list.")

    def act(self) -> object:
        """See ``actions``."""
        return actions.undo(self.idea, by=self.user)


class Answered(Button):
    """Somebody has called."""

    done = gettext_lazy("Noted: you have answered.")

    def act(self) -> object:
        """See ``answering``."""
        return answering.answered_by_phone(self.idea, by=self.user)


class Sort(Button):
    """Who, whose, where and what kind."""

    done = gettext_lazy("Saved.")

    def act(self) -> object:
        """As it was chosen; a choice that is not there any more changes nothing."""
        form = SortForm(self.request.POST)
        if not form.is_valid():
            raise MoveRefused(_("One of the choices is not there any more. Try again."))
        return actions.sort(self.idea, by=self.user, **form.cleaned_data)


class SendAgain(Button):
    """A letter that did not leave, or perhaps did."""

    done = gettext_lazy("It is sent again.")

    @property
    def letter(self) -> IdeaLetter:
        """By its key; whose idea it is about is looked at like everywhere."""
        return get_object_or_404(IdeaLetter, pk=self.letter_key)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The address names a letter; the rest is about its idea."""
        super().setup(request, *args, **kwargs)
        self.letter_key = kwargs["pk"]
        self.kwargs = {"pk": get_object_or_404(IdeaLetter, pk=kwargs["pk"]).idea_id}

    def act(self) -> object:
        """See ``answering``."""
        return answering.send_again(self.letter, by=self.user)


class Asked(Deciding, FormView[Any]):
    """A decision that needs a word or a choice first."""

    template_name = "stories/admin/decide.html"
    intro: ClassVar[str | Promise] = ""
    button: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    is_final = False

    def verb(self, form: Any) -> Callable[[], object]:
        """What is done with what was filled in."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        return super().get_context_data(
            intro=self.intro, button=self.button, is_final=self.is_final, **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, or say why not."""
        try:
            self.verb(form)()
        except REFUSALS as refusal:
            form.add_error(None, in_words(refusal))
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        return HttpResponseRedirect(self.back)


class Decline(Asked):
    """Not told."""

    page_title = gettext_lazy("Decline the idea")
    form_class = DeclineForm
    intro = gettext_lazy(
        "It leaves the list, and is deleted after six months. Until then it can be put back."
    )
    button = gettext_lazy("Decline")
    done = gettext_lazy("Declined. It can be put back.")
    is_final = True

    def verb(self, form: DeclineForm) -> Callable[[], object]:
        """See ``actions``."""
        reason = form.cleaned_data["reason"]
        return lambda: actions.decline(self.idea, reason=reason, by=self.user)


class Merge(Asked):
    """The same as another."""

    page_title = gettext_lazy("The same as another idea")
    form_class = MergeForm
    button = gettext_lazy("Merge")
    done = gettext_lazy("Merged. It can be put back.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Those that are open, beside this one."""
        others: QuerySet[StoryIdea] = StoryIdea.objects.filter(state__in=OPEN)
        return super().get_form_kwargs() | {"others": others.exclude(pk=self.idea.pk)}

    def verb(self, form: MergeForm) -> Callable[[], object]:
        """See ``actions``."""
        into = form.cleaned_data["into"]
        return lambda: actions.merge(self.idea, into=into, by=self.user)


class Answer(Asked):
    """Thank, and tell what became of it."""

    page_title = gettext_lazy("Thank, and tell what became of it")
    form_class = AnswerForm
    button = gettext_lazy("Send the answer")
    done = gettext_lazy("The answer is on its way.")

    def get_initial(self) -> dict[str, Any]:
        """Something to begin with."""
        return {"text": answering.suggested(self.idea)}

    def verb(self, form: AnswerForm) -> Callable[[], object]:
        """See ``answering``."""
        text = form.cleaned_data["text"]
        return lambda: answering.answer(self.idea, text=text, by=self.user)

"""From an idea to the editor of a new story."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from cms.stories.ideas.permissions import indexes_for
from cms.stories.ideas.using import use
from cms.stories.models import StoryIndexPage
from cms.stories.viewsets.forms import UseForm
from cms.stories.viewsets.shared import REFUSALS, Deciding, in_words

TITLE_LENGTH = 80


class Use(Deciding, FormView[UseForm]):
    """Title, language, and whether the photo comes along."""

    page_title = gettext_lazy("Make it a story")
    template_name = "stories/admin/use.html"
    form_class = UseForm

    @cached_property
    def indexes(self) -> list[StoryIndexPage]:
        """Where this colleague may write, the idea's language first."""
        found = indexes_for(self.user)
        return sorted(found, key=lambda page: page.locale.language_code != self.idea.language)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows whether there is a photo."""
        return super().get_form_kwargs() | {"idea": self.idea, "indexes": self.indexes}

    def get_initial(self) -> dict[str, Any]:
        """The first sentence makes a title to begin with."""
        first = self.idea.text.strip().splitlines()[0].partition(". ")[0].rstrip(".")
        return {
            "title": Truncator(first).chars(TITLE_LENGTH),
            "index": self.indexes[0].pk if self.indexes else None,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is anywhere to write."""
        return super().get_context_data(has_index=bool(self.indexes), **kwargs)

    def form_valid(self, form: UseForm) -> HttpResponse:
        """Make the draft and open it."""
        data = form.cleaned_data
        words = form.photo_words() if data.get("with_photo") else None
        try:
            story = use(
                self.idea, index=data["index"], title=data["title"], photo=words, by=self.user
            )
        except REFUSALS as refusal:
            form.add_error(None, in_words(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Here is the draft, with what the idea says."))
        return redirect("wagtailadmin_pages:edit", story.pk)

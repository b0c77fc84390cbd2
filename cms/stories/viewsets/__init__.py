"""Staff screens: ideas for stories. Rules are in the actions."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.stories.ideas.permissions import may_add
from cms.stories.viewsets import decisions, ideas, using
from cms.stories.viewsets.shared import IDEAS


class IdeasMenuItem(MenuItem):
    """Every colleague may have an idea."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_add(request.user)


class IdeaViewSet(ViewSet):
    """The backlog, a new idea, and everything that is done on one's page."""

    name = "ideas"
    icon = "pick"
    menu_label = IDEAS
    menu_order = 240
    menu_item_class = IdeasMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``ideas/``."""
        verbs: dict[str, type[View]] = {
            "sort": decisions.Sort,
            "take": decisions.Take,
            "keep": decisions.Keep,
            "undo": decisions.Undo,
            "decline": decisions.Decline,
            "merge": decisions.Merge,
            "answer": decisions.Answer,
            "answered": decisions.Answered,
            "use": using.Use,
        }
        return [
            path("", ideas.IdeaList.as_view(), name="index"),
            path("results/", ideas.IdeaList.as_view(results_only=True), name="index_results"),
            path("new/", ideas.NewIdea.as_view(), name="new"),
            path("<int:pk>/", ideas.IdeaPage.as_view(), name="idea"),
            path("<int:pk>/photo/", ideas.Photo.as_view(), name="photo"),
            *(path(f"<int:pk>/{word}/", view.as_view(), name=word) for word, view in verbs.items()),
            path("letter/<int:pk>/again/", decisions.SendAgain.as_view(), name="again"),
        ]

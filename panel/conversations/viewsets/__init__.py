"""Staff screens under Listen: threads, comments, imports, channels and departments."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from panel.channels.viewsets import ChannelViewSet
from panel.conversations.permissions import may_decide, may_import, may_read
from panel.conversations.viewsets import (
    comments,
    decisions,
    imports,
    replies,
    steps,
    threads,
    vanished,
)
from panel.conversations.viewsets.departments import DepartmentViewSet
from panel.conversations.viewsets.shared import COMMENTS, IMPORTS, THREADS, VANISHED


class ReadersMenuItem(MenuItem):
    """For those who may read what citizens write."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_read(request.user)


class ImportersMenuItem(MenuItem):
    """For those who may bring files in."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_import(request.user)


class DecidersMenuItem(MenuItem):
    """For those who answer for what stands on the pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_decide(request.user)


class ThreadViewSet(ViewSet):
    """Posts, and the thread under one."""

    name = "threads"
    icon = "comment"
    menu_label = THREADS
    menu_item_class = ReadersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """To read, and the two decisions about a post."""
        return [
            path("", threads.ThreadList.as_view(), name="index"),
            path("results/", threads.ThreadList.as_view(results_only=True), name="index_results"),
            path("<uuid:public_id>/", threads.ThreadPage.as_view(), name="thread"),
            path("<uuid:public_id>/competition/", decisions.Competition.as_view(), name="compete"),
            path(
                "<uuid:public_id>/department/", decisions.SetDepartment.as_view(), name="department"
            ),
        ]


class CommentViewSet(ViewSet):
    """Comments across threads, the answers to one, answering and hiding one."""

    name = "comments"
    icon = "list-ul"
    menu_label = COMMENTS
    menu_item_class = ReadersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """To read, to answer, to hide and to show again."""
        return [
            path("", comments.CommentList.as_view(), name="index"),
            path("<uuid:public_id>/", threads.AnswersPage.as_view(), name="answers"),
            path("<uuid:public_id>/reply/", replies.SendReply.as_view(), name="reply"),
            path("<uuid:public_id>/hide/", decisions.Hide.as_view(), name="hide"),
            path("<uuid:public_id>/show/", decisions.ShowAgain.as_view(), name="show"),
        ]


class ImportViewSet(ViewSet):
    """Files on their way in, step by step."""

    name = "imports"
    icon = "upload"
    menu_label = IMPORTS
    menu_item_class = ImportersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, the steps of one import, and what its page asks for."""
        one = "<uuid:public_id>/"
        return [
            path("", imports.ImportList.as_view(), name="index"),
            path("results/", imports.ImportList.as_view(results_only=True), name="index_results"),
            path("new/", steps.Choose.as_view(), name="new"),
            path(f"{one}columns/", steps.Columns.as_view(), name="columns"),
            path(one, imports.ImportPage.as_view(), name="one"),
            path(f"{one}state/", imports.ImportState.as_view(), name="state"),
            path(f"{one}faults/", imports.ImportFaults.as_view(), name="faults"),
            path(f"{one}start/", steps.Start.as_view(), name="start"),
            path(f"{one}go-on/", steps.GoOn.as_view(), name="go_on"),
            path(f"{one}cancel/", steps.Cancel.as_view(), name="cancel"),
        ]


class VanishedViewSet(ViewSet):
    """What vanished on the networks without our doing."""

    name = "vanished"
    icon = "warning"
    menu_label = VANISHED
    menu_item_class = DecidersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, one of them, and what was behind it."""
        return [
            path("", vanished.VanishedList.as_view(), name="index"),
            path("<int:pk>/", vanished.VanishedPage.as_view(), name="one"),
            path("<int:pk>/settle/", vanished.Settle.as_view(), name="settle"),
        ]


class ListenGroup(ViewSetGroup):
    """What citizens write."""

    menu_label = gettext_lazy("Listen")
    menu_icon = "comment"
    menu_order = 210
    items = (
        *(ThreadViewSet, CommentViewSet, VanishedViewSet),
        *(ImportViewSet, ChannelViewSet, DepartmentViewSet),
    )

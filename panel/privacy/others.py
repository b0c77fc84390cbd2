"""What models that are not ours keep about people: Django's, allauth's and Wagtail's.

Ours say it themselves, beside their fields; nobody can write into other people's models, so it is
said here. A field that an upgrade adds is on neither side, and the tests fail until somebody has
decided about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from panel.core.personal import OnErasure, PersonalData, Text, nothing_personal


def _of_staff(
    personal: Mapping[str, Text], *other: str, purpose: Text, retention: Text
) -> PersonalData:
    """Who among colleagues did something: kept as long as what they did."""
    return PersonalData(
        personal=personal,
        other=other,
        purpose=purpose,
        retention=retention,
        on_erasure=OnErasure.KEEP,
        why_kept=_("Who among staff did what must stay known; names staff only"),
    )


def _of_account(
    personal: Mapping[str, Text], *other: str, purpose: Text, subject: str = "user"
) -> PersonalData:
    """What hangs on an account and goes with it."""
    return PersonalData(
        personal=personal,
        other=other,
        purpose=purpose,
        retention=_("As long as the account"),
        subject=subject,
    )


_EDITING = _("Writing the site together")
_WITH_THE_PAGE = _("As long as the page or picture")
_WORKFLOW = _("Showing who looked through a page before it was published")

ACCOUNTS: Final[Mapping[str, PersonalData]] = {
    "account.EmailAddress": _of_account(
        {"user": _("Your account"), "email": _("Your e-mail address"), "verified": _("Proved")},
        *("id", "primary"),
        purpose=_("Sending you the code that lets you in"),
    ),
    "account.EmailConfirmation": _of_account(
        {
            "email_address": _("Your e-mail address"),
            "created": _("When a proof was asked for"),
            "sent": _("When it was sent"),
        },
        *("id", "key"),
        purpose=_("Proving an address"),
        subject="email_address__user",
    ),
    "mfa.Authenticator": _of_account(
        {
            "user": _("Your account"),
            "type": _("What kind of key"),
            "data": _("What proves the key"),
            "created_at": _("When you made it"),
            "last_used_at": _("When you last used it"),
        },
        "id",
        purpose=_("Letting you in, and nobody else as you"),
    ),
    "sessions.Session": PersonalData(
        personal={"session_data": _("Whom a browser belongs to while it is signed in, encrypted")},
        other=("session_key", "expire_date"),
        purpose=_("Staying signed in from page to page"),
        retention=_("Until you sign out, at most 14 days"),
    ),
    "wagtailusers.UserProfile": _of_account(
        {
            "user": _("Your account"),
            "preferred_language": _("The language you work in"),
            "current_time_zone": _("Your time zone"),
            "avatar": _("Your picture"),
        },
        *("id", "submitted_notifications", "approved_notifications", "rejected_notifications"),
        *("updated_comments_notifications", "dismissibles", "theme", "contrast", "density"),
        "keyboard_shortcuts",
        purpose=_("A colleague's own choices for the staff screens"),
    ),
    "wagtailcore.APIToken": _of_account(
        {
            "user": _("Your account"),
            "name": _("What you called it"),
            "created": _("When you made it"),
            "last_used_at": _("When it was last used"),
        },
        *("id", "key_hash", "prefix", "revoked_at"),
        purpose=_("A program's way in; switched off here"),
    ),
    "wagtailcore.PageSubscription": _of_account(
        {"user": _("Your account"), "page": _("The page you follow")},
        *("id", "comment_notifications"),
        purpose=_("Telling colleagues of comments on a page"),
    ),
    "wagtailadmin.EditingSession": _of_account(
        {"user": _("Your account"), "last_seen_at": _("When you had a page open")},
        *("id", "content_type", "object_id", "is_editing"),
        purpose=_("Telling colleagues that somebody else is editing"),
    ),
    "wagtailadmin.FormState": _of_account(
        {"user": _("Your account"), "data": _("What you had typed and not saved")},
        *("id", "content_type", "object_id", "parent_object_id", "last_updated_at"),
        purpose=_("Not losing what was typed"),
    ),
}

SITE: Final[Mapping[str, PersonalData]] = {
    "wagtailcore.Page": _of_staff(
        {"owner": _("Who made it"), "locked_by": _("Who locked it")},
        *("id", "path", "depth", "numchild", "translation_key", "locale", "latest_revision"),
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
        *("live_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at", "title"),
        *("draft_title", "slug", "content_type", "url_path", "latest_revision_created_at"),
        *("alias_of", "show_in_menus", "seo_title", "search_description"),
        purpose=_EDITING,
        retention=_WITH_THE_PAGE,
    ),
    "wagtailcore.Revision": _of_staff(
        {"user": _("Who saved it")},
        *("id", "content_type", "base_content_type", "object_id", "created_at", "object_str"),
        *("content", "approved_go_live_at"),
        purpose=_EDITING,
        retention=_WITH_THE_PAGE,
    ),
    "wagtailcore.PageLogEntry": _of_staff(
        {"user": _("Who did it")},
        *("id", "content_type", "label", "action", "data", "timestamp", "uuid", "revision"),
        *("content_changed", "deleted", "page"),
        purpose=_EDITING,
        retention=_WITH_THE_PAGE,
    ),
    "wagtailcore.ModelLogEntry": _of_staff(
        {"user": _("Who did it"), "label": _("On what; an account's is blanked with it")},
        *("id", "content_type", "action", "data", "timestamp", "uuid", "revision"),
        *("content_changed", "deleted", "object_id"),
        purpose=_EDITING,
        retention=_("As long as the site"),
    ),
    "wagtailcore.Comment": _of_staff(
        {"user": _("Who noted it"), "text": _("The note"), "resolved_by": _("Who settled it")},
        *("id", "page", "contentpath", "position", "created_at", "updated_at"),
        *("revision_created", "resolved_at"),
        purpose=_EDITING,
        retention=_WITH_THE_PAGE,
    ),
    "wagtailcore.CommentReply": _of_staff(
        {"user": _("Who answered"), "text": _("The answer")},
        *("id", "comment", "created_at", "updated_at"),
        purpose=_EDITING,
        retention=_WITH_THE_PAGE,
    ),
    "wagtailcore.WorkflowState": _of_staff(
        {"requested_by": _("Who asked")},
        *("id", "content_type", "base_content_type", "object_id", "workflow", "status"),
        *("created_at", "current_task_state"),
        purpose=_WORKFLOW,
        retention=_WITH_THE_PAGE,
    ),
    "wagtailcore.TaskState": _of_staff(
        {"finished_by": _("Who answered"), "comment": _("The answer")},
        *("id", "workflow_state", "revision", "task", "status", "started_at", "finished_at"),
        "content_type",
        purpose=_WORKFLOW,
        retention=_WITH_THE_PAGE,
    ),
    "wagtailcore.UploadedFile": _of_staff(
        {"uploaded_by_user": _("Who uploaded it")},
        *("id", "for_content_type", "file"),
        purpose=_EDITING,
        retention=_("Until it is saved as a picture or document, at most a day or two"),
    ),
    "wagtaildocs.Document": _of_staff(
        {"uploaded_by_user": _("Who uploaded it")},
        *("id", "collection", "title", "file", "created_at", "file_size", "file_hash", "tags"),
        purpose=_EDITING,
        retention=_("Until a colleague deletes it"),
    ),
    "wagtailimages.Image": _of_staff(
        {"uploaded_by_user": _("Who uploaded it")},
        *("id", "collection", "title", "file", "description", "width", "height", "created_at"),
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
        *("file_size", "file_hash", "tags"),
        purpose=_EDITING,
        retention=_("Until a colleague deletes it"),
    ),
    "wagtailforms.FormSubmission": PersonalData(
        personal={"form_data": _("What was filled in")},
        other=("id", "page", "submit_time"),
        purpose=_("No page of the site asks for anything this way"),
        retention=_("None are kept"),
    ),
}

_NOBODY: Final[Mapping[str, tuple[str, ...]]] = {
    "auth.Group": ("id", "name", "permissions"),
    "auth.Permission": ("id", "name", "content_type", "codename"),
    "contenttypes.ContentType": ("id", "app_label", "model"),
    # Ids and choices only: no job of ours is given a name or an address.
    "django_tasks_database.DBTaskResult": (
        *("id", "status", "enqueued_at", "started_at", "finished_at", "args_kwargs", "priority"),
        *("task_path", "worker_ids", "queue_name", "backend_name", "run_after", "return_value"),
        *("exception_class_path", "traceback"),
    ),
    "simple_translation.SimpleTranslation": ("id",),
    "taggit.Tag": ("id", "name", "slug"),
    "taggit.TaggedItem": ("id", "tag", "content_type", "object_id"),
    "wagtailadmin.Admin": ("id",),
    "wagtailcore.Collection": ("id", "path", "depth", "numchild", "name"),
    "wagtailcore.CollectionViewRestriction": (
        *("id", "restriction_type", "password", "collection", "groups"),
    ),
    "wagtailcore.GroupApprovalTask": ("task_ptr", "groups"),
    "wagtailcore.GroupCollectionPermission": ("id", "group", "collection", "permission"),
    "wagtailcore.GroupPagePermission": ("id", "group", "page", "permission"),
    "wagtailcore.GroupSitePermission": ("id", "group", "site", "permission"),
    "wagtailcore.Locale": ("id", "language_code"),
    "wagtailcore.PageViewRestriction": ("id", "restriction_type", "password", "page", "groups"),
    "wagtailcore.ReferenceIndex": (
        *("id", "content_type", "base_content_type", "object_id", "to_content_type"),
        *("to_object_id", "model_path", "content_path", "content_path_hash"),
    ),
    "wagtailcore.Site": (*("id", "hostname", "port", "site_name", "root_page", "is_default_site"),),
    "wagtailcore.Task": ("id", "name", "content_type", "active"),
    "wagtailcore.Workflow": ("id", "name", "active"),
    "wagtailcore.WorkflowContentType": ("content_type", "workflow"),
    "wagtailcore.WorkflowPage": ("page", "workflow"),
    "wagtailcore.WorkflowTask": ("id", "sort_order", "workflow", "task"),
    "wagtailembeds.Embed": (
        *("id", "url", "max_width", "hash", "type", "html", "title", "author_name"),
        *("provider_name", "thumbnail_url", "width", "height", "last_updated", "cache_until"),
    ),
    "wagtailimages.Rendition": (
        *("id", "filter_spec", "file", "width", "height", "focal_point_key", "image"),
    ),
    "wagtailredirects.Redirect": (
        *("id", "old_path", "site", "is_permanent", "redirect_page", "redirect_page_route_path"),
        *("redirect_link", "automatically_created", "created_at"),
    ),
}

# Pages and pictures only. Which columns it has depends on the database, so no list can be right.
SEARCH_INDEX: Final = "wagtailsearch"

OTHERS: Final[Mapping[str, PersonalData]] = {
    **ACCOUNTS,
    **SITE,
    **{label: nothing_personal(*fields) for label, fields in _NOBODY.items()},
}

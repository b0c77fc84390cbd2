"""Every address, from the narrow to the wide: Wagtail's pages come last."""

from __future__ import annotations

from allauth.account.views import logout as sign_out
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents.views.serve import serve as serve_document
from wagtail.urls import serve_pattern

from cms.pages import kept
from cms.pages import urls as pages_urls
from cms.publishing.viewsets.takingdown import Unpublish
from panel.accounts.views import not_in_bulk, staff_sign_in
from panel.accounts.viewsets.own_account import OwnAccount
from panel.channels.models import Kind
from panel.conversations.views import Webhook
from panel.jobs.views import healthz, readyz
from panel.outbox.views import network_picture

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("network-picture/<str:token>.jpg", network_picture, name="network_picture"),
    path("webhooks/facebook/", Webhook.as_view(kind=Kind.FACEBOOK), name="webhook_facebook"),
    path("admin/login/", staff_sign_in, name="staff_sign_in"),
    path("admin/logout/", sign_out, name="staff_sign_out"),
    path("admin/bulk/accounts/user/<path:rest>", not_in_bulk, name="staff_not_in_bulk"),
    path("admin/account/", require_admin_access(OwnAccount.as_view()), name="staff_account"),
    path("admin/pages/<int:page_id>/unpublish/", require_admin_access(Unpublish.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^dokumenter/(\d+)/(.*)$", serve_document, name="wagtaildocs_serve"),
    path("", include(pages_urls.in_no_language)),
]

urlpatterns += i18n_patterns(
    path("konto/", include("panel.accounts.urls")),
    path("", include("panel.privacy.urls")),
    path("", include("panel.invitations.urls")),
    path("", include("panel.members.urls")),
    path("", include("cms.stories.tips.urls")),
    path("", include(pages_urls.in_each_language)),
    path("", include("cms.stories.urls")),
    path("", include("cms.publishing.urls")),
    # Of Wagtail's own addresses only the pages: it has a login among them.
    re_path(serve_pattern, kept.serve, name="wagtail_serve"),
    prefix_default_language=False,
)

"""Addresses of the tip form, in each language."""

from __future__ import annotations

from django.urls import path

from cms.stories.tips import views

app_name = "tips"

urlpatterns = [
    path("tip/", views.Tip.as_view(), name="tip"),
    path("tip/tak/", views.Thanks.as_view(), name="thanks"),
]

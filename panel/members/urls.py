"""Addresses of joining and of the member's own page."""

from __future__ import annotations

from django.urls import path

from panel.members import views

app_name = "members"

urlpatterns = [
    path("deltag/", views.Start.as_view(), name="join"),
    path("deltag/kode/", views.Code.as_view(), name="join_code"),
    path("deltag/ja/", views.Yes.as_view(), name="join_yes"),
    path("deltag/om-dig/", views.About.as_view(is_joining=True), name="join_about"),
    path("deltag/velkommen/", views.Joined.as_view(), name="joined"),
    path("deltag/samtykke/", views.ConsentTextPage.as_view(), name="consent_text"),
    path("deltag/samtykke/<int:version>/", views.ConsentTextPage.as_view(), name="consent_version"),
    path("min-side/", views.Home.as_view(), name="home"),
    path("min-side/om-mig/", views.About.as_view(), name="about"),
    path("min-side/samtykke/", views.Agree.as_view(), name="agree"),
    path("min-side/kommentarer/", views.AreTheyYours.as_view(), name="are_they_yours"),
    path("min-side/kommentarer/<int:pk>/fortryd/", views.Disclaim.as_view(), name="disclaim"),
    path("min-side/forlad/", views.Leave.as_view(), name="leave"),
    path("farvel/", views.Left.as_view(), name="left"),
]

"""Addresses an invited citizen meets.

Short, because they stand on posters and in QR codes.
"""

from __future__ import annotations

from django.urls import path

from panel.invitations import views

app_name = "invitations"

urlpatterns = [
    path("i/<str:token>/", views.InvitationPage.as_view(), name="invitation"),
    path("i/<str:token>/nej-tak/", views.Decline.as_view(), name="decline"),
    path("nej-tak/", views.Declined.as_view(), name="declined"),
    path("k/<slug:code>/", views.Open.as_view(), name="open"),
]

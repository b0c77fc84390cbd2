"""Addresses of rights."""

from __future__ import annotations

from django.urls import path

from panel.privacy import views

app_name = "privacy"

urlpatterns = [
    path("i/<str:token>/indsigelse/", views.ObjectByInvitation.as_view(), name="object_invitation"),
    path("min-side/indsigelse/", views.Objecting.as_view(), name="object"),
    path("min-side/mine-data/", views.MyData.as_view(), name="my_data"),
    path("min-side/mine-data/fil/", views.MyDataFile.as_view(), name="my_data_file"),
    path("indsigelse/", views.HowToObject.as_view(), name="how_to_object"),
    path("indsigelse/noteret/", views.Objected.as_view(), name="objected"),
]

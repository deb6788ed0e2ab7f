"""Addresses."""

from django.urls import path

from heard.features.ballots import views

urlpatterns = [
    path("ballots/log.json", views.log),
    path("ballots/checkpoint.json", views.checkpoint),
    path("ballots/<str:ballot>/keys.json", views.keys),
    path("ballots/<str:ballot>/audit.json", views.audit),
    path("ballots/<str:ballot>/redeem/", views.redeem),
]

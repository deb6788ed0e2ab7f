"""Addresses of rolls."""

from django.urls import path

from heard.features.rolls import views

app_name = "rolls"
urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<str:ballot>/", views.issuing, name="issuing"),
    path("smallest-group/", views.smallest, name="smallest"),
]

"""Addresses that nobody's cookie may reach."""

from django.urls import path

from heard.features.voice import views

urlpatterns = [
    path("voice/", views.beginning),
    path("voice/listeners.json", views.listeners),
    path("voice/read/", views.reading),
    path("voice/reply/", views.reply),
    path("voice/open/", views.opening),
]

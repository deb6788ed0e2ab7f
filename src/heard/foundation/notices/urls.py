"""Addresses of notices."""

from django.urls import path

from heard.foundation.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/seen/", views.seen, name="seen"),
    path("notices/count/", views.count, name="count"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
]

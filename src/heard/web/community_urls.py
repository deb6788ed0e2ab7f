"""Addresses of a community's own page; they come after those of `communities`, one of which is /communities/new/."""

from django.urls import path

from heard.web import community

urlpatterns = [
    path("communities/<str:slug>/", community.community, name="community"),
    path("communities/<str:slug>/news/", community.news, name="community-news"),
]

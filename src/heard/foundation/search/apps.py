"""Registers the app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """heard.foundation.search."""

    name = "heard.foundation.search"

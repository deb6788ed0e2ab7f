"""Registers the app."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """heard.foundation.communities."""

    name = "heard.foundation.communities"

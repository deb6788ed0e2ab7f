"""Registers the app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """heard.foundation.notices."""

    name = "heard.foundation.notices"

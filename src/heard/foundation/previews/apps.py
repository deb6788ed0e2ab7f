"""Registers the app."""

from django.apps import AppConfig


class PreviewsConfig(AppConfig):
    """heard.foundation.previews."""

    name = "heard.foundation.previews"
